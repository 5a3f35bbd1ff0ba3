"""Which case somebody should take next, found by a few steps into the indexes however many are open.

Cases lie in lanes: one for each queue, rule and language. Of a lane only two cases can be the next one: the most urgent,
and the one due first. Of those of all lanes that are theirs, a person gets the one under the most pressure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, ScalarSelect, Select, and_, bindparam, exists, func, not_, or_, select
from sqlalchemy.orm import Session

from ..errors import CaseConflict
from ..policy import Policy
from ..policy.people import Person
from ..policy.staffing import shares
from ..store import Case, CaseEvent
from .claims import claim
from .staff import person_of
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
    person = person_of(policy, by)
    asks: dict[str, Any] = {"by": by, "now": now, "addressees": [by, *person.roles]}
    for passing_over in (True, False):
        asks["passing_over"] = passing_over
        offers = _escalated(session, policy, person, asks, queues) or _heads(session, policy, person, asks, queues)
        if offers:
            return max(offers, key=lambda offer: (offer.pressure(policy, now), -offer.due_at.timestamp(), offer.id))
    return None


def _heads(
    session: Session, policy: Policy, person: Person, asks: dict[str, Any], queues: Sequence[str] | None
) -> list[Offer]:
    """The two that matter of each of their lanes."""
    ids: set[str] = set()
    for state in STATES:
        lanes = [lane for lane in session.scalars(LANES, {"state": state}) if _is_theirs(policy, person, lane, queues)]
        if lanes:
            rows = session.execute(HEADS, asks | {"state": state, "lanes": lanes})
            ids.update(case_id for row in rows for case_id in row if case_id is not None)
    rows = session.execute(OFFERS, {"ids": sorted(ids)}) if ids else ()
    return [Offer(*row) for row in rows]


def _escalated(
    session: Session, policy: Policy, person: Person, asks: dict[str, Any], queues: Sequence[str] | None
) -> list[Offer]:
    rows = session.execute(ESCALATED, asks).all()
    return [Offer(*offer) for lane, *offer in rows if _is_theirs(policy, person, lane, queues)]


def _is_theirs(policy: Policy, person: Person, lane: str, queues: Iterable[str] | None) -> bool:
    queue_id, rule_id, language = lane.split("/")
    queue, rule = policy.queues.get(queue_id), policy.rule(rule_id)
    return (
        (queues is None or queue_id in queues)
        and person.reads(language)
        and (queue is None or shares(queue.roles, person))
        and (rule is None or shares(rule.decided_by, person))
    )


def _free() -> ColumnElement[bool]:
    """Nobody has it, this person neither proposed it nor, while there are others, skipped it."""
    skipped = exists().where(CaseEvent.case_id == Case.id, CaseEvent.kind == "skip", CaseEvent.by == bindparam("by"))
    return and_(
        or_(Case.claimed_until.is_(None), Case.claimed_until <= bindparam("now")),
        or_(Case.held_by.is_(None), Case.held_by != bindparam("by")),
        not_(and_(bindparam("passing_over"), skipped)),
    )


def _nobody_elses() -> ColumnElement[bool]:
    return or_(Case.escalated_to.is_(None), Case.escalated_to.in_(bindparam("addressees", expanding=True)))


def _lanes() -> CTE:
    """Every lane with cases in a state, by jumping from one to the next in the index."""
    state = bindparam("state")
    lanes = select(func.min(Case.lane).label("lane")).where(Case.state == state).cte("lanes", recursive=True)
    following = select(func.min(Case.lane)).where(Case.state == state, Case.lane > lanes.c.lane)
    return lanes.union_all(select(following.correlate(lanes).scalar_subquery()).where(lanes.c.lane.is_not(None)))


def _head(lanes: CTE, *order: Any) -> ScalarSelect[str]:
    which = (Case.state == bindparam("state"), Case.lane == lanes.c.lane, _free(), _nobody_elses())
    return select(Case.id).where(*which).order_by(*order).limit(1).correlate(lanes).scalar_subquery()


def _head_statement() -> Select[str, str]:
    lanes = _lanes()
    urgent, first_due = _head(lanes, Case.priority.desc(), Case.due_at), _head(lanes, Case.due_at)
    return select(urgent, first_due).where(lanes.c.lane.in_(bindparam("lanes", expanding=True)))


# Made once: building them takes longer than asking.
_OFFER = (Case.id, Case.version, Case.priority, Case.opened_at, Case.due_at)
_LANES = _lanes()
LANES = select(_LANES.c.lane).where(_LANES.c.lane.is_not(None))
HEADS = _head_statement()
OFFERS = select(*_OFFER).where(Case.id.in_(bindparam("ids", expanding=True)))
ESCALATED = select(Case.lane, *_OFFER).where(
    Case.escalated_to.in_(bindparam("addressees", expanding=True)), Case.state.in_(STATES), _free()
)
