"""Files of reports into the store: some rows at a time, each part whole or not at all."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from ..errors import SourceUnusable
from ..policy import Policy
from ..sources import read_rows
from ..store import Store
from .form import ReportUnusable, read_report
from .held import Filed, Line, hold, let_go, line_of
from .intake import take_in

ROOM = "reports"
ROWS_AT_ONCE = 1_000
NEEDED = ("platform", "comment_id", "reporter")


def take_in_reports(store: Store, policy: Policy, path: Path, now: datetime) -> Filed:
    """Every row of a file ends as a report, as known from before, or held with why.

    Raises `SourceUnusable` for a file that can't be read, or in which no row says who reported what. What was taken in
    before stays, and the mended file can simply be taken in again.
    """
    total = Filed()
    for number, lines in enumerate(_parts(path)):
        if number == 0 and not any(all(name in line.row for name in NEEDED) for line in lines):
            raise SourceUnusable(path, f"no row has {', '.join(f'`{name}`' for name in NEEDED)}")
        total += _take_in(store, policy, path, lines, now)
    return total


def _parts(path: Path) -> Iterator[list[Line]]:
    rows = read_rows(path)
    while part := [line_of(ROOM, line, row) for line, row in islice(rows, ROWS_AT_ONCE)]:
        yield part


def _take_in(store: Store, policy: Policy, path: Path, lines: list[Line], now: datetime) -> Filed:
    good, bad = [], []
    for line in lines:
        try:
            good.append((line, read_report(line.row, now)))
        except ReportUnusable as error:
            bad.append((line, error.why))
    with store.writing() as session:
        received = take_in(session, policy, [filed for _, filed in good], now, path.name) if good else []
        hold(session, ROOM, path.name, bad, now)
        let_go(session, [line.id for line, _ in good])
    new = sum(each.is_new for each in received)
    return Filed(len(lines), new, len(received) - new, len(bad))
