"""Counting that no comment was lost on the way to the queues."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
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
    held, held_open = _comments_in(Case.state != "withdrawn"), _comments_in(Case.state == "open")
    in_cases = _count(session, Comment.id.in_(held))
    cleared = _count(session, Comment.id.in_(select(Clearance.comment_id)), Comment.id.not_in(held))
    both = _count(session, Comment.id.in_(select(Clearance.comment_id)), Comment.id.in_(held_open))
    comments = _count(session)
    if comments != in_cases + cleared:
        raise CountsDiffer("comments in a case or cleared", expected=comments, found=in_cases + cleared)
    if both:
        raise CountsDiffer("comments cleared although an open case holds them", expected=0, found=both)
    return Conserved(comments, in_cases, cleared)


def _comments_in(cases: ColumnElement[bool]) -> Select[int]:
    return select(CaseComment.comment_id).join(Case).where(cases)


def _count(session: Session, *which: ColumnElement[bool]) -> int:
    return session.scalars(select(func.count(Comment.id)).where(*which)).one()
