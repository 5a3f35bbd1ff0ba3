"""Who wrote a comment, and what else that account wrote and was marked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from ..store import Account, Alternate, Comment, Offender, Strike
from .outcome import Outcome, read_outcomes
from .thread import Line, lines

EARLIER = 5


@dataclass(frozen=True, slots=True)
class Said:
    """Another comment of the account, and what came of it."""

    line: Line
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Lookalike:
    """An account (`platform:author_id`) that may be the same writer's: a suggestion, never a verdict."""

    account_id: str
    score: float
    reasons: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Author:
    """The account, all it wrote in number and the newest of that; `score` and `factors` are those of an offender."""

    account_id: str
    name: str
    is_brand: bool
    comments: int
    first_seen: datetime
    strikes: tuple[Strike, ...]
    score: float
    factors: tuple[dict[str, Any], ...]
    lookalikes: tuple[Lookalike, ...]
    newest: tuple[Said, ...]


def read_author(session: Session, comment: Comment) -> Author:
    account = session.get_one(Account, comment.account_id)
    offender = session.get(Offender, account.id)
    wrote = select(func.count(), func.min(Comment.published_at)).where(Comment.account_id == account.id)
    comments, first_seen = session.execute(wrote).one()
    strikes = select(Strike).where(Strike.account_id == account.id).order_by(Strike.given_at.desc(), Strike.cause)
    return Author(
        account.account_id, account.name or "", account.is_brand, comments, first_seen,
        strikes=tuple(session.scalars(strikes)),
        score=offender.score if offender else 0.0,
        factors=tuple(offender.factors) if offender else (),
        lookalikes=tuple(_lookalikes(session, account)),
        newest=tuple(_newest(session, comment, account)),
    )  # fmt: skip


def _newest(session: Session, but: Comment, account: Account) -> Sequence[Said]:
    query = select(Comment).where(Comment.account_id == account.id, Comment.id != but.id)
    newest = session.scalars(query.order_by(Comment.published_at.desc(), Comment.id).limit(EARLIER)).all()
    outcomes = read_outcomes(session, [one.id for one in newest])
    told = lines((one, account) for one in newest)
    return [Said(line, outcomes[one.id]) for one, line in zip(newest, told, strict=True)]


def _lookalikes(session: Session, account: Account) -> Sequence[Lookalike]:
    """In both ways: of an offender the accounts that look like it, of another the offenders it looks like."""
    pairs = session.scalars(
        select(Alternate)
        .where(or_(Alternate.offender_id == account.id, Alternate.account_id == account.id))
        .order_by(Alternate.score.desc(), Alternate.offender_id, Alternate.account_id)
    )
    found = []
    for pair in pairs:
        other = session.get_one(Account, pair.account_id if pair.offender_id == account.id else pair.offender_id)
        found.append(Lookalike(other.account_id, pair.score, tuple(pair.reasons)))
    return found
