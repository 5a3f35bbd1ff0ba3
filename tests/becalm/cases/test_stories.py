"""Random sequences of what people, machines, runs, clocks and crashes do to cases, and what must hold after each."""

from collections import Counter
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from becalm.cases import check_conservation, give_strikes, open_cases, rank_offenders, stream_time
from becalm.cases.claims import claim, hand_over, refresh, release, skip
from becalm.cases.deciding import Ruling, decide, override
from becalm.cases.escalating import add_note, escalate
from becalm.cases.machine import decide_alone
from becalm.cases.merging import merge, split
from becalm.cases.next import claim_next
from becalm.cases.reversing import close, reverse, undo
from becalm.cases.second import approve, refuse
from becalm.cases.standing import standing
from becalm.cases.sweeping import preview, sweep
from becalm.decisions import force_of, verify_chain
from becalm.errors import CaseConflict, InputError
from becalm.store import CaseEvent, Comment, Decision, Measure, Offender, Strike

from .conftest import Desk

PEOPLE = ("moderator-1", "moderator-2", "lead-1")
people, cases = st.sampled_from(PEOPLE), st.integers(0, 9)
rulings = st.sampled_from([
    Ruling("hide"), Ruling("remove"), Ruling("warn"), Ruling("ban"), Ruling("hide", rule="abuse"),
    Ruling("none", "dismissed", note="harmless"),
])  # fmt: skip
WHY = {"note": "it was wrong"}
PLAIN = (claim, refresh, release, close, undo, approve)
TEXTS = ["buy tea", "buy teas", "buy the tea"]


class Crash(Exception):
    """The process dies before the transaction ends."""


