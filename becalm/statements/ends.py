"""When what a decision restricts ends: as planned, or earlier by a later entry in the log."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..policy import Policy
from ..policy.ladder import restriction_days
from ..store import Measure
from ..store.upsert import chunks
from .spans import Span
from .vocabulary import SUSPENDED


def measures_end(session: Session, decision_ids: Sequence[str]) -> dict[str, datetime | None]:
    """By decision that brought measures against accounts, when the last of them ends or was lifted; None is never."""
    ends: dict[str, datetime | None] = {}
    early = func.coalesce(Measure.lifted_at, Measure.ends_at)
    for chunk in chunks(decision_ids):
        lasting = func.count() - func.count(early)
        statement = select(Measure.decision_id, func.max(early, type_=Measure.ends_at.type), lasting)
        rows = session.execute(statement.where(Measure.decision_id.in_(chunk)).group_by(Measure.decision_id))
        ends |= {str(name): None if count else last for name, last, count in rows}
    return ends


def end_of(policy: Policy, span: Span, measured: dict[str, datetime | None]) -> date | None:
    """The day (UTC) on which the restriction ends, None where it lasts."""
    ends = [end for end in (span.ended_at, _planned(policy, span, measured)) if end is not None]
    return min(ends).astimezone(UTC).date() if ends else None


def _planned(policy: Policy, span: Span, measured: dict[str, datetime | None]) -> datetime | None:
    decided, stated = span.decision, policy.statements
    if stated is None or stated.actions[decided.action].account is None:
        return None
    if decided.id in measured:
        return measured[decided.id]
    # A machine's decision brings no measure; what it suspends ends with the ladder's first step of this kind.
    is_pause = stated.actions[decided.action].account == SUSPENDED
    days = restriction_days(policy.ladder, decided.action, 0) if is_pause else None
    return span.began_at + timedelta(days=days) if days else None
