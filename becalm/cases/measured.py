"""Measures that follow from decisions: a decision in force that warns, mutes or bans is one, and no other record."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..decisions import Decided
from ..policy import Policy
from ..policy.ladder import restriction_days
from ..store import Measure, Offender
from ..store.upsert import add_missing
from .measures import Kind


def follow_decision(
    session: Session, policy: Policy, taken_back: Decided | None, taken_up: Decided | None, now: datetime
) -> None:
    """Lifts what followed from a decision that is no longer in force, and takes what follows from the one that is.

    A machine's decision brings no measure, so that its own marks never raise what it thinks of an account. Of several
    decisions on an account within one sweep, the measure is the first one's. Where the same is in force for fewer
    accounts than before, as after an appeal, it runs on for those.
    """
    if taken_back is not None and taken_up is not None and _narrows(taken_back, taken_up):
        still = Measure.account_id.in_((taken_up.subjects or {}).get("accounts", []))
        kept = update(Measure).where(Measure.decision_id == taken_back.id, still)
        session.execute(kept.values(decision_id=taken_up.id))
        taken_up = None
    if taken_back is not None:
        own = (Measure.decision_id == taken_back.id, Measure.lifted_at.is_(None))
        session.execute(update(Measure).where(*own).values(lifted_at=now))
    if taken_up is not None and taken_up.outcome == "upheld" and not taken_up.is_machine and taken_up.action in [*Kind]:
        add_missing(session, Measure, [
            {"account_id": account_id, "kind": taken_up.action, "taken_at": now, "lifted_at": None,
             "ends_at": _ends_at(session, policy, account_id, taken_up.action, now),
             "taken_by": taken_up.by, "note": f"case {taken_up.case_id}", "decision_id": taken_up.id}
            for account_id in (taken_up.subjects or {}).get("accounts", [])
        ])  # fmt: skip


def _narrows(taken_back: Decided, taken_up: Decided) -> bool:
    """Whether the newer decision is the older one for some of its accounts."""
    same = all(getattr(taken_back, name) == getattr(taken_up, name) for name in ("rule", "action", "outcome"))
    before, after = ((each.subjects or {}).get("accounts", []) for each in (taken_back, taken_up))
    return same and not taken_back.is_machine and set(after) < set(before)


def _ends_at(session: Session, policy: Policy, account_id: int, action: str, now: datetime) -> datetime | None:
    """As the ladder says for the strikes that people upheld; a warning holds as long as the policy lets it."""
    strikes = session.scalar(select(Offender.upheld).where(Offender.account_id == account_id)) or 0.0
    days = None if action == Kind.WARN else restriction_days(policy.ladder, action, strikes)
    return now + timedelta(days=days) if days else None
