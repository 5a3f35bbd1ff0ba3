from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.history import GONE_SECONDS, Change, Event, Standing, events
from embeddings.names import name_campaigns

Campaigns = dict[str, Standing]

ENTERS, LEAVES = {Change.BEGAN, Change.SPLIT, Change.RETURNED}, {Change.MERGED, Change.ENDED}
# At each grouping the campaign of every text (-1: none) and the comments that texts have by then.
groupings = st.lists(
    st.lists(st.tuples(st.integers(-1, 3), st.integers(1, 5), st.integers(0, 60)), min_size=10, max_size=10),
    min_size=1, max_size=6,
)  # fmt: skip


def standing(*text_ids: int, comments: int = 10, day: float = 0, is_current: bool = True) -> Standing:
    return Standing(frozenset(text_ids), comments, day * 86_400, is_current)


def told(before: Campaigns, now: Campaigns) -> list[tuple[str, str, str | None]]:
    return [(event.campaign, event.kind, event.other) for event in events(before, now)]


def grouped(grouping: Sequence[tuple[int, int, int]]) -> Iterator[Standing]:
    for number in range(4):
        texts = [text for text, (place, _, _) in enumerate(grouping) if place == number]
        if texts:
            comments = sum(grouping[text][1] for text in texts)
            yield standing(*texts, comments=comments, day=max(grouping[text][2] for text in texts))


def history(found: Sequence[Sequence[tuple[int, int, int]]]) -> Iterator[tuple[Campaigns, Campaigns, list[Event]]]:
    """What stood before each grouping, what stands after it, and what was noted: as a store keeps it."""
    texts: dict[int, str] = {}
    ever: Campaigns = {}
    for grouping in found:
        campaigns = list(grouped(grouping))
        names = name_campaigns([sorted(one.text_ids) for one in campaigns], texts, {}, ever.keys())
        now = dict(zip(names, campaigns, strict=True))
        yield ever, now, events(ever, now)
        texts |= {text: name for name, one in now.items() for text in one.text_ids}
        ever = {name: replace(one, is_current=False) for name, one in ever.items()} | now
        of = {name: frozenset(text for text, owner in texts.items() if owner == name) for name in ever}
        ever = {name: replace(one, text_ids=of[name]) for name, one in ever.items()}


@given(groupings)
def test_who_reads_the_events_knows_which_campaigns_stand(found):
    current: set[str] = set()
    for _, now, noted in history(found):
        for event in noted:
            current = current | {event.campaign} if event.kind not in LEAVES else current - {event.campaign}
        assert current == now.keys()


@given(groupings)
def test_every_campaign_begins_once_and_before_all_else(found):
    first: dict[str, Change] = {}
    for before, _, noted in history(found):
        for event in noted:
            is_first = event.campaign not in first
            assert (event.kind in {Change.BEGAN, Change.SPLIT}) == is_first == (event.campaign not in before)
            first.setdefault(event.campaign, event.kind)


@given(groupings)
def test_another_campaign_is_named_where_there_is_one_and_it_is_another(found):
    for before, now, noted in history(found):
        for event in noted:
            assert (event.other is not None) == (event.kind in {Change.MERGED, Change.SPLIT})
            assert event.other != event.campaign
            assert event.other is None or event.other in (now if event.kind is Change.MERGED else before)


@given(groupings)
def test_the_same_again_is_no_event(found):
    for _, now, _ in history(found):
        assert events(now, now) == []


@given(groupings)
def test_a_campaign_has_one_event_a_grouping_at_most(found):
    for _, _, noted in history(found):
        assert len({event.campaign for event in noted}) == len(noted)


def test_a_campaign_that_nobody_knew_began():
    assert events({}, {"c1": standing(1, 2, comments=4, day=3)}) == [Event("c1", Change.BEGAN, 4, 3 * 86_400)]


@pytest.mark.parametrize(("comments", "kinds"), [(11, ["grew"]), (10, []), (9, ["shrank"])])
def test_more_comments_are_growth_and_fewer_are_not(comments, kinds):
    before = {"c1": standing(1, comments=10)}
    assert told(before, {"c1": standing(1, 2, comments=comments)}) == [("c1", kind, None) for kind in kinds]


@pytest.mark.parametrize(("silent", "kind"), [(GONE_SECONDS, "grew"), (GONE_SECONDS + 1, "returned")])
def test_after_four_weeks_of_silence_the_next_comment_is_a_return(silent, kind):
    before = {"c1": standing(1, comments=10)}
    assert told(before, {"c1": replace(before["c1"], comments=11, last_seen=silent)}) == [("c1", kind, None)]


def test_a_campaign_that_was_gone_returned_whenever_it_comes():
    before = {"c1": standing(1, comments=10, is_current=False)}
    assert told(before, {"c1": standing(1, comments=3)}) == [("c1", "returned", None)]


def test_a_campaign_whose_texts_stand_in_another_merged():
    before = {"c1": standing(1, 2), "c2": standing(3, 4)}
    assert told(before, {"c2": standing(1, 3, 4, comments=15)}) == [("c2", "grew", None), ("c1", "merged", "c2")]


def test_of_a_campaign_that_broke_the_smaller_part_split_from_it():
    before = {"c1": standing(1, 2, 3)}
    now = {"c1": standing(1, 2, comments=7), "c9": standing(3, 9)}
    assert told(before, now) == [("c1", "shrank", None), ("c9", "split", "c1")]


def test_who_holds_less_than_half_of_the_texts_is_another():
    gone = {"c1": standing(1, 2, 3)}
    assert told(gone, {"c2": standing(3, 4, 5)}) == [("c2", "began", None), ("c1", "ended", None)]


def test_what_is_long_gone_goes_no_second_time():
    assert events({"c1": standing(1, is_current=False)}, {}) == []


def test_of_two_campaigns_that_hold_as_much_the_first_by_name_is_told():
    before: Mapping[str, Standing] = {"c5": standing(1, 2)}
    (_, _, gone) = events(before, {"c9": standing(1), "c7": standing(2)})
    assert (gone.kind, gone.other) == (Change.MERGED, "c7")
