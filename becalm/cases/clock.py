"""How long a case has been where, and by when it ought to be elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..policy import Policy
from ..store import CaseEvent
from .standing import Standing

SETTLING = ("decision", "approval", "withdraw", "merge", "close")
FREEING = ("release", "skip", "escalate", "proposal", "refusal", *SETTLING)


@dataclass(frozen=True, slots=True)
class Stage:
    """One stretch: `waiting` for somebody, `in hand`, `second` person awaited; `until` is None while it lasts."""

    name: str
    since: datetime
    due_at: datetime
    until: datetime | None = None

    def seconds(self, now: datetime) -> float:
        return ((self.until or now) - self.since).total_seconds()

    def is_late(self, now: datetime) -> bool:
        return (self.until or now) > self.due_at


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to the case, as much of it as clocks need."""

    kind: str
    at: datetime


def stages_of(session: Session, policy: Policy, case: Standing, now: datetime) -> list[Stage]:
    """The stages of the case from its creation to now, in order; the first clock is the queue's service level.

    `in hand` counts from each claim to its end, at the latest when its lease ran out, and has `handling_hours`.
    """
    statement = select(CaseEvent.kind, CaseEvent.at).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id)
    events = [Event(*row) for row in session.execute(statement)]
    return list(_stages(policy, case, events, now))


def _stages(policy: Policy, case: Standing, events: Sequence[Event], now: datetime) -> Iterator[Stage]:
    lease = timedelta(minutes=policy.work.lease_minutes)
    stage: Stage | None = Stage("waiting", case.opened_at, case.due_at)
    ends: datetime | None = None  # of the lease
    for event in events:
        if stage and stage.name == "in hand" and ends and event.at >= ends:
            yield _ended(stage, ends)
            stage, ends = Stage("waiting", ends, case.due_at), None
        following = _following(policy, case, event, stage)
        if event.kind in ("claim", "refresh", "hand over"):
            ends = event.at + lease
        if following != stage:
            if stage:
                yield _ended(stage, event.at)
            stage = following
    if stage and stage.name == "in hand" and ends and now >= ends:
        yield _ended(stage, ends)
        stage = Stage("waiting", ends, case.due_at)
    if stage:
        yield stage


def _following(policy: Policy, case: Standing, event: Event, stage: Stage | None) -> Stage | None:
    """The stage after the event."""
    if event.kind in ("claim", "hand over") and not (stage and stage.name == "in hand"):
        return Stage("in hand", event.at, event.at + timedelta(hours=policy.work.handling_hours))
    if event.kind == "proposal":
        return Stage("second", event.at, event.at + timedelta(hours=policy.work.second_hours))
    if event.kind in SETTLING and not (event.kind == "merge" and case.merged_into is None):
        return None
    if event.kind in FREEING or (event.kind in ("undo", "reopen") and stage is None):
        return Stage("waiting", event.at, case.due_at)
    return stage


def _ended(stage: Stage, until: datetime) -> Stage:
    return Stage(stage.name, stage.since, stage.due_at, until)
