"""Ids by their beginning, as people type them."""

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session


def ids_beginning(session: Session, column: InstrumentedAttribute[str], begins: str, most: int = 2) -> list[str]:
    """Ids in `column` that begin so, in order and at most `most`; the one that is just that stands alone."""
    if not begins:
        return []
    found = list(
        session.scalars(select(column).where(column.startswith(begins, autoescape=True)).order_by(column).limit(most))
    )
    return [begins] if begins in found else found
