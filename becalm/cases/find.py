"""A case by the beginning of its id, and comments by their names."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..errors import CaseRefused, CaseUnknown, InputError
from ..store import Case, CaseComment, Comment

SHOWN = 5


def find_case(session: Session, begins: str) -> str:
    """The id of the only case whose id begins so; raises `CaseUnknown`, or `InputError` when there are several."""
    if not begins:
        raise CaseUnknown(begins)
    statement = select(Case.id).where(Case.id.startswith(begins, autoescape=True)).order_by(Case.id).limit(SHOWN)
    found = session.scalars(statement).all()
    if begins in found or len(found) == 1:
        return begins if begins in found else found[0]
    if found:
        raise InputError(f"case {begins!r}: several begin so: {', '.join(found)}")
    raise CaseUnknown(begins)


def comments_named(session: Session, case_id: str, names: Sequence[str]) -> set[int]:
    """Our ids of comments of a case, named as on the platform; raises `CaseRefused` for what it doesn't hold."""
    statement = (
        select(Comment.comment_id, Comment.id)
        .join(CaseComment, CaseComment.comment_id == Comment.id)
        .where(CaseComment.case_id == case_id)
    )
    known = dict(session.execute(statement).all())
    for name in names:
        if name not in known:
            raise CaseRefused(case_id, f"it holds no comment `{name}`")
    return {known[name] for name in names}
