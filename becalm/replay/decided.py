"""Past cases with what people decided on them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ..decisions import Decided
from ..decisions.forces import forces
from ..policy import AppliesTo
from ..review.period import Period
from ..review.rules import cases_of
from ..store import Case, CaseComment, Decision
from ..store.cases import APPEAL

STATES = ("decided", "closed")


@dataclass(frozen=True, slots=True)
class PastCase:
    """A decided case. `found` is the rule that people found broken or met, None where they found none.

    `is_told` is False where no decision by a person is in the log: then nothing is known of what people found.
    """

    id: str
    kind: str
    subject: str
    rule: str
    queue: str
    policy_version: str
    priority: float
    opened_at: datetime
    decided_at: datetime | None
    comments: frozenset[int]
    is_told: bool
    found: str | None


def past_cases(session: Session, period: Period) -> Iterator[PastCase]:
    """Every decided case about comments of `period`, by id, but those on threads: how heated one was when its case was
    opened can't be told any more. What a machine alone decided says nothing of people."""
    wanted = cases_of(period, Case.id).where(Case.state.in_(STATES), Case.kind.not_in((AppliesTo.THREAD.value, APPEAL)))
    members = _members(session, wanted)
    decisions = _in_force(session, wanted)
    columns = (Case.id, Case.kind, Case.subject, Case.rule, Case.queue, Case.policy_version, Case.priority)
    rows = session.connection().execute(
        select(*columns, Case.opened_at, Case.state).where(Case.id.in_(wanted)).order_by(Case.id)
    )
    for row in rows:
        decision = decisions.get(row.id)
        if decision is None and row.state == "closed":
            continue  # merged into another case, which has the decision
        yield PastCase(*row[:-1], *_told(decision, frozenset(members.get(row.id, ()))))


def decided_comments(period: Period) -> Select[int]:
    """Ids of the comments of those cases."""
    wanted = cases_of(period, Case.id).where(Case.state.in_(STATES))
    return select(CaseComment.comment_id).where(CaseComment.case_id.in_(wanted))


def _told(
    decision: Decided | None, comments: frozenset[int]
) -> tuple[datetime | None, frozenset[int], bool, str | None]:
    if decision is None or decision.is_machine:
        return None, comments, False, None
    return decision.decided_at, comments, True, decision.rule if decision.outcome == "upheld" else None


def _members(session: Session, wanted: Select[str]) -> dict[str, list[int]]:
    members: defaultdict[str, list[int]] = defaultdict(list)
    columns = (CaseComment.case_id, CaseComment.comment_id)
    for case_id, comment_id in session.connection().execute(select(*columns).where(CaseComment.case_id.in_(wanted))):
        members[case_id].append(comment_id)
    return members


def _in_force(session: Session, wanted: Select[str]) -> dict[str, Decided]:
    found = forces(session, Decision.case_id.in_(wanted))
    return {case_id: force.in_force for case_id, force in found if force.in_force}
