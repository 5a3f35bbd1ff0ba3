"""What made a case hard for those who decided it, told from its log and its events."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..decisions import Decided
from ..store import CaseEvent, SecondLook
from ..store.upsert import chunks

# What each mark is worth when the hardest come first: people who contradicted each other before people who doubted.
WEIGHTS = {
    "reversed": 3, "overridden": 3, "refused": 3, "second look disagreed": 3, "escalated": 2, "skipped": 2, "undone": 1,
}  # fmt: skip
_KINDS = {"reversal": "reversed", "refusal": "refused", "undo": "undone"}
_EVENTS = {"skip": "skipped", "escalate": "escalated"}


def marks_of(log: Sequence[Decided], events: Iterable[str], looks: Mapping[str, str]) -> tuple[str, ...]:
    """The marks in `WEIGHTS` that a case bears, the weightiest first.

    `events` are kinds of what happened to it, `looks` what second looks found, by decision id.
    """
    found = {_KINDS[each.kind] for each in log if each.kind in _KINDS}
    found |= {_EVENTS[each] for each in events if each in _EVENTS}
    if any(each.overrides and each.kind in ("decision", "proposal") for each in log):
        found.add("overridden")
    if any(looks.get(each.id, each.outcome) != each.outcome for each in log):
        found.add("second look disagreed")
    return tuple(mark for mark in WEIGHTS if mark in found)


def hardness(marks: Iterable[str]) -> int:
    """How hard a case with these marks was; 0 is plain."""
    return sum(WEIGHTS[mark] for mark in marks)


def read_events(session: Session, case_ids: Sequence[str]) -> dict[str, set[str]]:
    """By case, the kinds of events that make it hard."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for chunk in chunks(case_ids):
        statement = select(CaseEvent.case_id, CaseEvent.kind).where(CaseEvent.case_id.in_(chunk))
        for case_id, kind in session.execute(statement.where(CaseEvent.kind.in_(_EVENTS))):
            found[case_id].add(kind)
    return found


def read_looks(session: Session) -> dict[str, str]:
    """What second looks found, by decision id."""
    statement = select(SecondLook.decision_id, SecondLook.outcome).where(SecondLook.outcome.is_not(None))
    return {decision_id: outcome for decision_id, outcome in session.execute(statement) if outcome}
