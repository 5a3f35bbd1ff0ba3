import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.review.compare import Change, Share, ShareChange


@st.composite
def shares(draw: st.DrawFn) -> Share:
    total = draw(st.integers(1, 100_000))
    return Share(draw(st.integers(0, total)), total)


def test_wilson_interval_equals_the_published_example() -> None:
    # Newcombe (1998), table I: 81 of 263 gives 0.2553 to 0.3662.
    assert Share(81, 263).interval == pytest.approx((0.2553, 0.3662), abs=5e-5)


def test_newcombe_difference_equals_the_published_example() -> None:
    # Newcombe (1998), table II, method 10: 56/70 against 48/80 gives 0.0524 to 0.3339, which leaves out zero.
    change = ShareChange(Share(56, 70), Share(48, 80))
    assert change.is_clear
    assert change.points == pytest.approx(20)


@given(shares())
def test_the_interval_holds_the_share_and_stays_between_none_and_all(share: Share) -> None:
    assert share.value is not None
    assert 0 <= share.low <= share.value + 1e-12
    assert share.value - 1e-12 <= share.high <= 1


@given(shares(), st.integers(2, 50))
def test_more_of_the_same_evidence_makes_the_interval_narrower(share: Share, times: int) -> None:
    more = Share(share.hits * times, share.total * times)
    assert more.high - more.low < share.high - share.low


@given(shares(), shares())
def test_a_difference_is_as_clear_in_either_direction(one: Share, other: Share) -> None:
    assert ShareChange(one, other).is_clear == ShareChange(other, one).is_clear


def test_nothing_seen_means_that_everything_is_possible() -> None:
    assert Share(0, 0).value is None
    assert Share(0, 0).interval == (0.0, 1.0)


def test_small_counts_are_too_few_to_say() -> None:
    assert not Change(12, 7).is_telling
    assert Change(12, 8).is_telling
    assert Change(30, 19).relative is None
    assert Change(30, 20).relative == pytest.approx(0.5)


def test_an_unknown_past_gives_no_change() -> None:
    change = Change(100, None)
    assert (change.difference, change.relative, change.is_telling) == (None, None, False)
    assert ShareChange(Share(1, 100), None).points is None


def test_shares_of_few_comments_are_never_a_clear_change() -> None:
    assert not ShareChange(Share(20, 29), Share(0, 5_000)).is_clear
