"""Whatever happens to cases, statements say which restriction was in force from when until when."""

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from becalm.cases.deciding import Ruling, decide, override
from becalm.cases.reversing import reverse, undo
from becalm.cases.second import approve, refuse
from becalm.decisions import decisions_of, force_of, verify_chain
from becalm.errors import InputError
from becalm.store import Base, Store
from becalm.store.statements import GOOD

PEOPLE = st.sampled_from(["moderator-1", "moderator-2", "lead-1"])
RESTRICTING = ("hide", "remove", "mute", "ban")
RULINGS = st.sampled_from(
    [Ruling(action, outcome, note="why") for action in ("hide", "remove", "mute", "none", "warn")
     for outcome in ("upheld", "dismissed")]
)  # fmt: skip
RULES = ("abuse", "single-spam", "campaign", "warned-in-vain")


class Decisions(RuleBasedStateMachine):
    """People decide, approve, override, reverse and undo at random; statements are made now and then."""

    store: Store
    new_desk: object

    @initialize()
    def cases(self):
        self.desk = self.new_desk()
        self.ids = [self.desk.case(each) for each in RULES]
        self.seen = {}
        self.in_force_ever = set()

    def _try(self, verb, case, by, **said):
        self.desk.later(minutes=7)
        try:
            self.desk.do(verb, self.ids[case % len(self.ids)], by, **said)
        except InputError:
            return
        self.in_force_ever |= {each.id for each in self._in_force()}

    def _in_force(self):
        with self.desk.store.reading() as session:
            found = [force_of(decisions_of(session, case_id)).in_force for case_id in self.ids]
        return [each for each in found if each and each.outcome == "upheld" and each.action in RESTRICTING]

    @rule(case=st.integers(0, 3), by=PEOPLE, ruling=RULINGS, verb=st.sampled_from([decide, override]))
    def rules(self, case, by, ruling, verb):
        self._try(verb, case, by, ruling=ruling)

    @rule(case=st.integers(0, 3), by=PEOPLE, verb=st.sampled_from([approve, undo]))
    def answers(self, case, by, verb):
        self._try(verb, case, by)

    @rule(case=st.integers(0, 3), by=PEOPLE, verb=st.sampled_from([refuse, reverse]))
    def takes_back(self, case, by, verb):
        self._try(verb, case, by, note="why")

    @rule(case=st.integers(0, 3))
    def a_machine_decides(self, case):
        self.desk.later(minutes=7)
        try:
            self.desk.machine(self.ids[case], Ruling("remove"))
        except InputError:
            return
        self.in_force_ever |= {each.id for each in self._in_force()}

    @rule(days=st.integers(1, 40))
    def time_goes_by(self, days):
        self.desk.later(days=days)

    @rule()
    def made(self):
        self.desk.make()

    @precondition(lambda self: hasattr(self, "desk"))
    @invariant()
    def statements_agree_with_the_log(self):
        self.desk.make()
        assert self.desk.make().new == 0
        found = {each.puid: each for each in self.desk.statements()}
        standing = {each.id for each in self._in_force()}
        assert set(found) == self.in_force_ever
        assert {puid for puid, each in found.items() if each.ended_at is None} == standing
        for puid, each in found.items():
            kept = {name: value for name, value in each.fields.items() if not name.startswith("end_date")}
            assert self.seen.setdefault(puid, kept) == kept, "only its end changes"
            assert (each.fields["automated_decision"] == "AUTOMATED_DECISION_FULLY") == self._is_machines(puid)
            assert each.ended_at is None or each.in_force_at <= each.ended_at <= self.desk.now + timedelta(days=40)

    def _is_machines(self, puid):
        with self.desk.store.reading() as session:
            log = decisions_of(session, *self.ids)
        return next(each.is_machine for each in log if each.id == puid)

    def teardown(self):
        if hasattr(self, "desk"):
            quality = self.desk.check()
            assert quality is None or quality.is_good, quality.failed
            assert all(each.state == GOOD for each in self.desk.statements())
            with self.desk.store.reading() as session:
                verify_chain(session)


def test_statements_follow_the_log_whatever_is_decided(tmp_path, lenient, new_desk):
    with Store.open(f"sqlite:///{tmp_path / 'becalm.db'}") as store:

        def fresh():
            with store.writing() as session:
                for table in reversed(Base.metadata.sorted_tables):
                    session.execute(table.delete())
            return new_desk(store, lenient)

        Decisions.new_desk = staticmethod(fresh)
        machine = Decisions.TestCase
        machine.settings = settings(max_examples=12, stateful_step_count=14, deadline=None)
        machine().runTest()
