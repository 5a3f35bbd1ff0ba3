from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.kinship import DAY, KINSHIP, Kinship, Unit, find_kinship, unit_of

Found = dict[tuple[int, int], dict[str, float]]


def by_pair(kinship: Kinship) -> Found:
    rows = (dict(zip(KINSHIP, row, strict=True)) for row in kinship.features.tolist())
    return dict(zip(zip(kinship.first.tolist(), kinship.second.tolist(), strict=True), rows, strict=True))


@pytest.fixture(scope="session")
def kin(facts_of) -> Callable[..., Found]:
    """What units have in common; each is a list of comments, `log_odds` are theirs in the same order."""

    def find(*units, log_odds=(), **known) -> Found:
        facts = facts_of([one for unit in units for one in unit], **known)
        ids = {text.said: one for one, text in facts.texts.items()}
        made = [list(dict.fromkeys(ids[text] for text, *_ in unit)) for unit in units]
        odds = log_odds or [0.0] * len(units)
        rows = facts.comments.rows_of_texts()
        return by_pair(
            find_kinship([unit_of(one, facts, rows, odd) for one, odd in zip(made, odds, strict=True)], facts)
        )

    return find


def pitch(number: int, account: int, time: float = 0.0) -> tuple[str, int, int, float]:
    return f"write to coach bellamy number{number}", account, 1, time


def test_units_that_share_a_rare_word_are_found_and_strangers_are_not(kin):
    found = kin([pitch(1, 1)], [("see the parade at noon", 2, 1, 0)], [("bellamy pays", 3, 1, 0)])
    assert found.keys() == {(0, 2)}
    assert found[0, 2]["rarest_word"] == pytest.approx(np.log(4))


def test_accounts_are_the_share_of_the_fewer_authors_in_common(kin):
    found = kin([pitch(1, 1), pitch(2, 2)], [pitch(3, 2), pitch(4, 3), pitch(5, 4)])
    assert found[0, 1]["accounts"] == 0.5
    assert found[0, 1]["log_authors"] == pytest.approx(np.log(2))


@pytest.mark.parametrize(
    ("authors", "others", "have_own"),
    [
        pytest.param([1, 1], [2, 2], 1, id="each its own"),
        pytest.param([1, 1], [1, 1], 0, id="the same"),
        pytest.param([1, 2], [3, 3], 0, id="one has none"),
        pytest.param([1, 1, 1, 2], [3], 1, id="most of it"),
        pytest.param([1, 1, 1, 2, 2], [3], 0, id="three of five are not enough"),
    ],
)
def test_lone_authors_are_told_where_each_unit_has_one_of_its_own(kin, authors, others, have_own):
    one = [pitch(place, account) for place, account in enumerate(authors)]
    other = [pitch(10 + place, account) for place, account in enumerate(others)]
    assert kin(one, other)[0, 1]["lone_authors"] == have_own


@pytest.mark.parametrize(("begins", "days"), [(0.0, 0), (5.0, 0), (10.0, 0), (13.0, 3)])
def test_days_apart_are_those_between_the_end_of_one_and_the_begin_of_the_other(kin, begins, days):
    early = [pitch(1, 1, 0.0), pitch(2, 1, 10.0 * DAY)]
    late = [pitch(3, 2, begins * DAY), pitch(4, 2, 20.0 * DAY)]
    for units in ((early, late), (late, early)):
        assert kin(*units)[0, 1]["log_apart"] == pytest.approx(np.log1p(days))


def test_a_pair_is_as_likely_as_the_less_likely_of_both(kin):
    assert kin([pitch(1, 1)], [pitch(2, 2)], log_odds=[2.0, -1.0])[0, 1]["likelihood"] == -1


def test_addresses_count_where_both_carry_them(kin):
    linked, plain = [("bellamy pays at glow.shop", 1, 1, 0), ("bellamy pays", 1, 1, 0)], [("bellamy knows", 2, 1, 0)]
    assert kin(linked, plain)[0, 1]["addresses"] == 0
    assert kin(linked, [("see bellamy at glow.shop", 2, 1, 0)])[0, 1]["addresses"] == 0.5


@pytest.mark.parametrize("count", [0, 1])
def test_hardly_any_units_have_no_kin(facts_of, count):
    facts = facts_of([pitch(1, 1)])
    units = [unit_of([1], facts, facts.comments.rows_of_texts(), 0.0)][:count]
    assert find_kinship(units, facts).features.shape == (0, len(KINSHIP))


def test_texts_without_words_are_kin_to_nobody(kin):
    assert kin([("😀", 1, 1, 0)], [("😀 😀", 1, 1, 0)]) == {}


def test_a_unit_tells_who_wrote_it_and_when(facts_of):
    facts = facts_of([pitch(1, 7, 5.0), pitch(1, 7, 2.0), pitch(2, 8, 9.0), pitch(3, 9, 99.0)])
    unit = unit_of([1, 2], facts, facts.comments.rows_of_texts(), 1.5)
    assert unit == Unit((1, 2), Counter({7: 2, 8: 1}), 2.0, 9.0, 1.5)
    assert unit.lone_author == 7


vocabulary = st.sampled_from(["bellamy", "coach", "pays", "glow.shop", "the", "of", "kettle", "😀"])
text = st.lists(vocabulary, max_size=6).map(" ".join)
comment = st.tuples(text, st.integers(1, 4), st.integers(1, 3), st.floats(0, 4e9))
vectors = st.dictionaries(text, st.integers(0, 6).map(lambda turn: np.array([np.cos(turn), np.sin(turn)], np.float32)))


@given(st.lists(comment, max_size=16), vectors, st.integers(0, 16), st.randoms(use_true_random=False))
def test_kinship_is_the_same_from_both_sides(facts_of, said, vectors, strays_from, dice):
    facts = facts_of(said, vectors=vectors, elsewhere=["the kettle", "of the"])
    rows = facts.comments.rows_of_texts()
    units = [unit_of([one], facts, rows, float(one % 3)) for one in facts.texts]
    order = list(range(len(units)))
    dice.shuffle(order)
    found = by_pair(find_kinship(units, facts))
    turned = by_pair(find_kinship([units[place] for place in order], facts))
    unturned = {(min(order[a], order[b]), max(order[a], order[b])): row for (a, b), row in turned.items()}
    assert unturned.keys() == found.keys()
    for ends, row in found.items():
        assert unturned[ends] == pytest.approx(row, abs=1e-6)
        assert np.isfinite(list(row.values())).all()
    some = by_pair(find_kinship(units, facts, strays_from=strays_from))
    assert some.keys() == {ends for ends in found if ends[0] < strays_from}
    assert all(found[ends] == pytest.approx(row) for ends, row in some.items())
