"""Clearing the comments that are in no case, each with a reason."""

from enum import StrEnum

from sqlalchemy import Select, and_, case, delete, or_, select
from sqlalchemy.orm import Session

from ..records import Judgement
from ..store import Case, CaseComment, Clearance, Comment, Group, GroupText, Signals
from ..store.upsert import put


class Cleared(StrEnum):
    """Why a comment is in no case."""

    BRAND = "brand"
    NOT_SCORED = "not scored"
    ECHO = "echo"
    NO_RULE = "no rule met"


def clear_the_rest(session: Session) -> int:
    """Makes the cleared comments exactly those in no open or decided case; returns how many are newly cleared.

    The database compares, so that only differences are read and written.
    """
    session.execute(delete(Clearance).where(Clearance.comment_id.in_(_held())))
    differing = session.execute(_differing()).all()
    put(session, Clearance, [{"comment_id": row.id, "reason": row.reason} for row in differing])
    return sum(row.before is None for row in differing)


def _held() -> Select[int]:
    return select(CaseComment.comment_id).join(Case).where(Case.state != "withdrawn")


def _differing() -> Select[int, str, str | None]:
    """Comments whose reason is not the one they stand cleared with."""
    scored = and_(Signals.comment_id == Comment.id, Signals.scored_text_id == Comment.text_id)
    echoed = select(GroupText.text_id).join(Group, Group.id == GroupText.group_id)
    reason = case(
        (Comment.is_brand, Cleared.BRAND.value),
        (Signals.comment_id.is_(None), Cleared.NOT_SCORED.value),
        (Comment.text_id.in_(echoed.where(Group.verdict == Judgement.ECHO)), Cleared.ECHO.value),
        else_=Cleared.NO_RULE.value,
    )
    return (
        select(Comment.id, reason.label("reason"), Clearance.reason.label("before"))
        .outerjoin(Signals, scored)
        .outerjoin(Clearance, Clearance.comment_id == Comment.id)
        .where(Comment.id.not_in(_held()), or_(Clearance.comment_id.is_(None), Clearance.reason != reason))
    )
