"""Counting that no comment was lost on the way to the queues."""

from dataclasses import dataclass

from sqlalchemy import and_, case, func, select
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
    is_live, is_open = Case.state != "withdrawn", Case.state == "open"
    cases = select(CaseComment.comment_id, func.max(case((is_open, 1), else_=0)).label("is_open")).join(Case)
    held = cases.where(is_live).group_by(CaseComment.comment_id).subquery()
    is_held, is_cleared = held.c.comment_id.is_not(None), Clearance.comment_id.is_not(None)
    counted = (is_held, and_(is_cleared, ~is_held), and_(is_cleared, held.c.is_open == 1))
    in_cases, cleared, both = session.execute(
        select(*(func.coalesce(func.sum(case((each, 1), else_=0)), 0) for each in counted))
        .select_from(Comment)
        .outerjoin(held, held.c.comment_id == Comment.id)
        .outerjoin(Clearance, Clearance.comment_id == Comment.id)
    ).one()
    comments = session.scalars(select(func.count(Comment.id))).one()
    if comments != in_cases + cleared:
        raise CountsDiffer("comments in a case or cleared", expected=comments, found=in_cases + cleared)
    if both:
        raise CountsDiffer("comments cleared although an open case holds them", expected=0, found=both)
    return Conserved(comments, in_cases, cleared)
