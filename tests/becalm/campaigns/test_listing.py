from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.campaigns.listing import Listing, list_campaigns, short_ids
from becalm.campaigns.names import SORTS, STATES
from becalm.store import Store

NEWEST = datetime(2026, 3, 29, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def store(pushes) -> Store:
    """Of each state one; the youngest is a flood, and the newest comment of the store is in no campaign."""
    pushes.campaign("c1", ["a", "b", "c"], first=NEWEST - 6 * DAY, last=NEWEST - DAY, verdict="flood", score=0.4)
    pushes.campaign("c2", ["d", "e"], first=NEWEST - 60 * DAY, last=NEWEST - 7 * DAY, accounts=1)
    pushes.campaign("c3", ["f", "g", "h", "i"], first=NEWEST - 90 * DAY, last=NEWEST - 8 * DAY, threads=1)
    pushes.past("c4")
    pushes.comment("something else", NEWEST)
    return pushes.save()


def listed(store: Store, verdict=None, state=None, sort="comments", limit=None, everything=False) -> Listing:
    with store.reading() as session:
        return list_campaigns(session, verdict, state, sort, limit, everything)


def ids(listing: Listing) -> list[str]:
    return [one.campaign.id for one in listing.shown]


def test_states_are_reckoned_at_the_newest_comment(store):
    found = listed(store, everything=True, sort="id")
    assert [one.state for one in found.shown] == ["new", "growing", "dormant", "past"]
    assert found.newest == NEWEST


def test_past_campaigns_are_left_out_unless_asked_for(store):
    assert ids(listed(store)) == ["c3", "c1", "c2"]
    assert ids(listed(store, everything=True)) == ["c3", "c1", "c4", "c2"]
    assert ids(listed(store, state="past")) == ["c4"]


@pytest.mark.parametrize("state", STATES)
def test_each_state_can_be_asked_for(store, state):
    assert {one.state for one in listed(store, state=state).shown} == {state}


def test_verdict_and_limit_narrow_the_list(store):
    assert ids(listed(store, verdict="flood")) == ["c1"]
    found = listed(store, limit=1)
    assert (ids(found), found.found) == (["c3"], 3)


@pytest.mark.parametrize(
    ("sort", "first"),
    [("comments", "c3"), ("accounts", "c3"), ("threads", "c1"), ("score", "c2"), ("first", "c1"), ("last", "c1"),
     ("id", "c1")],
)  # fmt: skip
def test_every_order_puts_the_largest_first(store, sort, first):
    assert ids(listed(store, sort=sort))[0] == first
    assert sort in SORTS


def test_an_empty_store_lists_nothing(pushes):
    found = listed(pushes.save())
    assert (found.shown, found.found, found.newest) == ((), 0, None)


def test_short_ids_tell_all_apart():
    assert short_ids(["c0ffee0000000001", "c0ffee0000000002", "cabc000000000000"]) == {
        "c0ffee0000000001": "c0ffee0000000001",
        "c0ffee0000000002": "c0ffee0000000002",
        "cabc000000000000": "cabc000",
    }


@given(st.sets(st.text("01ab", min_size=1, max_size=12), max_size=30))
def test_a_short_id_begins_no_other_id_unless_it_is_whole(names):
    for name, short in short_ids(names).items():
        others = [other for other in names if other != name and other.startswith(short)]
        assert not others or short == name
