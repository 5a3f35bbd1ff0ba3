from hypothesis import given
from hypothesis import strategies as st

from embeddings.rulings import NO_RULINGS, Rulings

pairs = st.frozensets(st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda pair: pair[0] < pair[1]))


@given(pairs)
def test_apart_holds_both_ways_and_for_nobody_else(apart):
    rulings = Rulings(apart=apart)
    for one in range(8):
        others = {other for other in range(8) if (one, other) in apart or (other, one) in apart}
        assert rulings.apart_from(one) == others


@given(pairs)
def test_same_texts_are_not_held_apart(same):
    assert not any(Rulings(same=same).apart_from(one) for one in range(8))


def test_what_people_spoke_of_is_remembered_good_or_bad():
    assert Rulings(bad=frozenset({1}), good=frozenset({2}), same=frozenset({(3, 4)})).remembered == {1, 2}


def test_without_rulings_nothing_is_remembered():
    assert not NO_RULINGS.remembered
    assert not NO_RULINGS.apart_from(1)
