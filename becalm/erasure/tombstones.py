"""What was erased does not come back by itself when a platform sends it again."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..pseudonyms import Pseudonyms
from ..store import Tombstone
from ..store.upsert import add_missing, chunks, put

PURPOSE = "tombstone"


def bury(session: Session, platform: str, author_id: str, comment_ids: Collection[str], now: datetime) -> None:
    """Rows of these comments, and whatever the account wrote up to `now`, are refused from here on."""
    names = Pseudonyms.of(session, PURPOSE)
    add_missing(session, Tombstone, [
        {"digest": names.digest("comment", platform, one), "erased_at": now} for one in sorted(comment_ids)
    ])  # fmt: skip
    put(session, Tombstone, [{"digest": names.digest("account", platform, author_id), "erased_at": now}])


@dataclass(frozen=True, slots=True)
class Buried:
    """Places of rows: those of an erased comment, or of an erased account from before its erasure, and those that
    answer an erased comment."""

    erased: frozenset[int] = frozenset()
    answering: frozenset[int] = frozenset()


def buried(session: Session, rows: Sequence[Mapping[str, Any]]) -> Buried:
    """What of these rows, as they came, was erased."""
    if session.scalar(select(Tombstone.digest).limit(1)) is None:
        return Buried()
    names = Pseudonyms.of(session, PURPOSE)
    comments = [names.digest("comment", *_parts(row, "comment_id")) for row in rows]
    parents = [names.digest("comment", *_parts(row, "parent_id")) for row in rows]
    accounts = [names.digest("account", *_parts(row, "author_id")) for row in rows]
    known = _erased(session, [*comments, *parents, *accounts])
    places = range(len(rows))
    return Buried(
        frozenset(
            place for place in places
            if comments[place] in known or _is_from_before(rows[place].get("published_at"), known.get(accounts[place]))
        ),
        frozenset(place for place in places if parents[place] in known),
    )  # fmt: skip


def _parts(row: Mapping[str, Any], name: str) -> tuple[str, str]:
    return str(row.get("platform")), str(row.get(name))


def _erased(session: Session, digests: Iterable[str]) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for chunk in chunks(sorted(set(digests))):
        rows = select(Tombstone.digest, Tombstone.erased_at).where(Tombstone.digest.in_(chunk))
        found.update(session.execute(rows).all())
    return found


def _is_from_before(published: Any, erased_at: datetime | None) -> bool:
    """What has no time goes to the quarantine like anybody's."""
    if erased_at is None:
        return False
    try:
        at = published if isinstance(published, datetime) else datetime.fromisoformat(str(published))
    except ValueError:
        return False
    return (at if at.tzinfo else at.replace(tzinfo=UTC)) <= erased_at
