"""All that is known of one comment, gathered from the store."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..signals import mask_private_data
from ..store import Comment, CommentVersion
from .alike import Company, read_company
from .author import Author, read_author
from .evidence import Evidence, read_evidence
from .outcome import Outcome, read_outcomes
from .thread import Place, read_place


@dataclass(frozen=True, slots=True)
class Version:
    """What the comment said until it was edited."""

    text: str
    replaced_at: datetime


@dataclass(frozen=True, slots=True)
class Explanation:
    """The comment with its private data masked, what it said earlier, and everything that bears on it."""

    comment: Comment
    text: str
    earlier: tuple[Version, ...]
    evidence: Evidence | None
    company: Company
    outcome: Outcome
    place: Place
    author: Author


def explain(session: Session, comment: Comment) -> Explanation:
    return Explanation(
        comment,
        mask_private_data(comment.text),
        _earlier(session, comment),
        read_evidence(session, comment),
        read_company(session, comment),
        read_outcomes(session, [comment.id])[comment.id],
        read_place(session, comment),
        read_author(session, comment),
    )


def _earlier(session: Session, comment: Comment) -> tuple[Version, ...]:
    rows = select(CommentVersion).where(CommentVersion.comment_id == comment.id).order_by(CommentVersion.replaced_at)
    return tuple(Version(mask_private_data(one.text), one.replaced_at) for one in session.scalars(rows))
