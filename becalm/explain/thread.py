"""Where a comment stands: its thread, what it answers, and what was said before and after it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from ..signals import mask_private_data
from ..store import Account, Comment, Thread, stable_id

AROUND = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A comment as it stands in a thread, private data masked; `account_id` is `platform:author_id`."""

    comment_id: str
    account_id: str
    published_at: datetime
    text: str
    is_brand: bool


@dataclass(frozen=True, slots=True)
class Place:
    """The thread, how many comments it has, the parent, and the nearest before and after, in the order of time."""

    thread_id: str
    channel: str
    title: str
    text: str
    comments: int
    parent: Line | None
    before: tuple[Line, ...]
    after: tuple[Line, ...]


def read_place(session: Session, comment: Comment) -> Place:
    thread = session.get_one(Thread, comment.thread_id)
    comments = session.scalar(select(func.count()).where(Comment.thread_id == thread.id)) or 0
    earlier, later = Comment.published_at <= comment.published_at, Comment.published_at > comment.published_at
    of_thread = _lines().where(Comment.thread_id == thread.id, Comment.id != comment.id)
    before = session.execute(of_thread.where(earlier).order_by(Comment.published_at.desc(), Comment.id).limit(AROUND))
    after = session.execute(of_thread.where(later).order_by(Comment.published_at, Comment.id).limit(AROUND))
    return Place(
        thread.thread_id, thread.channel, mask_private_data(thread.title), mask_private_data(thread.text), comments,
        parent=_parent(session, comment),
        before=tuple(reversed(lines(before))), after=tuple(lines(after)),
    )  # fmt: skip


def lines(rows: Iterable[tuple[Comment, Account]]) -> list[Line]:
    return [
        Line(
            comment.comment_id, account.account_id, comment.published_at, mask_private_data(comment.text),
            comment.is_brand,
        )
        for comment, account in rows
    ]  # fmt: skip


def _parent(session: Session, comment: Comment) -> Line | None:
    if comment.parent_id is None:
        return None
    found = session.execute(_lines().where(Comment.id == stable_id(comment.platform, comment.parent_id)))
    return next(iter(lines(found)), None)


def _lines() -> Select[Comment, Account]:
    return select(Comment, Account).join(Account, Account.id == Comment.account_id)
