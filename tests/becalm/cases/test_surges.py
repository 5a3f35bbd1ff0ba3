from datetime import UTC, datetime, timedelta
from itertools import count, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.cases.surges import FEWEST_CUSTOMERS, Complaint, find_surges, surges_among

FIRST = datetime(2026, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def complaints():
    """Makes complaints of a topic, so many a day from the first day on, each by another customer."""
    numbers = count(1)

    def make(*a_day: int, topic: str = "waiting", account: int | None = None) -> list[Complaint]:
        return [
            Complaint(
                topic, number := next(numbers), account or number, FIRST + day * DAY + place * timedelta(minutes=9)
            )
            for day, many in enumerate(a_day)
            for place in range(many)
        ]

    return make


def surges(said: list[Complaint]):
    return surges_among(said, FIRST.date())


def test_far_more_customers_than_before_are_a_surge_with_its_onset(complaints):
    (surge,) = surges(complaints(1, 2, 1, 0, 14, 20, 1))
    assert (surge.onset, surge.customers, surge.busiest, surge.usual) == (FIRST + 4 * DAY, 34, 20, 1.0)
    assert surge.last == FIRST + 5 * DAY + 19 * timedelta(minutes=9)
    assert len(surge.comments) == 34
    assert surge.words == "long waits"


def test_a_brand_with_many_complaints_every_day_has_no_surge(complaints):
    assert surges(complaints(20, 24, 19, 22, 25, 21)) == []


def test_one_customer_who_complains_thirty_times_is_no_surge(complaints):
    assert surges(complaints(1, 0, 1, 1, 30, account=7)) == []


def test_nothing_is_usual_in_the_first_days(complaints):
    assert surges(complaints(0, 30)) == []
    assert surges(complaints(0, 0, 0, 30)) != []


def test_topics_do_not_add_up(complaints):
    few = FEWEST_CUSTOMERS - 1
    assert surges(complaints(0, 0, 0, few) + complaints(0, 0, 0, few, topic="broken")) == []


def test_a_surge_does_not_make_the_next_one_usual(complaints):
    first, second = surges(complaints(0, 0, 0, 30, 0, 30))
    assert (first.onset, second.onset) == (FIRST + 5 * DAY, FIRST + 3 * DAY)
    assert first.usual < 10


@given(st.lists(st.integers(0, 40), min_size=4, max_size=25))
def test_surges_of_a_topic_never_overlap(a_day):
    said = [
        Complaint("broken", 1000 * day + place, 1000 * day + place, FIRST + day * DAY)
        for day, many in enumerate(a_day)
        for place in range(many)
    ]
    found = surges(said)
    assert all(later.onset > earlier.last for later, earlier in pairwise(found))
    assert all(one.customers >= FEWEST_CUSTOMERS for one in found)


def test_a_store_is_asked_for_clear_complaints_of_customers(stream):
    stream.say("hello", at=-24 * 5)
    for number in range(20):
        said = {"complaint": 0.8, "topics": ["broken"]}
        stream.say(f"it broke {number}", by=f"c{number}", **said)
        stream.say(f"nothing {number}", by=f"d{number}", **(said | {"complaint": 0.3}))
        stream.say(f"sorry that it broke {number}", by="shop", is_brand=True, **said)
    with stream.store.reading() as session:
        (surge,) = find_surges(session)
    assert (surge.topic, surge.customers, len(surge.comments)) == ("broken", 20, 20)


def test_an_empty_store_has_none(store):
    with store.reading() as session:
        assert find_surges(session) == []
