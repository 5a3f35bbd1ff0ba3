"""Counting that no comment was lost on the way to the queues."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..errors import CountsDiffer
from ..store import Case, CaseComment, Clearance, Comment


@dataclass(frozen=True, slots=True)
class Conserved:
    """Every comment is in a case or cleared: `comments` = `in_cases` + `cleared`."""

    comments: int
    in_cases: int
    cleared: int


def check_conservation(session: Session) -> Conserved:
    """The counts, when every stored comment is in a case (open or decided) or cleared.

    Raises `CountsDiffer` when a comment is neither, or stands in an open case and is cleared as well.
    """
    held = select(CaseComment.comment_id).join(Case).where(Case.state != "withdrawn")
    is_held = Comment.id.in_(held)
    is_cleared = Comment.id.in_(select(Clearance.comment_id))
    is_open = Comment.id.in_(held.where(Case.state == "open"))
    comments = _count(session)
    lost = _count(session, ~is_held, ~is_cleared)
    if lost:
        raise CountsDiffer("comments in a case or cleared", expected=comments, found=comments - lost)
    both = _count(session, is_open, is_cleared)
    if both:
        raise CountsDiffer("comments cleared although an open case holds them", expected=0, found=both)
    return Conserved(comments, in_cases=_count(session, is_held), cleared=_count(session, is_cleared, ~is_held))


def _count(session: Session, *conditions: object) -> int:
    return session.scalar(select(func.count(Comment.id)).where(*conditions)) or 0  # type: ignore[arg-type]
