from itertools import chain
from time import perf_counter

from hypothesis import given
from hypothesis import strategies as st

from embeddings.accounts import LIKELY, Posting, find_lookalikes

postings = st.lists(
    st.builds(Posting, st.integers(1, 6), st.sampled_from("abcdef"), st.integers(0, 50).map(float), st.floats(0.4, 1)),
    max_size=40,
    unique_by=lambda posting: (posting.account, posting.group_id),
)
offenders = st.dictionaries(st.integers(1, 6), st.integers(0, 50).map(float))


@given(postings, offenders)
def test_only_who_wrote_after_the_offender_was_struck_looks_like_it(postings, offenders):
    for found in find_lookalikes(postings, offenders):
        assert found.offender in offenders
        assert found.account != found.offender
        assert LIKELY <= found.score <= 1
        assert found.reasons
        groups = {one.group_id: one.time for one in postings if one.account == found.offender}
        later = [one for one in postings if one.account == found.account and one.group_id in groups]
        assert any(one.time > max(groups[one.group_id], offenders[found.offender]) for one in later)


@given(postings, offenders, st.randoms(use_true_random=False))
def test_the_order_of_postings_is_irrelevant(postings, offenders, dice):
    shuffled = list(postings)
    dice.shuffle(shuffled)

    def shown(found):
        return {(one.offender, one.account): round(one.score, 9) for one in found}

    assert shown(find_lookalikes(shuffled, offenders)) == shown(find_lookalikes(postings, offenders))


def test_one_shared_message_of_three_accounts_is_likely():
    (found,) = find_lookalikes([Posting(1, "a", 10, 1.0), Posting(2, "a", 30, 0.9)], {1: 20})
    assert (found.offender, found.account) == (1, 2)
    assert found.score == 0.8 * 0.9


def test_to_write_before_the_strike_is_no_likeness():
    assert find_lookalikes([Posting(1, "a", 10, 1.0), Posting(2, "a", 15, 1.0)], {1: 20}) == []


def test_two_of_a_crowd_are_strangers_until_they_meet_again_and_again():
    crowd = [Posting(account, f"g{group}", account, 1.0) for group in range(4) for account in range(1, 31)]
    assert find_lookalikes(crowd, {1: 0}) == []
    pair = list(chain.from_iterable((Posting(1, f"p{n}", 1, 1.0), Posting(2, f"p{n}", 2, 1.0)) for n in range(2)))
    assert [one.account for one in find_lookalikes(crowd + pair, {1: 0})] == [2]


def test_nobody_looks_like_anybody_without_offenders():
    assert find_lookalikes([Posting(1, "a", 10, 1.0), Posting(2, "a", 30, 1.0)], {}) == []
    assert find_lookalikes([], {1: 0}) == []


def test_a_campaign_of_five_thousand_struck_accounts_costs_no_square():
    everybody = [Posting(account, "push", float(account), 1.0) for account in range(5_000)]
    started = perf_counter()
    find_lookalikes(everybody, dict.fromkeys(range(5000), 0.0))
    assert perf_counter() - started < 2
