"""What came in from outside: notices of users and complaints against decisions, as the transparency report counts
them."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class NoticeFigures:
    """Notices that came in, those that led to a measure, and the median hours from a notice to its answer."""

    received: int
    acted_on: int
    by_trusted_flaggers: int
    median_hours: float | None


@dataclass(frozen=True, slots=True)
class ComplaintFigures:
    """Complaints against decisions: how many came, were answered, and led to a reversal; median hours to an answer."""

    received: int
    answered: int
    reversed: int
    median_hours: float | None


class Intake(Protocol):
    """This is where reports and appeals connect: None is for what is not kept, which is not the same as none."""

    def notices(self, session: Session, first: date | None, last: date | None) -> NoticeFigures | None: ...

    def complaints(self, session: Session, first: date | None, last: date | None) -> ComplaintFigures | None: ...


class NothingKept:
    """A store without reports and appeals."""

    def notices(self, session: Session, first: date | None, last: date | None) -> NoticeFigures | None:
        return None

    def complaints(self, session: Session, first: date | None, last: date | None) -> ComplaintFigures | None:
        return None


# The one place to connect reports and appeals at.
intake_known: Intake = NothingKept()
