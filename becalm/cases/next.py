"""Which case somebody should take next, found by a few steps into the indexes however many are open.

Cases lie in lanes: one for each queue, rule and language. Of a lane only two cases can be the next one: the most
urgent, and the one due first. Of those of all lanes that are theirs, a person gets the one under the most pressure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    exists,
    func,
    not_,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from ..appeals.involved import is_involved
from ..errors import CaseConflict
from ..policy import Policy
from ..policy.staffing import person_of, shares
from ..store import Case, CaseEvent
from .claims import claim
from .standing import Standing

TRIES = 8
STATES = ("held", "open")


@dataclass(frozen=True, slots=True)
class Offer:
    """A case that could be the next one."""

    id: str
    version: int
    priority: float
    opened_at: datetime
    due_at: datetime

    def pressure(self, policy: Policy, now: datetime) -> float:
        """Its priority, and `late_adds` for each service level that it has waited through."""
        waited = (now - self.opened_at) / (self.due_at - self.opened_at) if self.due_at > self.opened_at else 1.0
        return self.priority + (policy.work.late_adds * waited if waited >= 1 else 0.0)


def claim_next(
    session: Session, policy: Policy, by: str, now: datetime, queues: Sequence[str] | None = None
) -> Standing | None:
    """The case that `by` should work on now, claimed; None where nothing is left for them.

    First what was escalated to them or to a role of theirs. Then, of the queues, rules and languages that are theirs
    (of `queues` only, where given), what is under the most pressure. What they skipped comes last. Raises
    `PersonUnknown`.
    """
    person_of(policy, by)
    for _ in range(TRIES):
        offer = find_next(session, policy, by, now, queues)
        if offer is None:
            return None
        try:
            return claim(session, policy, offer.id, by, now, offer.version)
        except CaseConflict:
            continue  # somebody was faster: there are others
    return None


def find_next(
    session: Session, policy: Policy, by: str, now: datetime, queues: Sequence[str] | None = None
) -> Offer | None:
    """The case that `claim_next` would claim."""
    person, theirs = person_of(policy, by), _Theirs(policy, by, queues)
    asks: dict[str, Any] = {"by": by, "now": now, "addressees": [by, *person.roles]}
    for passing_over in (True, False):
        asks["passing_over"] = passing_over
        offers = _offers(session, ESCALATED, asks, theirs)
        offers = offers or [each for state in STATES for each in _offers(session, HEADS[state], asks, theirs)]
        if offers:
            return max(offers, key=lambda offer: (offer.pressure(policy, now), -offer.due_at.timestamp(), offer.id))
    return None


class _Theirs(dict[str, bool]):
    """Whether a lane is one that the person takes cases from, told once for each."""

    def __init__(self, policy: Policy, by: str, queues: Sequence[str] | None) -> None:
        self.person, self.policy, self.queues = policy.people[by], policy, queues
        self.rules = {rule.id: rule for rule in policy.rules}

    def __missing__(self, lane: str) -> bool:
        queue_id, rule_id, language = lane.split("/")
        queue, rule = self.policy.queues.get(queue_id), self.rules.get(rule_id)
        self[lane] = (
            (self.queues is None or queue_id in self.queues)
            and self.person.reads(language)
            and (queue is None or shares(queue.roles, self.person))
            and (rule is None or shares(rule.decided_by, self.person))
        )
        return self[lane]


def _offers(
    session: Session, statement: Select[*tuple[Any, ...]], asks: dict[str, Any], theirs: _Theirs
) -> list[Offer]:
    rows = session.connection().execute(statement, asks).all()
    return [Offer(*row[:-1]) for row in rows if theirs[row[-1]]]


def _free() -> ColumnElement[bool]:
    """Nobody has it; this person neither proposed it nor decided what it contests, nor skipped it (yet)."""
    skipped = exists().where(CaseEvent.case_id == Case.id, CaseEvent.kind == "skip", CaseEvent.by == bindparam("by"))
    return and_(
        or_(Case.claimed_until.is_(None), Case.claimed_until <= bindparam("now")),
        or_(Case.held_by.is_(None), Case.held_by != bindparam("by")),
        not_(and_(bindparam("passing_over"), skipped)),
        not_(is_involved()),
    )


def _nobody_elses() -> ColumnElement[bool]:
    return or_(Case.escalated_to.is_(None), Case.escalated_to.in_(bindparam("addressees", expanding=True)))


def _lanes(state: str) -> CTE:
    """Every lane with cases in that state, by jumping from one to the next in the index."""
    lanes = select(func.min(Case.lane).label("lane")).where(Case.state == state).cte("lanes", recursive=True)
    following = select(func.min(Case.lane)).where(Case.state == state, Case.lane > lanes.c.lane)
    return lanes.union_all(select(following.correlate(lanes).scalar_subquery()).where(lanes.c.lane.is_not(None)))


def _head(state: str, lanes: CTE, *order: Any) -> ScalarSelect[str]:
    which = (Case.state == state, Case.lane == lanes.c.lane, _free(), _nobody_elses())
    return select(Case.id).where(*which).order_by(*order).limit(1).correlate(lanes).scalar_subquery()


def _heads(state: str) -> Select[*tuple[Any, ...]]:
    """Of each lane the two cases that matter."""
    lanes = _lanes(state)
    urgent, first_due = _head(state, lanes, Case.priority.desc(), Case.due_at), _head(state, lanes, Case.due_at)
    head = aliased(Case)
    return select(*_offered(head)).select_from(lanes).join(head, head.id.in_((urgent, first_due)))


def _offered(case: Any) -> tuple[Any, ...]:
    return (case.id, case.version, case.priority, case.opened_at, case.due_at, case.lane)


# Made once: building them takes longer than asking.
HEADS = {state: _heads(state) for state in STATES}
ESCALATED = select(*_offered(Case)).where(
    Case.escalated_to.in_(bindparam("addressees", expanding=True)), Case.state.in_(STATES), _free()
)
