"""Attempts, waits and what is given up; two carriers at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from becalm.actions.carrying import carry_out, wait_seconds
from becalm.actions.connectors import DryRun, Refused, TryAgain
from becalm.actions.listing import counts_of, listed
from becalm.actions.mending import ActionUnknown, cancel, rehearsed, replay, replayable
from becalm.cases.deciding import Ruling, decide
from becalm.cases.reversing import reverse
from becalm.errors import PersonUnknown
from becalm.policy.outbox import Retries

ONE, LEAD = "moderator-1", "lead-1"
REMOVE = Ruling("remove")


class Failing:
    """Fails as it is told to, each time."""

    name = "failing"

    def __init__(self, error):
        self.error, self.orders = error, []

    def carry_out(self, order, at):
        self.orders.append(order)
        raise self.error


@pytest.fixture
def decided(desk):
    desk.do(decide, desk.ids["spam"], ONE, ruling=REMOVE)
    return desk


def mend(desk, verb, key, *said, by=LEAD):
    with desk.store.writing() as session:
        return verb(session, desk.policy, key, by, *said, desk.now)


def test_a_failed_attempt_is_made_again_later_and_later_and_then_given_up(decided, carry, rows):
    failing, waits = Failing(TryAgain("no answer")), []
    for attempt in range(1, 9):
        carried = carry(failing)
        (row,) = rows()
        assert (carried.failed, carried.dead) == ((1, 0) if attempt < 8 else (0, 1))
        assert carry(failing).failed == 0
        waits.append((row.next_at - decided.now).total_seconds())
        decided.now = max(row.next_at, decided.now)
    assert (row.state, row.attempts, row.last_error) == ("dead", 8, "no answer")
    assert all(15 * 2**n <= wait <= 30 * 2**n for n, wait in enumerate(waits[:7]))
    assert {each.key for each in failing.orders} == {row.key}


def test_waits_of_many_are_spread_and_bounded():
    retries = Retries()
    first = {wait_seconds(retries, f"a{n}", 1) for n in range(200)}
    assert len(first) == 200
    assert 15 <= min(first) < 17
    assert 28 < max(first) <= 30
    assert wait_seconds(retries, "a", 10_000) <= retries.most_seconds
    assert wait_seconds(retries, "a", 1, after_seconds=500) == 500
    assert wait_seconds(retries, "a", 1, after_seconds=1e12) == 86_400


def test_what_is_refused_is_given_up_at_once_and_has_nothing_to_take_back(decided, carry, rows, platform):
    carry(Failing(Refused("answered 404")))
    assert [(row.state, row.attempts, row.misses) for row in rows()] == [("dead", 1, 1)]
    decided.do(reverse, decided.ids["spam"], LEAD, note="wrong")
    assert (carry().done, platform.lines) == (0, [])


def test_what_may_have_had_an_effect_is_taken_back(decided, carry, platform):
    carry(Failing(TryAgain("no answer")))
    decided.do(reverse, decided.ids["spam"], LEAD, note="wrong")
    assert (carry().done, platform.kinds) == (1, ["restore"])


def test_what_surely_had_none_is_not(decided, carry, platform):
    carry(Failing(TryAgain("answered 429", is_sure=True)))
    decided.do(reverse, decided.ids["spam"], LEAD, note="wrong")
    assert (carry().done, platform.kinds) == (0, [])


def test_what_was_only_rehearsed_is_taken_back_in_rehearsal(decided, carry, platform):
    assert carry(DryRun()).rehearsed == 1
    decided.do(reverse, decided.ids["spam"], LEAD, note="wrong")
    assert (carry().rehearsed, platform.lines) == (1, [])


def test_a_dead_action_is_replayed_under_its_key(decided, carry, rows, platform):
    carry(Failing(Refused("answered 401")))
    with decided.store.reading() as session:
        (key,) = replayable(session)
    assert mend(decided, replay, key[:8]).state == "planned"
    carry()
    assert list(platform.keys) == [key]
    with pytest.raises(ActionUnknown, match="it is done"):
        mend(decided, replay, key)


def test_what_is_not_in_force_any_more_is_not_replayed(decided, carry, rows):
    carry(Failing(Refused("answered 401")))
    decided.do(reverse, decided.ids["spam"], LEAD, note="wrong")
    with pytest.raises(ActionUnknown, match="no longer in force"):
        mend(decided, replay, rows()[0].key)


def test_what_was_rehearsed_can_be_done_for_real(decided, carry, platform):
    carry(DryRun())
    with decided.store.reading() as session:
        (key,) = rehearsed(session)
    mend(decided, replay, key)
    carry()
    assert platform.stands("spam") == "removed"
    with decided.store.reading() as session:
        assert rehearsed(session) == []


def test_an_action_that_is_called_off_is_not_done_and_the_decision_stays(decided, carry, rows, platform):
    assert mend(decided, cancel, rows()[0].key, "done by hand").state == "cancelled"
    assert (carry().done, platform.lines) == (0, [])
    assert decided.case(decided.ids["spam"]).state == "decided"
    with pytest.raises(ActionUnknown, match="it is cancelled"):
        mend(decided, cancel, rows()[0].key, "again")


@pytest.mark.parametrize(
    ("key", "by", "reason", "error"),
    [("", LEAD, "why", ActionUnknown), ("nothing", LEAD, "why", ActionUnknown), ("a", "stranger", "why", PersonUnknown),
     ("a", LEAD, " ", ActionUnknown)],
)  # fmt: skip
def test_what_can_not_be_called_off_changes_nothing(decided, rows, key, by, reason, error):
    with pytest.raises(error):
        mend(decided, cancel, key, reason, by=by)
    assert [row.state for row in rows()] == ["planned"]


def test_two_carriers_at_once_do_each_action_once(desk, platform):
    for number in range(60):
        desk.stream.say("win a phone", by=f"bot{number}", name=f"bait{number}", at=number / 60, spam=0.95)
    desk.stream.regroup(bait=("campaign", ["win a phone"]))
    desk.open()
    desk.do(decide, desk.stream.case(kind="group").id, ONE, ruling=REMOVE)
    sent = []

    class Counting:
        name = "counting"

        def carry_out(self, order, at):
            sent.append(order.key)
            return {}

    def work(_):
        return carry_out(desk.store, desk.policy, lambda _: Counting(), lambda: desk.now).done

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(work, range(2)))
    assert sum(done) == len(sent) == len(set(sent)) == 60


def test_an_action_that_kills_every_carrier_is_given_up(decided, rows):
    class Deadly:
        name = "deadly"

        def carry_out(self, order, at):
            raise KeyboardInterrupt

    for _ in range(8):
        with pytest.raises(KeyboardInterrupt):
            carry_out(decided.store, decided.policy, lambda _: Deadly(), lambda: decided.now)
        decided.now += timedelta(minutes=10)
    assert carry_out(decided.store, decided.policy, lambda _: Deadly(), lambda: decided.now).done == 0
    assert [(row.state, row.last_error) for row in rows()] == [("dead", "cut off at every attempt")]


def test_who_comes_too_late_to_an_action_leaves_it_to_others(decided, rows, platform):
    times = iter([decided.now, decided.now, decided.now + timedelta(minutes=6), decided.now])
    carried = carry_out(decided.store, decided.policy, lambda _: platform.connector, lambda: next(times))
    assert (carried.done, platform.lines) == (0, [])


def test_the_outbox_is_listed_and_counted(decided, carry):
    carry()
    with decided.store.reading() as session:
        (one,) = listed(session)
        assert counts_of(session) == {"done": 1}
    assert one.as_dict()["connector"] == "file"
