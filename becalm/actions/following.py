"""What follows from a decision: planned in its own transaction, and carried out later."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..decisions import Decided
from ..decisions.targets import Targets, targets_of
from ..notices.following import owe_notices
from ..notices.withdrawing import withdraw_notices
from ..policy import Policy
from ..policy.ladder import restriction_days
from ..store import Action, Measure, Offender
from ..store.upsert import chunks
from .planning import Target, plan_effects
from .reconciling import reconcile

NOBODY = Targets((), frozenset())


def targets_in_force(session: Session, policy: Policy, taken_up: Decided | None) -> Targets:
    """What a decision in force acts on: nothing under a dismissal, a reversal, or by a machine that may not."""
    if taken_up is None or taken_up.outcome != "upheld":
        return NOBODY
    rule = policy.rule(taken_up.rule)
    if taken_up.is_machine and not (rule and rule.machine_may_act):
        return NOBODY
    return targets_of(session, policy, taken_up)


def without_spared(decided: Decided | None, targets: Targets) -> Decided | None:
    """The decision as it counts against accounts: not against those of whom only a copied original is in it."""
    if decided is None or not targets.spared:
        return decided
    return replace(decided, subjects={**(decided.subjects or {}), "accounts": sorted(targets.accounts)})


def follow(
    session: Session, policy: Policy, cause: Decided, taken_back: Decided | None, taken_up: Decided | None,
    targets: Targets, now: datetime,
) -> None:  # fmt: skip
    """Actions and notices of what was `taken_back` go or are taken back, those of what was `taken_up` are planned.

    `cause` is the entry of the log that changed what is in force.
    """
    touched: set[Target] = set()
    if taken_back is not None:
        touched |= _release_targets(session, taken_back, now)
        withdraw_notices(session, policy, taken_back, taken_up, cause, now)
    if taken_up is not None and targets.comments:
        ends = _ends(session, policy, taken_up, now)
        details: dict[int, dict[str, Any]] = {each: {"until": end.isoformat()} for each, end in ends.items()}
        touched |= plan_effects(session, policy, taken_up, targets, details, now)
        owe_notices(session, policy, taken_up, targets, ends, now)
    if touched:
        reconcile(session, policy, touched, cause, now)


def _release_targets(session: Session, decided: Decided, now: datetime) -> set[Target]:
    """Marks the effects of a decision as no longer wanted; on what they were."""
    own = (Action.decision_id == decided.id, Action.level > 0, Action.taken_back_at.is_(None))
    rows = session.execute(
        update(Action)
        .where(*own)
        .values(taken_back_at=now)
        .returning(Action.platform, Action.target_kind, Action.target)
        .execution_options(synchronize_session=False)
    )
    return {Target(*row) for row in rows}


def _ends(session: Session, policy: Policy, decided: Decided, now: datetime) -> Mapping[int, datetime]:
    """Until when the measures last that the decision has brought; one of a machine brings none, and lasts as the ladder
    says for the strikes of the account."""
    if decided.is_machine:
        return _ends_by_ladder(session, policy, decided, now)
    in_force = (Measure.lifted_at.is_(None), Measure.ends_at > now, Measure.kind == decided.action)
    found: dict[int, datetime] = {}
    for chunk in chunks((decided.subjects or {}).get("accounts", [])):
        statement = select(Measure.account_id, Measure.ends_at).where(*in_force, Measure.account_id.in_(chunk))
        rows = session.execute(statement.order_by(Measure.ends_at))
        found.update((account_id, end) for account_id, end in rows if end is not None)
    return found


def _ends_by_ladder(session: Session, policy: Policy, decided: Decided, now: datetime) -> Mapping[int, datetime]:
    accounts, strikes = (decided.subjects or {}).get("accounts", []), dict[int, float]()
    for chunk in chunks(accounts):
        known = select(Offender.account_id, Offender.strikes).where(Offender.account_id.in_(chunk))
        strikes.update((account_id, weight) for account_id, weight in session.execute(known))
    days = {each: restriction_days(policy.ladder, decided.action, strikes.get(each, 0.0)) for each in accounts}
    return {each: now + timedelta(days=count) for each, count in days.items() if count}
