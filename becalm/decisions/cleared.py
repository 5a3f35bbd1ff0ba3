"""A sample of the comments that no rule asked for: without it nobody knows what was missed."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from ..errors import InputError
from ..policy import Policy
from ..policy.nearest import nearest
from ..policy.staffing import person_of
from ..store import Clearance, ClearedLook, Comment, Thread
from ..store.upsert import add

FINE, MISSED = "fine", "missed"
# What was looked at and found to be nothing; the brand's own comments and those without scores were not.
LOOKED_AT = ("no rule met", "echo")


@dataclass(frozen=True, slots=True)
class Unseen:
    """What the judge of a cleared comment sees: the words and what they stand under."""

    comment: str
    text: str
    thread: str


def draw_cleared(
    session: Session, size: int, seed: str, now: datetime, since: datetime | None = None, until: datetime | None = None
) -> list[int]:
    """Ids of `size` cleared comments never drawn before, published from `since` until before `until`, each as likely as
    any other; the same `seed` draws the same from the same store."""
    rows = session.scalars(
        select(Comment.id).where(*cleared_in(since, until), Comment.id.not_in(select(ClearedLook.comment_id)))
    )
    drawn = sorted(rows, key=lambda comment_id: _lot(seed, comment_id))[:size]
    add(session, ClearedLook, [{"comment_id": each, "drawn_at": now} for each in drawn])
    return drawn


def cleared_in(since: datetime | None, until: datetime | None) -> Sequence[ColumnElement[bool]]:
    """The conditions on comments that a sample is drawn from."""
    which: list[ColumnElement[bool]] = [
        Comment.id.in_(select(Clearance.comment_id).where(Clearance.reason.in_(LOOKED_AT)))
    ]
    which += [Comment.published_at >= since] if since else []
    which += [Comment.published_at < until] if until else []
    return which


def cleared_waiting(session: Session, policy: Policy, by: str) -> list[Unseen]:
    """What is drawn and not judged yet, in the order of the platforms' names."""
    person_of(policy, by)
    statement = (
        select(Comment.platform + "/" + Comment.comment_id, Comment.text, Thread.title)
        .join(ClearedLook, ClearedLook.comment_id == Comment.id)
        .join(Thread, Thread.id == Comment.thread_id)
        .where(ClearedLook.outcome.is_(None))
        .order_by(Comment.platform, Comment.comment_id)
    )
    return [Unseen(*row) for row in session.execute(statement)]


def judge_cleared(session: Session, policy: Policy, comment: str, by: str, found: str, now: datetime) -> None:
    """Writes down that the comment (`platform/comment_id`) is `fine`, or which rule it breaks or meets.

    Raises `InputError` for a rule that is not there, and for what is not drawn or judged already.
    """
    person_of(policy, by)
    if found != FINE and policy.rule(found) is None:
        raise InputError(f"there is no rule `{found}`{nearest(found, [rule.id for rule in policy.rules])}")
    platform, _, name = comment.partition("/")
    own = select(Comment.id).where(Comment.platform == platform, Comment.comment_id == name).scalar_subquery()
    said = {"outcome": FINE, "rule": None} if found == FINE else {"outcome": MISSED, "rule": found}
    this = (ClearedLook.comment_id == own, ClearedLook.outcome.is_(None))
    written = update(ClearedLook).where(*this).values(judged_by=by, judged_at=now, **said)
    if not session.execute(written.returning(ClearedLook.comment_id)).all():
        raise InputError(f"comment {comment!r} does not wait to be looked at; nothing was changed")


def _lot(seed: str, comment_id: int) -> bytes:
    return hashlib.sha256(f"{seed}/{comment_id}".encode()).digest()
