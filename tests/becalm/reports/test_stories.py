"""Random sequences of reports, appeals, decisions and runs, and what must hold after each."""

from contextlib import suppress

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from becalm.appeals.intake import appeal
from becalm.appeals.involved import involved
from becalm.cases import check_conservation, open_cases
from becalm.cases.claims import claim
from becalm.cases.deciding import Ruling, decide, override
from becalm.cases.next import claim_next
from becalm.cases.reversing import reverse, undo
from becalm.decisions import force_of, verify_chain
from becalm.errors import InputError
from becalm.reports.intake import report
from becalm.store import Account, Appeal, Case, CaseComment, Decision, Notice, Report

from .conftest import Hotline

PEOPLE = ("moderator-1", "moderator-2", "lead-1")
people, cases = st.sampled_from(PEOPLE), st.integers(0, 9)
names, keys = st.sampled_from(["rude", "quiet", "angry", "late"]), st.sampled_from(["zoe", "yan", "xia"])
rulings = st.sampled_from([Ruling("hide"), Ruling("warn"), Ruling("none", "dismissed"), Ruling("reply")])
answers = st.sampled_from([Ruling("uphold", note="it stands"), Ruling("restore", note="it was wrong")])


class Stories(RuleBasedStateMachine):
    def __init__(self, stream, policy):
        super().__init__()
        self.desk = Hotline(stream, policy)
        stream.say("you fools", by="rudi", name="rude", abuse=0.9)
        stream.say("hmm", by="quill", name="quiet")
        stream.say("it broke", by="ann", name="angry", complaint=0.9)
        stream.say("you idiots", by="toni", name="worse", abuse=0.9)
        self.desk.open()
        # Something to contest from the first step on.
        self.desk.decide(stream.case(subject="youtube/worse").id, "hide")
        self.has_come = False

    def attempt(self, act):
        """Everything happens in a transaction of its own, and nothing of it when it is refused."""
        self.desk.later(minutes=1)
        with suppress(InputError), self.desk.store.writing() as session:
            act(session, self.desk.policy, self.desk.now)

    def known(self, number):
        ids = sorted(case.id for case in self.desk.stream.cases())
        return ids[number % len(ids)]

    @rule(name=names, key=keys, reason=st.sampled_from(["abuse", "spam", "threat", "so rude"]))
    def somebody_reports(self, name, key, reason):
        said = {"platform": "youtube", "comment_id": name, "reporter": key, "reason": reason}
        self.attempt(lambda session, policy, now: report(session, policy, now, **said))

    @rule(number=cases, by=people, ruling=st.one_of(rulings, answers))
    def somebody_decides(self, number, by, ruling):
        verb = lambda s, p, now: decide(s, p, self.known(number), ruling, by, now)  # noqa: E731
        self.attempt(verb)

    @rule(number=cases, by=people, ruling=st.one_of(rulings, answers))
    def somebody_overrides(self, number, by, ruling):
        said = Ruling(ruling.action, ruling.outcome, note="after all")
        self.attempt(lambda s, p, now: override(s, p, self.known(number), said, by, now))

    @rule(number=cases, by=people, verb=st.sampled_from([undo, claim]))
    def somebody_does(self, number, by, verb):
        self.attempt(lambda s, p, now: verb(s, p, self.known(number), by, now))

    @rule(number=cases, by=people)
    def somebody_reverses(self, number, by):
        self.attempt(lambda s, p, now: reverse(s, p, self.known(number), by, now, note="it was wrong"))

    @rule(by=people)
    def somebody_asks_for_the_next(self, by):
        self.attempt(lambda s, p, now: claim_next(s, p, by, now))

    @rule(number=st.integers(0, 30), by_another=st.sampled_from([False, False, True]))
    def an_author_appeals(self, number, by_another):
        with self.desk.store.reading() as session:
            rows = session.execute(select(Decision.id, Decision.subjects).order_by(Decision.seq)).all()
            authors = {one.id: one.author_id for one in session.scalars(select(Account))}
        if rows:
            decision, subjects = rows[number % len(rows)]
            author = "ann" if by_another else authors[subjects["accounts"][0]]
            said = {"platform": "youtube", "author_id": author, "decision": decision, "text": "no"}
            self.attempt(lambda session, policy, now: appeal(session, policy, now, **said))

    @rule(number=cases, by=people, ruling=answers, again=st.booleans())
    def somebody_answers_an_appeal(self, number, by, ruling, again):
        ids = sorted(case.id for case in self.desk.stream.cases(kind="appeal"))
        if ids:
            verb, case_id = override if again else decide, ids[number % len(ids)]
            self.attempt(lambda s, p, now: verb(s, p, case_id, ruling, by, now))

    @rule(abuse=st.sampled_from([0.1, 0.9]))
    def a_run_goes_by(self, abuse):
        with self.desk.store.reading() as session:
            rude = session.scalars(
                select(CaseComment.comment_id).join(Case).where(Case.subject == "youtube/rude")
            ).first()
        if rude is not None:
            self.desk.stream.score(rude, abuse=abuse)
        self.attempt(open_cases)

    @rule()
    def a_comment_comes_in(self):
        if not self.has_come:
            self.has_come = True
            self.desk.stream.say("here I am", by="lars", name="late")
            self.attempt(open_cases)

    @rule(hours=st.sampled_from([1, 48]))
    def time_passes(self, hours):
        self.desk.later(hours=hours)

    @invariant()
    def whoever_waits_for_an_answer_has_a_case(self):
        with self.desk.store.reading() as session:
            for one in session.scalars(select(Report).where(Report.state == "open")):
                statement = select(Case.state).join(CaseComment, CaseComment.case_id == Case.id)
                states = session.scalars(statement.where(CaseComment.comment_id == one.comment_id)).all()
                assert {"open", "held"} & set(states)

    @invariant()
    def an_answer_is_that_of_a_decision(self):
        with self.desk.store.reading() as session:
            for one in session.scalars(select(Report)):
                assert (one.state == "answered") == (one.outcome is not None) == (one.decision_id is not None)

    @invariant()
    def nobody_answers_an_appeal_against_themselves(self):
        with self.desk.store.reading() as session:
            for one in session.scalars(select(Appeal)):
                signed = set(session.scalars(select(Decision.by).where(Decision.case_id == one.case_id)))
                earlier = select(Decision.by).where(Decision.case_id == one.original_case_id)
                assert involved(session, one.case_id) <= set(session.scalars(earlier))
                assert "machine" not in signed

    @invariant()
    def what_an_appeal_restored_restricts_nobody_by_the_decision_contested(self):
        with self.desk.store.reading() as session:
            for one in session.scalars(select(Appeal).where(Appeal.outcome == "restored")):
                in_force = force_of(self.desk.log(one.original_case_id)).in_force
                assert in_force is None or in_force.id != one.decision_id

    @invariant()
    def an_appeal_is_answered_where_its_case_is_decided(self):
        with self.desk.store.reading() as session:
            rows = session.execute(select(Case.state, Appeal.outcome).join(Appeal, Appeal.case_id == Case.id)).all()
        assert all((state in ("decided", "closed")) == (outcome is not None) for state, outcome in rows)

    @invariant()
    def nothing_is_lost_and_the_chain_holds(self):
        with self.desk.store.reading() as session:
            if not self.has_come or not session.scalar(select(Report.id).where(Report.state == "waiting")):
                check_conservation(session)
            verify_chain(session)
            keys = session.execute(select(Notice.recipient, Notice.action, Notice.case_id, Notice.id)).all()
            assert len(keys) == len({row.id for row in keys})


def test_stories_of_reports_and_appeals_keep_every_promise(fresh_stream, policy):
    slow = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]
    run_state_machine_as_test(
        lambda: Stories(fresh_stream(), policy),
        settings=settings(max_examples=40, stateful_step_count=40, deadline=None, suppress_health_check=slow),
    )
