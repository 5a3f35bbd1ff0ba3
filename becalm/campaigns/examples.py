"""Comments of a campaign as they were written, with all their disguise but without private data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..signals import mask_private_data
from ..store import Account, Comment
from .members import Member

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Example:
    """A comment with its raw text, private data masked; `account_id` is `platform:author_id`."""

    comment_id: str
    account_id: str
    published_at: datetime
    text: str


def newest_examples(session: Session, members: Iterable[Member]) -> tuple[Example, ...]:
    """The newest three, no wording twice."""
    newest: dict[int, int] = {}
    for member in sorted(members, key=lambda member: (member.published_at, member.id), reverse=True):
        newest.setdefault(member.text_id, member.id)
        if len(newest) == SHOWN:
            break
    rows = session.execute(
        select(Comment, Account)
        .join(Account, Account.id == Comment.account_id)
        .where(Comment.id.in_(newest.values()))
        .order_by(Comment.published_at.desc(), Comment.id.desc())
    )
    return tuple(
        Example(comment.comment_id, account.account_id, comment.published_at, mask_private_data(comment.text))
        for comment, account in rows
    )
