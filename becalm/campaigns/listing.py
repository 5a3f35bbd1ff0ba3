"""The campaigns and floods that were asked for, in the order that was asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise, takewhile
from typing import Any

from sqlalchemy import ColumnExpressionArgument, Select, select
from sqlalchemy.orm import Session

from ..store import Campaign
from .names import PAST
from .published import Masked, masked
from .state import newest_comment, state_of

SHORTEST_ID = 7

_ORDERS: dict[str, ColumnExpressionArgument[Any]] = {
    "comments": Campaign.comments.desc(),
    "accounts": Campaign.accounts.desc(),
    "threads": Campaign.threads.desc(),
    "score": Campaign.score.desc(),
    "first": Campaign.first_seen.desc(),
    "last": Campaign.last_seen.desc(),
    "id": Campaign.id,
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A campaign with what may be shown of it, its state, and as much of its id as tells it from all others."""

    campaign: Campaign
    masked: Masked
    state: str
    short_id: str


@dataclass(frozen=True, slots=True)
class Listing:
    """`shown` out of `found`; `newest` is the time of the store's newest comment, None in an empty store."""

    shown: tuple[Listed, ...]
    found: int
    newest: datetime | None


def list_campaigns(
    session: Session, verdict: str | None, state: str | None, sort: str, limit: int | None, everything: bool
) -> Listing:
    """Campaigns of this verdict and state; past ones only where `everything` or that state is asked for."""
    newest = newest_comment(session)
    now = newest or datetime.now(UTC)
    wanted = _wanted(verdict, everything or state == PAST).order_by(_ORDERS[sort], Campaign.id)
    found = [(one, of_it) for one in session.scalars(wanted) if (of_it := state_of(one, now)) == (state or of_it)]
    short = short_ids(session.scalars(select(Campaign.id)))
    told = masked(session, [one for one, _ in found[:limit]])
    shown = (
        Listed(one, seen, of_it, short[one.id]) for (one, of_it), seen in zip(found[:limit], told, strict=True)
    )  # fmt: skip
    return Listing(tuple(shown), len(found), newest)


def short_ids(ids: Iterable[str]) -> dict[str, str]:
    """The shortest beginning of each id that no other shares, but no less than seven characters."""
    ordered = sorted(ids)
    shared = [0, *(_shared(one, other) for one, other in pairwise(ordered)), 0]
    needed = (max(before, after) + 1 for before, after in pairwise(shared))
    return {one: one[: max(SHORTEST_ID, length)] for one, length in zip(ordered, needed, strict=False)}


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _wanted(verdict: str | None, everything: bool) -> Select[Campaign]:
    wanted = select(Campaign)
    if verdict is not None:
        wanted = wanted.where(Campaign.verdict == verdict)
    return wanted if everything else wanted.where(Campaign.is_current)
