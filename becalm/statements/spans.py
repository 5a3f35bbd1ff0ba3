"""When each restricting decision was in force, told from the log of its case alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ..decisions import Decided, force_of

Restricts = Callable[[Decided], bool]


@dataclass(frozen=True, slots=True)
class Span:
    """A restricting decision from when it came into force until `ended_at`, None while it is.

    `ended_by` is the entry of the log that ended it: an override, a reversal or an undo.
    """

    decision: Decided
    began_at: datetime
    ended_at: datetime | None = None
    ended_by: Decided | None = None

    @property
    def ended_how(self) -> str | None:
        if self.ended_by is None:
            return None
        return self.ended_by.kind if self.ended_by.kind in ("reversal", "undo") else "override"


def spans_of(log: Sequence[Decided], restricts: Restricts) -> list[Span]:
    """One for each decision in the log of a case that ever came into force and restricted, in that order.

    What is held is in none until it is approved. One that an undo brings back goes on where it began: its end is as if
    it had not been.
    """
    spans: dict[str, Span] = {}
    standing: Decided | None = None
    for number, entry in enumerate(log, start=1):
        now = force_of(log[:number]).in_force
        if now == standing:
            continue
        if standing is not None and standing.id in spans:
            spans[standing.id] = replace(spans[standing.id], ended_at=entry.decided_at, ended_by=entry)
        if now is not None and now.kind != "reversal" and restricts(now):
            known = spans.get(now.id)
            spans[now.id] = Span(now, known.began_at if known else entry.decided_at)
        standing = now
    return list(spans.values())
