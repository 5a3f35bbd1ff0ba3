"""Where a report lies."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..policy.facts import AppliesTo
from ..store import Case, CaseComment

# What is decided about an account or a thread does not answer what somebody said of one comment.
ANSWERING = (AppliesTo.COMMENT.value, AppliesTo.GROUP.value)


def case_of(session: Session, comment_id: int) -> str | None:
    """The case in which people are still to decide on the comment: a whole campaign's before its own."""
    which = (CaseComment.comment_id == comment_id, Case.state.in_(("open", "held")), Case.kind.in_(ANSWERING))
    statement = select(Case.id).join(CaseComment, CaseComment.case_id == Case.id).where(*which)
    return session.scalar(statement.order_by(Case.kind.desc(), Case.priority.desc(), Case.id).limit(1))
