"""What a decision acts on: its comments and their accounts, without our own and without what was copied."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..policy import Policy
from ..store import Account, Case, Comment, Thread
from ..store.upsert import chunks
from .originals import originals
from .record import Decided


@dataclass(frozen=True, slots=True)
class Subject:
    """A comment that a decision is about, by the store's ids and the platform's."""

    id: int
    account_id: int
    thread_id: int
    platform: str
    comment: str
    author: str
    thread: str
    channel: str
    text: str
    language: str | None
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Targets:
    """The comments that are acted on, oldest first, and the ids of those that are spared as the original of copies."""

    comments: tuple[Subject, ...]
    spared: frozenset[int]

    @property
    def accounts(self) -> dict[int, tuple[Subject, ...]]:
        """Each account with its comments."""
        found: dict[int, list[Subject]] = {}
        for comment in self.comments:
            found.setdefault(comment.account_id, []).append(comment)
        return {account_id: tuple(comments) for account_id, comments in found.items()}

    @property
    def places(self) -> dict[tuple[int, int], Subject]:
        """The newest comment of each account in each thread."""
        return {(comment.account_id, comment.thread_id): comment for comment in self.comments}

    @property
    def threads(self) -> dict[int, Subject]:
        """A comment of each thread."""
        return {comment.thread_id: comment for comment in self.comments}


def targets_of(session: Session, policy: Policy, decided: Decided) -> Targets:
    """Only a decision on a whole group can hit what was merely copied, so only there anything is spared."""
    ids = (decided.subjects or {}).get("comments", [])
    kind = session.scalar(select(Case.kind).where(Case.id == decided.case_id))
    spared = originals(session, policy.outbox.spares_below_spam, ids) if kind == "group" else frozenset()
    kept = [each for each in _subjects(session, ids) if each.id not in spared]
    return Targets(tuple(sorted(kept, key=lambda each: (each.published_at, each.id))), spared)


def _subjects(session: Session, ids: list[int]) -> Iterator[Subject]:
    statement = (
        select(
            Comment.id, Comment.account_id, Comment.thread_id, Comment.platform, Comment.comment_id, Account.author_id,
            Thread.thread_id, Comment.channel, Comment.text, Comment.language, Comment.published_at,
        )
        .join(Account, Account.id == Comment.account_id)
        .join(Thread, Thread.id == Comment.thread_id)
        .where(Comment.is_brand.is_(False), Account.is_brand.is_(False))
    )  # fmt: skip
    for chunk in chunks(ids):
        for row in session.execute(statement.where(Comment.id.in_(chunk))):
            yield Subject(*row)
