"""Taking appeals in: each opens a case of its own, which those who decided before never see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ..cases.drafting import case_id as case_id_of
from ..cases.priority import Circumstances, urgency
from ..decisions.record import Decided
from ..notices import Owed, owe
from ..policy import Policy, record_policy
from ..policy.templates import Audience
from ..records import Reason
from ..reports.form import read_form
from ..store import Appeal, Case, CaseComment, Clearance, Comment
from ..store.cases import APPEAL, lock_cases
from ..store.upsert import add, chunks
from .contested import AppealRefused, Contested, contested
from .form import FiledAppeal, read_appeal

API, FORM = "api", "form"
RECEIPT = "receive"


@dataclass(frozen=True, slots=True)
class Opened:
    """The case that an appeal opened, where it lies, and by when somebody is to answer."""

    case_id: str
    decision_id: str
    queue: str
    due_at: datetime


def appeal(session: Session, policy: Policy, now: datetime, **said: Any) -> Opened:
    """One appeal, by platform, author_id, decision or notice, text, and if known received_at.

    Raises `AppealUnusable` for what is missing, and `AppealRefused` for what can't be contested (by them, or now).
    Nothing is changed then.
    """
    return take_in(session, policy, read_appeal(said, now), now, API)


def appeal_by_form(
    session: Session, policy: Policy, form: str | bytes | Mapping[str, str | Sequence[str]], now: datetime
) -> Opened:
    """One appeal, as somebody filled it in; the time is when it came. Raises as `appeal` does."""
    fields = {name: value for name, value in read_form(form).items() if name != "received_at"}
    return take_in(session, policy, read_appeal(fields, now), now, FORM)


def take_in(
    session: Session, policy: Policy, filed: FiledAppeal, now: datetime, source: str, row_id: int | None = None
) -> Opened:
    """The appeal with its case; raises `AppealRefused`, before anything is written."""
    if policy.appeals.queue is None:
        about = filed.decision or filed.notice or ""
        raise AppealRefused(about, "the policy names no queue for appeals; add `appeals.queue`")
    lock_cases(session)
    against = contested(session, policy, filed)
    record_policy(session, policy, now)
    row = _case(session, policy, against, filed, now)
    add(session, Case, [row])
    _hold(session, row["id"], against)
    add(session, Appeal, [
        {"case_id": row["id"], "decision_id": against.decision_id, "original_case_id": against.decided.case_id,
         "account_id": against.account_id, "text": filed.text, "received_at": filed.received_at, "taken_in_at": now,
         "source": source, "row_id": row_id, "outcome": None, "answer_id": None, "answered_at": None}
    ])  # fmt: skip
    owed = Owed(audience=Audience.APPELLANT, recipient=filed.account, action=RECEIPT, case_id=row["id"])
    owe(session, policy, owed, now)
    return Opened(row["id"], against.decision_id, row["queue"], row["due_at"])


def _case(session: Session, policy: Policy, against: Contested, filed: FiledAppeal, now: datetime) -> dict[str, Any]:
    """What is suggested is to confirm it, for nothing may suggest the answer."""
    decided, queue = against.decided, str(policy.appeals.queue)
    original = session.execute(
        select(Case.evidence, Case.language).where(Case.id == decided.case_id)
    ).one()  # fmt: skip
    rule = policy.rule(decided.rule)
    urgent = urgency(Circumstances(rule.severity if rule else 1.0, 0.0), policy.priority, _title(policy, decided))
    template = policy.template_for(RECEIPT, Audience.APPELLANT)
    assert template is not None, "a policy with a queue for appeals has a text that confirms them"
    subject = f"{against.decision_id}-{against.account_id:x}"
    hours = policy.queues[queue].service_hours
    return {
        "id": case_id_of(decided.rule, APPEAL, subject), "queue": queue, "kind": APPEAL, "subject": subject,
        "rule": decided.rule, "policy_version": policy.version, "priority": urgent.priority,
        "reasons": [_reason(policy, decided).as_dict(), *(each.as_dict() for each in urgent.reasons)],
        "opened_at": now, "due_at": now + timedelta(hours=hours), "suggested_action": RECEIPT,
        "suggested_template": template.id, "evidence": original.evidence, "state": "open",
        "language": original.language,
    }  # fmt: skip


def _reason(policy: Policy, decided: Decided) -> Reason:
    by = "a machine alone" if decided.is_machine else "a person"
    words = f"contested: {decided.action} under `{_title(policy, decided)}`, decided on {decided.decided_at:%Y-%m-%d}"
    return Reason("appeal", 1.0, f"{words} by {by}")


def _title(policy: Policy, decided: Decided) -> str:
    rule = policy.rule(decided.rule)
    return rule.title if rule else decided.rule


def _hold(session: Session, case_id: str, against: Contested) -> None:
    """The case is about what the appellant wrote, and about nobody else's."""
    for chunk in chunks((against.decided.subjects or {}).get("comments", [])):
        own = (Comment.id.in_(chunk), Comment.account_id == against.account_id)
        ids = session.scalars(select(Comment.id).where(*own).order_by(Comment.id)).all()
        add(session, CaseComment, [{"case_id": case_id, "comment_id": each} for each in ids])
        session.execute(delete(Clearance).where(Clearance.comment_id.in_(ids)))
