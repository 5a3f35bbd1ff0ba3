from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.facts import CommentFacts
from embeddings.features import DOUBLE_POST_SECONDS, FEATURES, HOUR, Description, describe

DAY = 86_400.0
TODAY, TONIGHT = "buy the new lamp at our stand today", "buy the new lamp at our stand tonight"
LATER = "buy a new lamp at the stand later"
SAID = [(TODAY, 7, 1, DAY), (TODAY, 7, 3, 5 * DAY), (TONIGHT, 7, 1, 3 * DAY), (LATER, 8, 2, 2 * DAY)]


@pytest.fixture(scope="session")
def described(facts_of, group_of) -> Callable[..., Description]:
    """The description of all texts as one group."""

    def make(said, *others, **known) -> Description:
        facts = facts_of(said, *others, **known)
        return describe([group_of(*facts.texts)], facts)[0]

    return make


def test_counts_are_those_of_the_groups_own_comments(facts_of, group_of):
    facts = facts_of([*SAID, ("see you there", 9, 9, 9 * DAY)], promotion={TODAY: 0.9}, complaint={LATER: 0.3})
    (one,) = describe([group_of(1, 2, 3)], facts)
    assert (one.comments, one.texts, one.accounts, one.threads) == (4, 3, 2, 3)
    assert (one.first_seen, one.last_seen) == (DAY, 5 * DAY)
    assert one["busiest_account_share"] == 0.75
    assert one["promotion"] == pytest.approx(0.3)
    assert one["complaint"] == pytest.approx(0.1)
    assert one["log_span"] == pytest.approx(np.log1p(4 * DAY))
    assert one["log_gap"] == pytest.approx(np.log1p(DAY))
    assert one.length == pytest.approx(sum(map(len, (TODAY, TONIGHT, LATER))) / 3)


def test_tightness_is_likeness_to_the_medoid_and_whole_for_one_text(facts_of, group_of):
    alone, several = describe([group_of(3), group_of(1, 2)], facts_of(SAID))
    assert alone["tightness"] == 1
    assert 0.4 < several["tightness"] < 1
    assert several["tightness_by_length"] == pytest.approx(several["tightness"] * several["log_length"])


def test_meaning_is_closeness_to_the_centre_and_whole_where_it_is_unknown(described):
    right, up = np.array([1, 0], np.float32), np.array([0, 1], np.float32)
    assert described(SAID, vectors={TODAY: right, LATER: up})["meaning"] == pytest.approx(2**-0.5)
    assert described(SAID, vectors={TODAY: right, TONIGHT: right})["meaning"] == pytest.approx(1)
    assert described(SAID, vectors={TODAY: right})["meaning"] == described(SAID)["meaning"] == 1


def test_accounts_elsewhere_are_those_that_also_write_in_another_group(facts_of, group_of):
    facts = facts_of([("one", 1, 1, 0), ("one", 2, 1, 0), ("two", 2, 1, 0), ("three", 3, 1, 0)])
    shares = [one["accounts_elsewhere"] for one in describe([group_of(1), group_of(2), group_of(3)], facts)]
    assert shares == [0.5, 1, 0]


def crew(*groups: list[int]) -> list[tuple[str, int, int, float]]:
    """A comment of each account, one text a group."""
    return [(f"text {place}", account, 1, 0.0) for place, accounts in enumerate(groups) for account in accounts]


@pytest.mark.parametrize(
    ("groups", "together"),
    [
        pytest.param([[1, 2, 3, 4], [1, 2, 8]], [0.5, 2 / 3], id="two accounts are a crew"),
        pytest.param([[1, 2, 3], [1, 8, 9]], [0, 0], id="one account is none"),
        pytest.param([[1, 2, 3], [1, 8], [2, 9]], [0, 0, 0], id="nor are two in different groups"),
        pytest.param([[*range(8)], [0, 1, *range(10, 16)]], [0, 0], id="a quarter of the smaller group is no crew"),
        pytest.param([[*range(40)], [0, 1, 50, 51]], [2 / 40, 0.5], id="a share of the larger one does not count"),
        pytest.param([[1, 2], [1, 2], [1, 9]], [1, 1, 0], id="one of a crew by itself is a stranger"),
    ],
)
def test_accounts_together_are_those_that_meet_again_in_another_group(facts_of, group_of, groups, together):
    facts = facts_of(crew(*groups))
    described = describe([group_of(place + 1) for place in range(len(groups))], facts)
    assert [one["accounts_together"] for one in described] == pytest.approx(together)


@pytest.mark.parametrize(
    ("second", "share"),
    [
        pytest.param((TODAY, 7, 1, DAY + DOUBLE_POST_SECONDS - 1), 0.5, id="pressed twice"),
        pytest.param((TODAY, 7, 1, DAY + DOUBLE_POST_SECONDS), 0, id="later"),
        pytest.param((TODAY, 7, 2, DAY + 5), 0, id="another thread"),
        pytest.param((TODAY, 8, 1, DAY + 5), 0, id="another account"),
        pytest.param((TONIGHT, 7, 1, DAY + 5), 0, id="another text"),
    ],
)
def test_a_double_post_is_the_same_text_by_the_same_account_in_the_same_thread_at_once(described, second, share):
    assert described([(TODAY, 7, 1, DAY), second])["double_posts"] == share


