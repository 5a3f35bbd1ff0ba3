"""Where a case came from and who decided it: the source of a statement, and its two flags of automation."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ..decisions import Decided
from .vocabulary import FULLY, NO, NOT, PARTIALLY, SOURCES, VOLUNTARY, YES


@dataclass(frozen=True, slots=True)
class Notified:
    """Somebody gave notice of what a case is about, at `at`; `source` is one of `vocabulary.SOURCES` but the last.

    `opened_case` is true where the case would not be there without it. `count` is how many gave notice.
    """

    source: str
    at: datetime
    opened_case: bool = False
    count: int = 1


# By case id, what notices came before it was decided; a case that nobody gave notice of is left out.
Notices = Callable[[Session, Collection[str]], Mapping[str, Notified]]


@dataclass(frozen=True, slots=True)
class Suggested:
    """What the machine made of a case: the rule that it opened it under, and the action that it suggests."""

    rule: str
    action: str


@dataclass(frozen=True, slots=True)
class Origin:
    """`source_type`, `automated_detection` and `automated_decision` of a statement."""

    source: str
    detection: str
    decision: str


def origin_of(decided: Decided, suggested: Suggested, notified: Notified | None) -> Origin:
    """Where this decision came from.

    Detected by a machine is what it found under the rule that was decided on; a case that only a report opened is not.
    Fully automated is what a machine decided, partially what a person took over from it as it was suggested.
    """
    if notified is not None and (notified.at > decided.decided_at or notified.source not in SOURCES):
        notified = None
    took_over = (decided.rule, decided.action) == (suggested.rule, suggested.action)
    found = decided.rule == suggested.rule and not (notified and notified.opened_case)
    return Origin(
        source=notified.source if notified else VOLUNTARY,
        detection=YES if found else NO,
        decision=FULLY if decided.is_machine else PARTIALLY if took_over and found else NOT,
    )
