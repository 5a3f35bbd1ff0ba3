"""The logs of many cases at once."""

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ..store import Decision
from .force import COLUMNS
from .record import Decided


def logs_of(session: Session, cases: Select[str]) -> Iterator[tuple[str, list[Decided]]]:
    """(case id, its decisions in order) of each of these cases that has any; `cases` selects ids."""
    rows = session.connection().execute(
        select(*COLUMNS).where(Decision.case_id.in_(cases)).order_by(Decision.case_id, Decision.seq)
    )
    for case_id, log in groupby((Decided(*row) for row in rows), attrgetter("case_id")):
        yield case_id, list(log)
