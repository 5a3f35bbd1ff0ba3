"""The comments whose line in the published signals is no longer theirs."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from .marks import made_from, mark_made_from

MARK = "signals to publish"
# Beyond this, telling them one by one costs more than it spares.
FEW = 10_000
ALL = "all"


def note_unpublished(session: Session, comment_ids: Iterable[int]) -> None:
    """To be called in the transaction that scores or changes these comments."""
    before = unpublished(session)
    noted = None if before is None else before | set(comment_ids)
    told = ALL if noted is None or len(noted) > FEW else " ".join(map(str, sorted(noted)))
    mark_made_from(session, MARK, told)


def unpublished(session: Session) -> set[int] | None:
    """Their ids, None for too many to tell, or where nothing is known."""
    told = made_from(session, MARK)
    return None if told is None or told == ALL else set(map(int, told.split()))


def forget_unpublished(session: Session) -> None:
    """To be called in the transaction that publishes."""
    mark_made_from(session, MARK, "")
