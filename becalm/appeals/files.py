"""Files of appeals into the store, row by row."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..errors import SourceUnusable
from ..policy import Policy
from ..reports.held import Filed, Line, hold, let_go, line_of
from ..sources import read_rows
from ..store import Appeal, Store
from .contested import AppealRefused
from .form import AppealUnusable, read_appeal
from .intake import take_in

ROOM = "appeals"
NEEDED = ("platform", "author_id", "text")


def take_in_appeals(store: Store, policy: Policy, path: Path, now: datetime) -> Filed:
    """Every row of a file ends as an appeal, as known from before, or held with why it can't be one.

    Raises `SourceUnusable` for a file that can't be read, or in which no row says who contests.
    """
    lines = [line_of(ROOM, line, row) for line, row in read_rows(path)]
    if not any(all(name in line.row for name in NEEDED) for line in lines):
        raise SourceUnusable(path, f"no row has {', '.join(f'`{name}`' for name in NEEDED)}")
    total = Filed()
    for line in lines:
        with store.writing() as session:
            total += _take_in(session, policy, path, line, now)
    return total


def _take_in(session: Session, policy: Policy, path: Path, line: Line, now: datetime) -> Filed:
    if session.scalar(select(Appeal.case_id).where(Appeal.row_id == line.id)):
        return Filed(rows=1, known=1)
    try:
        take_in(session, policy, read_appeal(line.row, now), now, path.name, line.id)
    except (AppealUnusable, AppealRefused) as error:
        hold(session, ROOM, path.name, [(line, error.why)], now)
        return Filed(rows=1, held=1)
    let_go(session, [line.id])
    return Filed(rows=1, new=1)