class Stories(RuleBasedStateMachine):
    def __init__(self, stream, policy):
        super().__init__()
        self.desk = Desk(stream, policy)
        for number, (text, by) in enumerate([("you fools", "rudi"), ("cheap", "s1"), ("cheap pills", "s2")]):
            signals = {"abuse": 0.9} if number == 0 else {"spam": 0.9}
            stream.say(text, by=by, name=f"c{number}", **signals)
        stream.say("it broke", by="ann", name="angry", complaint=0.9)
        for number, text in enumerate(TEXTS):
            stream.say(text, by=f"p{number}", name=f"p{number}", spam=0.9)
        stream.regroup(tea=("campaign", TEXTS))
        self.desk.open()
        self.ids, self.said = [case.id for case in stream.cases()], 0
        self.versions: dict[str, int] = {}

    def attempt(self, act, dies=False):
        """The act in one transaction; refused or dead, it leaves no trace."""
        before = self.desk.stream.tables()
        with suppress(InputError, Crash), self.desk.store.writing() as session:
            act(session)
            if not dies:
                return
            raise Crash
        assert self.desk.stream.tables() == before

    def one(self, number):
        return self.ids[number % len(self.ids)]

    @rule(by=people, number=cases, verb=st.sampled_from(PLAIN), dies=st.booleans())
    def plain(self, by, number, verb, dies):
        self.attempt(lambda s: verb(s, self.desk.policy, self.one(number), by=by, now=self.desk.now), dies)

    @rule(by=people, number=cases, ruling=rulings, verb=st.sampled_from([decide, override]), dies=st.booleans())
    def ruled(self, by, number, ruling, verb, dies):
        self.attempt(lambda s: verb(s, self.desk.policy, self.one(number), ruling, by, self.desk.now), dies)

    @rule(by=people, number=cases, verb=st.sampled_from([reverse, refuse]), dies=st.booleans())
    def with_note(self, by, number, verb, dies):
        self.attempt(lambda s: verb(s, self.desk.policy, self.one(number), by=by, now=self.desk.now, **WHY), dies)

    @rule(by=people, number=cases, to=people)
    def moved_on(self, by, number, to):
        now, policy, case_id = self.desk.now, self.desk.policy, self.one(number)
        self.attempt(lambda s: hand_over(s, policy, case_id, by, to, now))
        self.attempt(lambda s: skip(s, policy, case_id, by, "not mine", now))
        self.attempt(lambda s: add_note(s, policy, case_id, by, "seen", now))

    @rule(by=people, number=cases)
    def escalated(self, by, number):
        self.attempt(lambda s: escalate(s, self.desk.policy, self.one(number), by, "lead", "help", self.desk.now))

    @rule(by=people, number=cases, other=cases)
    def merged(self, by, number, other):
        self.attempt(lambda s: merge(s, self.desk.policy, self.one(number), self.one(other), by, self.desk.now))

    @rule(by=people, number=cases)
    def parted(self, by, number):
        ids = sorted(self.desk.stream.comments_of(self.desk.stream.case(id=self.one(number))))[:1]
        self.attempt(lambda s: split(s, self.desk.policy, self.one(number), ids, by, self.desk.now))

    @rule(by=people)
    def asked_for_the_next(self, by):
        self.attempt(lambda s: claim_next(s, self.desk.policy, by, self.desk.now))

    @rule(by=people, other=people, number=cases, ruling=rulings, dies=st.booleans())
    def swept(self, by, other, number, ruling, dies):
        """What was previewed and not touched since is decided alike; what somebody did in between stands."""
        policy, now, case_id = self.desk.policy, self.desk.now, self.one(number)
        with self.desk.store.reading() as session, suppress(InputError):
            found = preview(session, policy, case_id, by, now)
            untouched = found.versions.keys()
            for each in sorted(untouched)[:1]:
                self.attempt(lambda s, each=each: decide(s, policy, each, ruling, other, now))
            before = {each: self.desk.log(each) for each in self.ids}
            self.attempt(lambda s: sweep(s, policy, case_id, by, now, found.versions), dies)
            after = {each: self.desk.log(each) for each in self.ids}
            assert {each for each in self.ids if before[each] != after[each]} <= untouched
            assert all(after[each][: len(before[each])] == before[each] for each in self.ids)

    @rule(by=people, number=cases, ruling=rulings, behind=st.integers(1, 3))
    def stale(self, by, number, ruling, behind):
        """Whoever saw an earlier version changes nothing, whatever they want to do."""
        policy, now, case_id = self.desk.policy, self.desk.now, self.one(number)
        said = {"by": by, "now": now, "expected_version": self.desk.case(case_id).version - behind}
        before = self.desk.stream.tables()
        for verb, more in (
            (claim, {}), (approve, {}), (refuse, WHY), (reverse, WHY), (undo, {}),
            (escalate, {"to": "lead", "reason": "x"}),
            (decide, {"ruling": ruling}), (override, {"ruling": ruling}),
        ):  # fmt: skip
            with pytest.raises(CaseConflict), self.desk.store.writing() as session:
                verb(session, policy, case_id, **said, **more)
        assert self.desk.stream.tables() == before

    @rule(number=cases)
    def machine(self, number):
        self.attempt(lambda s: decide_alone(s, self.desk.policy, self.one(number), Ruling("remove"), self.desk.now))

    @rule(one=people, other=people, number=cases, ruling=rulings)
    def two_at_once(self, one, other, number, ruling):
        """Both look, both decide by what they saw: the second is told, and the first one's word stands."""
        policy, now, case_id = self.desk.policy, self.desk.now, self.one(number)
        with self.desk.store.reading() as first, self.desk.store.reading() as second:
            seen = standing(first, case_id).version
            assert standing(second, case_id).version == seen
            self.attempt(lambda s: decide(s, policy, case_id, ruling, one, now, seen))
            stood = self.desk.case(case_id)
            if stood.version > seen:
                before = self.desk.stream.tables()
                with pytest.raises(CaseConflict, match=f"by {one} on"):
                    decide(second, policy, case_id, ruling, other, now, seen)
                second.rollback()
                assert self.desk.stream.tables() == before

    @rule(minutes=st.sampled_from([1, 20, 31, 60 * 13]))
    def time_passes(self, minutes):
        self.desk.later(minutes=minutes)

    @rule(grows=st.booleans(), is_grouped=st.booleans(), dies=st.booleans())
    def run(self, grows, is_grouped, dies):
        if grows:
            self.said += 1
            self.desk.stream.say("buy tea", by=f"q{self.said}", name=f"q{self.said}", spam=0.9)
        self.desk.stream.regroup(**({"tea": ("campaign", TEXTS)} if is_grouped else {}))
        decided = self.decided()
        self.attempt(self.reckon, dies)
        assert decided.items() <= self.decided().items()
        if not dies:
            with self.desk.store.reading() as session:
                check_conservation(session)
            before = self.desk.stream.tables()
            self.attempt(self.reckon)
            assert self.desk.stream.tables() == before, "a run without news changes nothing"

    def reckon(self, session):
        give_strikes(session, self.desk.policy)
        rank_offenders(session, self.desk.policy, stream_time(session))
        open_cases(session, self.desk.policy, self.desk.now)

    def decided(self):
        settled = [case for case in self.desk.stream.cases() if case.state in ("held", "decided", "closed")]
        return {case.id: (case.state, case.version, frozenset(self.desk.stream.comments_of(case))) for case in settled}

    @invariant()
    def the_chain_holds_and_machines_are_marked_limited_and_first(self):
        with self.desk.store.reading() as session:
            verify_chain(session)
            log = session.query(Decision).order_by(Decision.seq).all()
        assert all(each.is_machine == (each.by == "machine") for each in log)
        first = {each.case_id: each for each in reversed(log)}
        assert all(first[each.case_id] is each for each in log if each.is_machine)
        days = Counter(each.decided_at.date() for each in log if each.is_machine)
        assert max(days.values(), default=0) <= 2
        proposed = {each.id: each.by for each in log if each.kind == "proposal"}
        assert all(each.by != proposed[each.answers] for each in log if each.kind in ("approval", "refusal"))

    @invariant()
    def the_state_of_each_case_is_what_its_log_says(self):
        for case in self.desk.stream.cases():
            force = force_of(self.desk.log(case.id))
            if case.state in ("open", "held", "decided"):
                assert case.state == force.state
                assert (case.held_by is not None) == (case.state == "held")
            if case.state == "closed":
                assert case.merged_into or force.in_force
            if case.state != "open" and case.state != "held":
                assert case.claimed_by is None

    @invariant()
    def strikes_are_what_people_said(self):
        """At once: what is upheld stands, what is dismissed or taken back is gone, and no machine makes one stand."""
        said, settled = self.strikes_by_people()
        with self.desk.store.reading() as session:
            strikes = session.query(Strike).all()
            offenders = {one.account_id: one.upheld for one in session.query(Offender)}
        assert {(one.account_id, one.rule, one.cause) for one in strikes if one.upheld} == said
        machine = {(one.cause, one.rule) for one in strikes if not one.upheld}
        assert machine.isdisjoint(settled)
        for account_id, upheld in offenders.items():
            assert upheld == sum(one.weight for one in strikes if one.upheld and one.account_id == account_id)

    def strikes_by_people(self):
        """(account, rule, cause) of what is upheld; (cause, rule) of single comments that were decided otherwise."""
        said, settled = set(), set()
        comments = self.comments()
        for case in self.desk.stream.cases():
            last = force_of(self.desk.log(case.id)).in_force
            if last is None or (last.is_machine and last.outcome == "upheld"):
                continue
            for comment in (comments[each] for each in self.desk.stream.comments_of(case)):
                name = f"{comment.platform}/{comment.comment_id}"
                cause = case.subject.split("~")[0] if case.kind == "group" else name
                if last.outcome == "upheld" and self.desk.policy.rule(last.rule).strike:
                    said.add((comment.account_id, last.rule, cause))
                if case.kind == "comment":
                    settled |= {(name, case.rule), (name, last.rule)}
        return said, settled

    def comments(self):
        with self.desk.store.reading() as session:
            return {one.id: one for one in session.query(Comment)}

    @invariant()
    def measures_are_those_of_decisions_in_force_and_nobody_is_banned_unwarned(self):
        expected = set()
        for case in self.desk.stream.cases():
            last = force_of(self.desk.log(case.id)).in_force
            if last and last.outcome == "upheld" and not last.is_machine and last.action in ("warn", "ban"):
                expected |= {(account, last.action, last.id) for account in last.subjects["accounts"]}
        with self.desk.store.reading() as session:
            rows = session.query(Measure).all()
        standing_ = {(one.account_id, one.kind, one.decision_id) for one in rows if one.lifted_at is None}
        # Of two decisions at one moment the measure is the first one's.
        assert {one[:2] for one in standing_} <= {one[:2] for one in expected}
        for ban in (one for one in rows if one.kind == "ban"):
            told = [one for one in rows if one.account_id == ban.account_id and one is not ban]
            assert any(one.taken_at <= ban.taken_at for one in told)

    @invariant()
    def nobody_overwrote_anybody(self):
        with self.desk.store.reading() as session:
            events = session.query(CaseEvent).order_by(CaseEvent.id).all()
        seen: dict[str, list[int]] = {}
        for event in events:
            seen.setdefault(event.case_id, []).append(event.version)
        for case in self.desk.stream.cases():
            versions = seen.get(case.id, [])
            assert versions == sorted(set(versions))
            assert case.version == (versions[-1] if versions else 1)
            assert case.version >= self.versions.get(case.id, 1)
            self.versions[case.id] = case.version

    @invariant()
    def every_free_case_comes_back_and_nothing_else_does(self):
        offered = set()
        with self.desk.store.reading() as session:
            for by in PEOPLE:
                while case := claim_next(session, self.desk.policy, by, self.desk.now):
                    assert case.id not in offered
                    offered.add(case.id)
            session.rollback()
        waiting = [case for case in self.desk.stream.cases() if case.state in ("open", "held")]
        now = self.desk.now
        free = {case.id for case in waiting if case.claimed_until is None or case.claimed_until <= now}
        stuck = {case.id for case in waiting if case.escalated_to and case.held_by == "lead-1"}
        assert offered == free - stuck


def test_no_story_breaks_what_must_hold(fresh_stream, strict):
    run_state_machine_as_test(
        lambda: Stories(fresh_stream(), strict),
        settings=settings(
            max_examples=30, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
