"""Whatever people decide and take back, and wherever carriers and platforms fail: things come to what is in force."""

from contextlib import suppress
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from becalm.actions.carrying import carry_out
from becalm.actions.connectors import RecordedFile, TryAgain
from becalm.cases.deciding import Ruling, decide, override
from becalm.cases.reversing import reverse, undo
from becalm.cases.second import approve, refuse
from becalm.decisions import decisions_of, force_of
from becalm.errors import InputError
from becalm.store import Action, CaseComment, stable_id
from becalm.store.upsert import add_missing

CASES = ("rude", "spam", "third")
RULINGS = [Ruling("hide"), Ruling("remove"), Ruling("none", "dismissed"), Ruling("hide", "dismissed"), Ruling("mute")]
LEVELS = {"hide": 1, "remove": 2}
NAMES = {0: "shown", 1: "hidden", 2: "removed"}


class Died(Exception):
    """The process is gone, in the middle of it."""


class Unreliable:
    """Writes to the file, but may die or time out before or after it."""

    name = "file"

    def __init__(self, platform, mishaps):
        self.file, self.mishaps = RecordedFile(platform.path), mishaps

    def carry_out(self, order, at):
        mishap = self.mishaps.pop(0) if self.mishaps else "none"
        if mishap == "dies before":
            raise Died
        if mishap == "no answer":
            raise TryAgain("no answer")
        results = self.file.carry_out(order, at)
        if mishap == "dies after":
            raise Died
        if mishap == "answer lost":
            raise TryAgain("answer lost")
        return results


mishap = st.sampled_from(["none", "none", "dies before", "dies after", "no answer", "answer lost"])
steps = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(["decide", "override", "reverse", "undo", "approve", "refuse"]),
            st.sampled_from(CASES),
            st.sampled_from(RULINGS),
            st.sampled_from(["moderator-1", "moderator-2", "lead-1"]),
        ),
        st.tuples(st.just("carry"), st.lists(mishap, max_size=4)),
        st.tuples(st.just("wait"), st.sampled_from([1, 20, 400])),
    ),
    max_size=14,
)


def perform(desk, platform, step):
    match step:
        case ("carry", mishaps):
            carry(desk, Unreliable(platform, list(mishaps)))
        case ("wait", minutes):
            desk.later(minutes=minutes)
        case (verb, case, ruling, by):
            with suppress(InputError):  # not theirs to do, or not now
                act(desk, verb, desk.ids[case], ruling, by)


def act(desk, verb, case_id, ruling, by):
    noted = Ruling(ruling.action, ruling.outcome, note="why")
    calls = {
        "decide": lambda: desk.do(decide, case_id, by, ruling=noted),
        "override": lambda: desk.do(override, case_id, by, ruling=noted),
        "reverse": lambda: desk.do(reverse, case_id, by, note="why"),
        "undo": lambda: desk.do(undo, case_id, by),
        "approve": lambda: desk.do(approve, case_id, by),
        "refuse": lambda: desk.do(refuse, case_id, by, note="why"),
    }
    calls[verb]()


def carry(desk, connector):
    with suppress(Died):
        carry_out(desk.store, desk.policy, lambda _: connector, lambda: desk.now)


def wanted(desk, comment):
    """How a comment must stand: the gravest of what the decisions in force say of it, read from the log alone."""
    with desk.store.reading() as session:
        comment_id = stable_id("youtube", comment)
        levels = [0]
        for case_id in desk.ids.values():
            decided = force_of(decisions_of(session, case_id)).in_force
            if decided and decided.outcome == "upheld" and comment_id in decided.subjects["comments"]:
                levels.append(LEVELS.get(decided.action, 0))
    return NAMES[max(levels)]


def muted(platform):
    state = {}
    for line in platform.lines:
        if line["target_kind"] == "account":
            state[line["target"]] = line["kind"]
    return {account for account, kind in state.items() if kind == "mute"}


def wanted_muted(desk):
    with desk.store.reading() as session:
        found = (force_of(decisions_of(session, case_id)).in_force for case_id in desk.ids.values())
        return {
            account
            for decided in found
            if decided and decided.outcome == "upheld" and decided.action == "mute"
            for account in decided.subjects["accounts"]
        }


def settle_down(desk, platform):
    """Nothing fails any more, and time goes on until nothing is left to be done."""
    for _ in range(12):
        desk.later(hours=2)
        carry(desk, platform.connector)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_the_platform_comes_to_what_is_in_force(fresh_stream, strict, made_platform, made_desk, steps):
    stream = fresh_stream()
    desk, platform = made_desk(stream, strict), made_platform()
    stream.say("you fools", by="rudi", name="rude", abuse=0.9)
    stream.say("cheap watches", by="spammer", name="spam", spam=0.9)
    stream.say("cheap phones", by="other", name="third", spam=0.9)
    desk.open()
    desk.ids = {case.subject.removeprefix("youtube/"): case.id for case in stream.cases()}
    with stream.store.writing() as session:  # one comment that two cases are about
        shared = {"case_id": desk.ids["third"], "comment_id": stable_id("youtube", "spam"), "is_placed": True}
        add_missing(session, CaseComment, [shared])
    for step in steps:
        perform(desk, platform, step)
        assert set(platform.keys.values()) <= {1}
    settle_down(desk, platform)
    for comment in CASES:
        assert platform.stands(comment) == wanted(desk, comment), (comment, platform.kinds)
    assert muted(platform) == muted_names(desk)
    assert set(platform.keys.values()) <= {1}
    assert_nothing_of_held_decisions(desk)


def muted_names(desk):
    names = {stable_id("youtube", name): name for name in ("rudi", "spammer", "other")}
    return {names[account] for account in wanted_muted(desk)}


def assert_nothing_of_held_decisions(desk):
    with desk.store.reading() as session:
        for case_id in desk.ids.values():
            log = decisions_of(session, case_id)
            approved = {each.answers for each in log if each.kind == "approval"}
            held = {each.id for each in log if each.kind == "proposal"} - approved
            assert not session.scalars(select(Action).where(Action.decision_id.in_(held))).all()


def test_a_lease_that_ran_out_is_taken_over_and_the_file_has_it_once(desk, platform):
    desk.do(decide, desk.ids["spam"], "moderator-1", ruling=Ruling("remove"))
    carry(desk, Unreliable(platform, ["dies after"]))
    assert platform.kinds == ["remove"]
    assert carry_out(desk.store, desk.policy, lambda _: platform.connector, lambda: desk.now).done == 0
    desk.now += timedelta(seconds=desk.policy.outbox.retries.lease_seconds)
    assert carry_out(desk.store, desk.policy, lambda _: platform.connector, lambda: desk.now).done == 1
    assert platform.kinds == ["remove"]
