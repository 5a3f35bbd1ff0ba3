"""A case by the beginning of its id, and comments by their names."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..errors import CaseRefused, CaseUnknown, InputError
from ..store import Case, CaseComment, Comment
from ..store.beginnings import ids_beginning

SHOWN = 5


def find_case(session: Session, begins: str) -> str:
    """The id of the only case whose id begins so; raises `CaseUnknown`, or `InputError` when there are several."""
    found = ids_beginning(session, Case.id, begins, SHOWN)
    if not found:
        raise CaseUnknown(begins)
    if len(found) > 1:
        raise InputError(f"case {begins!r}: several begin so: {', '.join(found)}")
    return found[0]


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
