"""What a machine may decide: alone only where a rule says so, so often a day, and never over a person."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from ..decisions import Decided, decisions_of
from ..errors import CaseRefused
from ..policy import Policy, record_policy
from ..store import Case, CaseComment, Decision, Signals
from ..store.cases import APPEAL
from ..store.decisions import MACHINE
from .deciding import Ruling, known_rule
from .settling import Settled, settle
from .staff import require_state
from .standing import Standing, conflict, standing
from .warned import require_warned

# A comment as likely a complaint as not may be a customer's.
PERHAPS_A_CUSTOMER = 0.5


def decide_alone(
    session: Session, policy: Policy, case_id: str, ruling: Ruling, now: datetime, expected_version: int | None = None
) -> Settled:
    """The machine's decision, marked as one.

    Raises `CaseRefused` where the rule does not allow it, the day's limit is reached, the case is escalated or a person
    ever decided on it, and `CaseConflict` when somebody has it.
    """
    case = standing(session, case_id, expected_version)
    require_state(session, case, "open")
    if case.claimant(now):
        raise conflict(session, case, case.version)
    if why := why_machine_may_not(session, policy, case, ruling, now):
        raise CaseRefused(case.id, why)
    rule = known_rule(policy, case, ruling)
    require_warned(session, policy, case.id, rule.id, ruling.action, ruling.outcome, now)
    record_policy(session, policy, now)
    decided = Decided(
        case_id=case.id, kind="decision", by=MACHINE, is_machine=True, rule=rule.id, policy_version=policy.version,
        action=ruling.action, outcome=ruling.outcome, decided_at=now, template=ruling.template,
        language=ruling.language, note=ruling.note,
    )  # fmt: skip
    return settle(session, policy, case, decided, now)


def for_machine(session: Session, policy: Policy, now: datetime) -> list[tuple[str, Ruling]]:
    """Cases that a machine may decide alone, each as its rule has it, the most urgent first, as many as the day allows.

    Only what is suggested as the rule says is for a machine, and nothing that a customer may have written.
    """
    customers = (
        select(CaseComment.case_id)
        .join(Signals, Signals.comment_id == CaseComment.comment_id)
        .where(CaseComment.case_id == Case.id, Signals.complaint >= PERHAPS_A_CUSTOMER)
    )
    found: list[tuple[str, Ruling]] = []
    for rule in policy.rules:
        left = (rule.machine_daily_limit or 0) - decided_today(session, rule.id, now) if rule.machine_may_act else 0
        which = (
            Case.rule == rule.id, Case.state == "open", Case.suggested_action == rule.action,
            Case.escalated_to.is_(None), or_(Case.claimed_until.is_(None), Case.claimed_until <= now),
            Case.id.not_in(select(Decision.case_id)), ~customers.exists(),
        )  # fmt: skip
        columns = (Case.id, Case.suggested_action, Case.suggested_template, Case.language)
        urgent = select(*columns).where(*which).order_by(Case.priority.desc(), Case.due_at, Case.id)
        for case_id, action, template, language in session.execute(urgent.limit(max(left, 0))):
            found.append((case_id, Ruling(action, template=template, language=language)))
    return found


def why_machine_may_not(session: Session, policy: Policy, case: Standing, ruling: Ruling, now: datetime) -> str | None:
    """What keeps a machine from this case, None where nothing does."""
    rule = policy.rule(case.rule)
    if rule is None or not rule.machine_may_act or (ruling.rule or case.rule) != case.rule:
        return f"under `{case.rule}` no machine decides alone"
    if case.kind == APPEAL:
        return "appeals are answered by people"
    if case.escalated_to:
        return f"it was escalated to {case.escalated_to}"
    if decisions_of(session, case.id):
        return "it was decided before, and a machine does not decide again"
    if decided_today(session, rule.id, now) >= (rule.machine_daily_limit or 0):
        return f"the machine's {rule.machine_daily_limit} decisions of today under `{rule.id}` are made"
    return None


def decided_today(session: Session, rule_id: str, now: datetime) -> int:
    """How often machines decided under the rule since midnight, UTC."""
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    today = (Decision.decided_at >= midnight, Decision.decided_at < midnight + timedelta(days=1))
    statement = select(func.count()).select_from(Decision)
    return session.scalars(statement.where(Decision.is_machine, Decision.rule == rule_id, *today)).one()