def test_double_posts_are_seen_among_what_others_write_between_them(described):
    between = [(LATER, account, 1, DAY + account) for account in range(20)]
    assert described([(TODAY, 77, 1, DAY), *between, (TODAY, 77, 1, DAY + 30)])["double_posts"] == pytest.approx(1 / 22)


def test_a_burst_is_the_share_within_an_hour_of_the_one_before(described):
    times = [0, 60, 60 + HOUR, 60 + HOUR + 59, DAY]
    assert described([(TODAY, 1, 1, float(time)) for time in times])["burst"] == 0.5


def test_an_address_counts_wherever_it_stands(described):
    assert described([("look at glow-deals.shop", 1, 1, 0), (LATER, 2, 1, 0)])["addresses"] == 0.5


def test_disguises_are_those_of_the_texts_on_average(described):
    assert described(SAID, disguised={TODAY: 1.0, LATER: 0.5})["disguised"] == pytest.approx(0.5)
    assert described(SAID)["disguised"] == 0


def test_a_contact_counts_where_several_texts_carry_it(described):
    lone = [("ask @coach_bellamy today", 1, 1, 0), ("ask @ann_lee today", 2, 1, 0), (LATER, 3, 1, 0)]
    shared = [("ask @coach_bellamy today", 1, 1, 0), ("ask @coach_bellamy now", 2, 1, 0), (LATER, 3, 1, 0)]
    assert described(lone)["addresses"] == 0
    assert described(shared)["addresses"] == pytest.approx(2 / 3)
    assert described(lone[:1] * 3)["addresses"] == 0


COMMON = [f"the stand sold word{number} today" for number in range(500)]


def test_words_that_a_group_shares_tell_more_the_rarer_they_are_elsewhere(described):
    coined = described([(f"bellamycoach helps{one}", one, 1, 0) for one in range(3)], COMMON)
    plain = described([(f"today helps{one}", one, 1, 0) for one in range(3)], COMMON)
    assert coined["rarest_word"] == pytest.approx(np.log(504))
    assert plain["rarest_word"] == pytest.approx(np.log(504 / 501))
    assert coined["shared_bits"] > plain["shared_bits"]
    assert coined["rarity"] > plain["rarity"]
    assert coined["longest_word"] == pytest.approx(np.log1p(len("bellamycoach")))


def test_words_of_less_than_half_the_texts_are_not_the_groups_own(described):
    apart = [(f"bellamy{number} deals{number}", number, 1, 0) for number in range(3)]
    assert [described(apart)[name] for name in ("shared_bits", "rarest_word", "longest_word")] == [0, 0, 0]


def test_features_have_names_and_no_kin_yet(described):
    one = described(SAID)
    assert tuple(one.named) == FEATURES
    assert all(one[name] == value for name, value in one.named.items())
    assert "kin" not in one.named


def test_no_groups_have_no_descriptions(facts_of):
    assert describe([], facts_of(SAID)) == []


def test_groups_are_described_in_their_order(facts_of, group_of):
    facts = facts_of([("one", 1, 1, 0), ("two", 2, 1, 0), ("two", 3, 1, 0)])
    assert [one.comments for one in describe([group_of(2), group_of(1)], facts)] == [2, 1]


words = st.lists(st.sampled_from(["lamp", "stand", "@ann_lee", "glow.shop", "😀", "чай", ""]), max_size=4).map(" ".join)
row = st.tuples(words, st.integers(1, 5), st.integers(1, 5), st.floats(0, 4e9))


@given(st.lists(row, min_size=1, max_size=30), st.lists(words, max_size=4))
def test_features_are_finite_whatever_comes(described, said, elsewhere):
    one = described(said, elsewhere)
    assert one.features.shape == (len(FEATURES),)
    assert np.isfinite(one.features).all()
    assert all(
        0 <= one[name] <= 1 for name in ("double_posts", "burst", "addresses", "tightness", "accounts_elsewhere")
    )


@given(st.lists(row, min_size=1, max_size=30), st.data())
def test_the_order_of_comments_is_irrelevant(facts_of, group_of, said, data):
    facts = facts_of(said)
    order = np.array(data.draw(st.permutations(range(len(said)))))
    columns = (facts.comments.text_id, facts.comments.account, facts.comments.thread, facts.comments.time)
    shuffled = replace(facts, comments=CommentFacts(*(column[order] for column in columns)))
    (one,), (other,) = (describe([group_of(*facts.texts)], each) for each in (facts, shuffled))
    assert np.array_equal(one.features, other.features)
