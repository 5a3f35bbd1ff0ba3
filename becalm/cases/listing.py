"""Cases in a list, the most urgent first, as leads look over a queue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import click
from rich.text import Text
from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from ..screen import columned, cut, print_parts, screen
from ..signals import mask_private_data
from ..store import Case, CaseComment, Comment
from ..visible import visible
from ..wording import lasting

WAITING = ("open", "held")
PLAIN_WIDTH, MESSAGE_CELLS = 160, 60
COLUMNS = (Case.id, Case.queue, Case.rule, Case.priority, Case.state, Case.due_at, Case.claimed_by, Case.claimed_until)


@dataclass(frozen=True, slots=True)
class Listed:
    """A case, who has it now, how many comments it is about, and what the first of them says, masked."""

    id: str
    queue: str
    rule: str
    priority: float
    state: str
    due_at: datetime
    claimant: str | None
    comments: int
    says: str

    def due(self, now: datetime) -> str:
        """How long it has, or how late it is."""
        return f"{lasting(now - self.due_at)} late" if self.due_at < now else f"in {lasting(self.due_at - now)}"


def list_cases(
    session: Session, now: datetime, queues: Sequence[str] = (), states: Sequence[str] = WAITING,
    claimed_by: str | None = None, limit: int | None = None,
) -> tuple[list[Listed], int]:  # fmt: skip
    """The most urgent cases of these queues (none named: of all) and states, and how many there are in all."""
    wanted: list[ColumnElement[bool]] = [Case.state.in_(states)]
    wanted += [Case.queue.in_(queues)] if queues else []
    wanted += [and_(Case.claimed_by == claimed_by, Case.claimed_until > now)] if claimed_by else []
    found = session.scalar(select(func.count()).select_from(Case).where(*wanted)) or 0
    rows = session.execute(
        select(*COLUMNS).where(*wanted).order_by(Case.priority.desc(), Case.due_at, Case.id).limit(limit)
    )
    return [_listed(session, row, now) for row in rows], found


def print_cases(cases: Sequence[Listed], found: int, now: datetime) -> None:
    """The table on standard output, a line on how many there are on standard error."""
    console = screen(PLAIN_WIDTH)
    table = columned(console)
    for name in ("id", "queue", "rule", "priority", "state", "due", "who", "comments", "says"):
        table.add_column(name, no_wrap=name != "says", justify="right" if name in ("priority", "comments") else "left")
    for one in cases:
        cells = (one.id, one.queue, one.rule, f"{one.priority:.2f}", one.state, one.due(now), one.claimant or "",
                 f"{one.comments:,}", cut(visible(one.says), MESSAGE_CELLS))  # fmt: skip
        table.add_row(*map(Text, cells))
    if cases:
        print_parts(console, [table])
    click.echo(f"{len(cases):,} of {found:,} cases" if len(cases) < found else f"{found:,} cases", err=True)


def listed_record(one: Listed) -> dict[str, Any]:
    """The line as JSON."""
    names = ("id", "queue", "rule", "priority", "state", "claimant", "comments", "says")
    return {name: getattr(one, name) for name in names} | {"due_at": one.due_at.isoformat()}


def _listed(session: Session, row: Any, now: datetime) -> Listed:
    claimant = row.claimed_by if row.claimed_until is not None and row.claimed_until > now else None
    of_case = CaseComment.case_id == row.id
    comments = session.scalar(select(func.count()).select_from(CaseComment).where(of_case)) or 0
    first = select(Comment.text).join(CaseComment, CaseComment.comment_id == Comment.id).where(of_case)
    text = session.scalar(first.order_by(Comment.published_at, Comment.id).limit(1)) or ""
    says = " ".join(mask_private_data(text[:1_000]).split())
    return Listed(row.id, row.queue, row.rule, row.priority, row.state, row.due_at, claimant, comments, says)
