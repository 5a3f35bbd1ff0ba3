"""Whatever happens to cases, statements say which restriction was in force from when until when."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from becalm.cases.deciding import Ruling, decide, override
from becalm.cases.reversing import reverse, undo
from becalm.cases.second import approve, refuse
from becalm.decisions import Decided, decisions_of, force_of
from becalm.errors import InputError
from becalm.store import Base, Store

RULES = ("abuse", "single-spam")  # one takes two people, and a machine may decide the other
PEOPLE = st.sampled_from(["moderator-1", "moderator-2", "lead-1"])
RESTRICTING = ("hide", "remove", "mute", "ban")
HIDE, REMOVE, NOTHING = Ruling("hide", note="x"), Ruling("remove", note="x"), Ruling("none", "dismissed", note="x")
RULINGS = st.sampled_from([HIDE, REMOVE, NOTHING, Ruling("mute", note="x"), Ruling("warn", note="x")])
WHICH = st.sampled_from([0, 1])
STEPS = st.one_of(
    *[st.tuples(st.just(verb), WHICH, PEOPLE, st.fixed_dictionaries({"ruling": RULINGS}))
      for verb in (decide, decide, override)],
    *[st.tuples(st.just(verb), WHICH, PEOPLE, st.just({})) for verb in (approve, undo, undo)],
    *[st.tuples(st.just(verb), WHICH, PEOPLE, st.just({"note": "x"})) for verb in (refuse, reverse)],
    st.tuples(st.just(None), st.just(1), st.just("machine"), st.just({})),
)  # fmt: skip
ONE, TWO, LEAD = "moderator-1", "moderator-2", "lead-1"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory, lenient: Any, new_desk: Any) -> Iterator[Callable[[], Any]]:
    """Makes an empty desk each time it is called, in one and the same store."""
    with Store.open(f"sqlite:///{tmp_path_factory.mktemp('spans') / 'becalm.db'}") as store:

        def fresh() -> Any:
            with store.writing() as session:
                for table in reversed(Base.metadata.sorted_tables):
                    session.execute(table.delete())
            return new_desk(store, lenient)

        yield fresh


def log_of(desk: Any, *ids: str) -> list[Decided]:
    with desk.store.reading() as session:
        return decisions_of(session, *ids)


def in_force(desk: Any, ids: list[str]) -> set[str]:
    """The decisions that restrict somebody now, as the log says."""
    found = [force_of(log_of(desk, case_id)).in_force for case_id in ids]
    return {each.id for each in found if each and each.outcome == "upheld" and each.action in RESTRICTING}


def take(desk: Any, verb: Any, case_id: str, by: str, said: dict[str, Any]) -> None:
    """One step; what may not be is refused, and changes nothing."""
    log = log_of(desk, case_id)
    try:
        if verb is None:
            desk.machine(case_id, REMOVE)
        else:
            # Only whoever had the last word can undo it.
            desk.do(verb, case_id, log[-1].by if verb is undo and log else by, **said)
    except InputError:
        pass


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([(decide, 1, ONE, {"ruling": HIDE}), (undo, 1, ONE, {}), (decide, 1, TWO, {"ruling": REMOVE})], True)
@example([(decide, 0, ONE, {"ruling": HIDE}), (approve, 0, TWO, {}), (undo, 0, TWO, {}), (approve, 0, TWO, {}),
          (override, 0, LEAD, {"ruling": NOTHING}), (approve, 0, ONE, {})], True)  # fmt: skip
@example([(None, 1, "machine", {}), (reverse, 1, LEAD, {"note": "x"}), (undo, 1, LEAD, {})], False)
@given(st.lists(STEPS, min_size=2, max_size=12), st.booleans())
def test_statements_follow_the_log_whatever_is_decided(fresh, steps, at_every_step):
    desk = fresh()
    ids, ever, first = [desk.case(rule) for rule in RULES], set(), {}
    for verb, case, by, said in steps:
        desk.later(minutes=7)
        take(desk, verb, ids[case], by, said)
        ever |= in_force(desk, ids)
        if at_every_step:
            desk.make()
            first |= {each.puid: words(each) for each in desk.statements() if each.puid not in first}
    desk.make()
    assert desk.make().new == 0
    found = {each.puid: each for each in desk.statements()}
    assert found.keys() == ever
    assert {puid for puid, each in found.items() if each.ended_at is None} == in_force(desk, ids)
    machines = {each.id: each.is_machine for each in log_of(desk, *ids)}
    for puid, each in found.items():
        assert first.get(puid, words(each)) == words(each), "only its end may change"
        assert (each.fields["automated_decision"] == "AUTOMATED_DECISION_FULLY") == machines[puid]
        assert each.ended_at is None or each.in_force_at <= each.ended_at <= desk.now


def words(statement: Any) -> dict[str, Any]:
    return {name: value for name, value in statement.fields.items() if not name.startswith("end_date")}
