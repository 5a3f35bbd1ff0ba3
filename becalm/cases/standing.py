"""A case as it stands, and the one way to change it: by saying which version one saw."""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..errors import CaseConflict, CaseUnknown
from ..store import Case, CaseEvent
from ..store.upsert import add


@dataclass(frozen=True, slots=True)
class Standing:
    """What moderators' work hangs on; reasons and evidence stand in the store."""

    id: str
    queue: str
    kind: str
    subject: str
    rule: str
    policy_version: str
    priority: float
    opened_at: datetime
    due_at: datetime
    suggested_action: str
    suggested_template: str
    state: str
    version: int
    language: str | None
    claimed_by: str | None
    claimed_at: datetime | None
    claimed_until: datetime | None
    held_by: str | None
    held_at: datetime | None
    escalated_to: str | None
    escalated_at: datetime | None
    decided_at: datetime | None
    merged_into: str | None
    split_from: str | None

    def claimant(self, now: datetime) -> str | None:
        """Who has the case; a lease that ran out is nobody's."""
        return self.claimed_by if self.claimed_until is not None and self.claimed_until > now else None


COLUMNS = tuple(getattr(Case, field.name) for field in fields(Standing))
UNCLAIMED: dict[str, Any] = {"claimed_by": None, "claimed_at": None, "claimed_until": None}


def standing(session: Session, case_id: str, expected_version: int | None = None) -> Standing:
    """The case as it is now. Raises `CaseUnknown`, and `CaseConflict` when it is not at `expected_version` any more."""
    row = session.execute(select(*COLUMNS).where(Case.id == case_id)).one_or_none()
    if row is None:
        raise CaseUnknown(case_id)
    case = Standing(*row)
    if expected_version is not None and case.version != expected_version:
        raise conflict(session, case, expected_version)
    return case


def move(
    session: Session, case: Standing, kind: str, by: str, now: datetime, detail: dict[str, Any] | None = None,
    **changes: Any,
) -> Standing:  # fmt: skip
    """The case after `changes`, with an event of that `kind`; raises `CaseConflict` when it is not as `case` says."""
    seen = (Case.id == case.id, Case.version == case.version)
    written = session.connection().execute(update(Case).where(*seen).values(version=case.version + 1, **changes))
    if written.rowcount == 0:
        raise conflict(session, standing(session, case.id), case.version)
    moved = replace(case, version=case.version + 1, **changes)
    add(session, CaseEvent, [
        {"case_id": case.id, "version": moved.version, "kind": kind, "by": by, "at": now, "detail": detail or {}}
    ])  # fmt: skip
    return moved


def seen_version(session: Session, case_id: str, by: str) -> int | None:
    """The version that `by` brought the case to last, None if they never touched it."""
    statement = select(CaseEvent.version).where(CaseEvent.case_id == case_id, CaseEvent.by == by)
    return session.scalar(statement.order_by(CaseEvent.id.desc()).limit(1))


def conflict(session: Session, case: Standing, seen: int) -> CaseConflict:
    """The error for whoever saw version `seen`: how the case stands, and who did what when."""
    return CaseConflict(case.id, f"changed since version {seen}, it is now at {case.version}: {told(session, case)}")


def told(session: Session, case: Standing) -> str:
    """How the case stands, in words."""
    statement = select(CaseEvent.kind, CaseEvent.by, CaseEvent.at).where(CaseEvent.case_id == case.id)
    last = session.execute(statement.order_by(CaseEvent.id.desc()).limit(1)).one_or_none()
    words = [case.state]
    if case.merged_into:
        words.append(f"merged into {case.merged_into}")
    if case.claimed_by and case.claimed_until:
        words.append(f"claimed by {case.claimed_by} until {case.claimed_until:%Y-%m-%d %H:%M} UTC")
    if last:
        words.append(f"last: {last.kind} by {last.by} on {last.at:%Y-%m-%d %H:%M} UTC")
    return ", ".join(words)
