"""The decision that an appeal is against, if it can be contested by them and now."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..decisions import Decided, decisions_of, force_of
from ..decisions.restricting import restricts
from ..errors import InputError
from ..notices import contestable_until
from ..policy import Policy
from ..store import Account, Appeal, Case, Decision, Notice, NoticeCause
from ..store.cases import APPEAL
from .form import FiledAppeal


class AppealRefused(InputError):
    """An appeal that can't be taken in; nothing was changed."""

    def __init__(self, about: str, why: str) -> None:
        super().__init__(f"appeal against {about}: {why}; nothing was changed")
        self.about, self.why = about, why


@dataclass(frozen=True, slots=True)
class Contested:
    """`decision_id` is what they were told of, `decided` what is in force of it, and `account_id` who contests it."""

    decision_id: str
    decided: Decided
    account_id: int


def contested(session: Session, policy: Policy, filed: FiledAppeal) -> Contested:
    """What the appeal is against.

    Raises `AppealRefused` when nothing is known by that name, it is not about an account of theirs, was appealed
    before, is not in force any more or restricts nothing, is an answer to an appeal itself, or the window has passed.
    """
    about = filed.decision or filed.notice or ""
    account_id = session.scalar(
        select(Account.id).where(Account.platform == filed.platform, Account.author_id == filed.author_id)
    )
    row = _named(session, filed, about, account_id)
    if session.scalar(select(Case.kind).where(Case.id == row.case_id)) == APPEAL:
        raise AppealRefused(about, "it is the answer to an appeal, and a decision is appealed once")
    log = decisions_of(session, row.case_id)
    first = _judgement(log, row.id)
    if account_id is None or account_id not in (first.subjects or {}).get("accounts", []):
        raise AppealRefused(about, f"it is not about the account {filed.account}")
    same = (Appeal.decision_id == first.id, Appeal.account_id == account_id)
    if session.scalar(select(Appeal.case_id).where(*same)):
        raise AppealRefused(about, "it was appealed before, and a decision is appealed once")
    in_force = force_of(log).in_force
    if in_force is None or not restricts(policy, in_force):
        raise AppealRefused(about, "there is nothing to appeal: it restricts nobody, or not any more")
    if account_id not in (in_force.subjects or {}).get("accounts", []):
        raise AppealRefused(about, "there is nothing to appeal: what is in force is not about that account any more")
    until = contestable_until(session, policy, first.id, _final_at(log, first))
    if filed.received_at > until:
        raise AppealRefused(about, f"it could be contested until {until:%Y-%m-%d}")
    return Contested(first.id, in_force, account_id)


def _named(session: Session, filed: FiledAppeal, about: str, account_id: int | None) -> Decision:
    """The decision named, or of those that the notice told of the only one that is not contested yet."""
    ids = [filed.decision] if filed.decision else _told_of(session, filed.notice or "")
    found = session.scalars(select(Decision).where(Decision.id.in_(ids)).order_by(Decision.seq)).all()
    if not found:
        raise AppealRefused(about, f"there is no {'decision' if filed.decision else 'notice'} with this id")
    if len(found) > 1:
        done = set(session.scalars(select(Appeal.decision_id).where(Appeal.account_id == account_id)))
        found = [each for each in found if each.id not in done] or found[:1]
    if len(found) > 1:
        names = ", ".join(each.id for each in found[:5])
        raise AppealRefused(about, f"it tells of {len(found)} decisions; name the one that is contested: {names}")
    return found[0]


def _told_of(session: Session, notice_id: str) -> list[str]:
    statement = select(NoticeCause.decision_id).join(Notice, Notice.id == NoticeCause.notice_id)
    return list(session.scalars(statement.where(Notice.id == notice_id)))


def _judgement(log: list[Decided], decision_id: str) -> Decided:
    """What was judged: of an approval, the proposal that it approves."""
    named = next(each for each in log if each.id == decision_id)
    return next((each for each in log if named.kind == "approval" and each.id == named.answers), named)


def _final_at(log: list[Decided], decided: Decided) -> datetime:
    """When it came into force: with the second person's approval, where it took one."""
    approved = [each.decided_at for each in log if each.kind == "approval" and each.answers == decided.id]
    return max([decided.decided_at, *approved])
