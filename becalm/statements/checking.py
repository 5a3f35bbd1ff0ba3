"""What the checks said of each statement, written down."""

from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from ..store import Statement
from ..store.statements import GOOD, HELD_BACK


def note_checks(session: Session, failures: Mapping[str, Sequence[Mapping[str, str]]]) -> None:
    """By puid, what failed: a statement of which nothing failed is good, any other is held back."""
    if not failures:
        return
    row = update(Statement.__table__).where(Statement.puid == bindparam("which"))  # type: ignore[arg-type]
    session.connection().execute(
        row.values(state=bindparam("now_is"), failures=bindparam("found")),
        [
            {"which": puid, "now_is": HELD_BACK if found else GOOD, "found": list(found)}
            for puid, found in failures.items()
        ],
    )
