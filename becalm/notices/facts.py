"""What was found, for the person concerned: their own words, and when they wrote them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..responses.values import day_in_words
from ..store import Comment, NoticeCause
from ..store.upsert import chunks

SHOWN = 3
_MORE = {"en": "and {more} more", "de": "und {more} weitere", "es": "y {more} más"}


def comments_of(session: Session, notice_id: str) -> list[int]:
    """The comments that the notice is about, each once."""
    causes = session.scalars(select(NoticeCause.comments).where(NoticeCause.notice_id == notice_id))
    return sorted({comment for comments in causes for comment in comments})


def facts_in_words(session: Session, comment_ids: Sequence[int], language: str) -> str | None:
    """`“you fools” (3 March 2026)`, up to three and how many more; None where none of the comments is stored any more.

    Quotations and dates need no translation. Private data are masked and links can't be followed.
    """
    # Loads most of the review's room, which the settling of a case does without.
    from ..review.excerpt import excerpt

    found: list[tuple[datetime, int, str]] = []
    for chunk in chunks(comment_ids):
        columns = select(Comment.published_at, Comment.id, Comment.text).where(Comment.id.in_(chunk))
        found += [(at, comment_id, text) for at, comment_id, text in session.execute(columns)]
    told = [f"“{excerpt(text)}” ({day_in_words(at, language)})" for at, _, text in sorted(found)[:SHOWN]]
    if len(found) > SHOWN:
        told.append(_MORE.get(language.split("-")[0], "+ {more}").format(more=len(found) - SHOWN))
    return ", ".join(told) or None
