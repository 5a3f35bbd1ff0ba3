"""What the case, the account and the policy tell for the placeholders of a notice."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..policy import Policy
from ..policy.wordings import words_of
from ..responses.values import Value, day_in_words, moment_in_words, person_name
from ..store import Account, Case, CaseComment, Comment, Thread
from .contesting import appeal_until


def known_values(
    session: Session, policy: Policy, case_id: str, account_id: int | None, rule: str | None, now: datetime,
    language: str, comment_ids: Collection[int] = (),
) -> dict[str, Value]:  # fmt: skip
    """Everything about the brand, the case, its rule and the place; `channel` and `thread` are those of the newest of
    the account's comments (of `comment_ids`, where some are named). What is not known is left out."""
    case = session.execute(select(Case.rule, Case.due_at).where(Case.id == case_id)).one()
    account = session.get(Account, account_id) if account_id is not None else None
    found = policy.rule(rule or case.rule)
    words = words_of(policy, found, language) if found else None
    values: dict[str, Value | None] = {
        **{str(name): value for name, value in policy.about_us.items()},
        "case": case_id,
        "due": moment_in_words(case.due_at, language),
        "rule": words.title if words else None,
        "rule_meaning": words.meaning if words else None,
        "name": person_name(account.name) if account else None,
        "appeal_until": day_in_words(appeal_until(policy, now), language),
        **_place(session, case_id, account_id, comment_ids),
    }
    return {name: value for name, value in values.items() if value is not None}


def _place(
    session: Session, case_id: str, account_id: int | None, comment_ids: Collection[int]
) -> dict[str, Value | None]:
    statement = (
        select(Comment.channel, Thread.title)
        .join(CaseComment, CaseComment.comment_id == Comment.id)
        .join(Thread, Thread.id == Comment.thread_id)
        .where(CaseComment.case_id == case_id)
        .order_by(Comment.published_at.desc(), Comment.id.desc())
    )
    if comment_ids:
        statement = statement.where(Comment.id.in_(sorted(comment_ids)[:1000]))
    elif account_id is not None:
        statement = statement.where(Comment.account_id == account_id)
    place = session.execute(statement.limit(1)).one_or_none()
    return {"channel": place.channel, "thread": place.title or None} if place else {}
