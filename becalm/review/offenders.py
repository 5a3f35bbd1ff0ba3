"""Accounts with strikes that wrote in a period, under pseudonyms."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Subquery, func, select
from sqlalchemy.orm import Session

from ..pseudonyms import Pseudonyms
from ..store import Account, Alternate, Comment, Offender
from .campaigns import words
from .period import Period
from .volumes import published_in


@dataclass(frozen=True, slots=True)
class OffenderFigures:
    """`strikes` is the weight of those in force, `score` 0..1; comments are those of the period and the one before."""

    pseudonym: str
    platform: str
    strikes: float
    score: float
    comments: int
    comments_before: int
    alternates: int
    factors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Offenders:
    """`active` with the highest score first; `known` counts every account with strikes in force, active or not."""

    active: tuple[OffenderFigures, ...]
    known: int

    @property
    def returned(self) -> int:
        """Those that wrote in the period before as well."""
        return sum(offender.comments_before > 0 for offender in self.active)

    @property
    def comments(self) -> int:
        return sum(offender.comments for offender in self.active)


def pseudonym_of(names: Pseudonyms, account_id: int) -> str:
    """Eight letters and digits that stay the same from review to review, and say nothing to who has no store."""
    return names.short(str(account_id))


def measure_offenders(session: Session, period: Period) -> Offenders:
    """Offenders with a comment in `period`. Names and account ids never leave the store."""
    now, before = _written(period), _written(period.before)
    columns = (Offender.account_id, Account.platform, Offender.strikes, Offender.score, Offender.factors)
    statement = (
        select(*columns, now.c.comments, func.coalesce(before.c.comments, 0).label("comments_before"))
        .join(Account, Account.id == Offender.account_id)
        .join(now, now.c.account_id == Offender.account_id)
        .outerjoin(before, before.c.account_id == Offender.account_id)
    )
    alternates, names = _alternates(session), Pseudonyms.of(session, "review")
    active = (_figures(row, names, alternates.get(row.account_id, 0)) for row in session.execute(statement))
    return Offenders(
        active=tuple(sorted(active, key=lambda found: (-found.score, -found.strikes, found.pseudonym))),
        known=session.scalars(select(func.count()).select_from(Offender).where(Offender.strikes > 0)).one(),
    )


def _figures(row: Any, names: Pseudonyms, alternates: int) -> OffenderFigures:
    return OffenderFigures(
        pseudonym=pseudonym_of(names, row.account_id),
        platform=row.platform,
        strikes=row.strikes,
        score=row.score,
        comments=row.comments,
        comments_before=row.comments_before,
        alternates=alternates,
        factors=words(row.factors),
    )


def _written(period: Period) -> Subquery:
    return (
        select(Comment.account_id, func.count().label("comments"))
        .where(published_in(period), Comment.account_id.in_(select(Offender.account_id)))
        .group_by(Comment.account_id)
        .subquery()
    )


def _alternates(session: Session) -> dict[int, int]:
    statement = select(Alternate.offender_id, func.count()).group_by(Alternate.offender_id)
    return {row[0]: row[1] for row in session.execute(statement)}
