"""Who writes as warned, muted or banned accounts and grave offenders do, kept pair by pair; only news is looked at."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

import numpy as np
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from becalm.cases.measures import Kind, standings
from becalm.policy import Policy
from becalm.store import Comment, Offender, RawRow, Resemblance, Strike
from becalm.store.marks import made_from, mark_made_from
from becalm.store.upsert import add
from embeddings.additive import path_of
from embeddings.alternates import LISTED
from embeddings.returned import Newcomers, Returned, Wanted, find_returned
from tasks.writers import COMMENTS_READ, writers_of

MARK = "resemblances"
# What a run costs is bounded by these. Wanted are those against whom people took measures, then the highest scores;
# looked at are the accounts that wrote most.
MOST_WANTED = 200
MOST_ACCOUNTS = 5_000
MOST_COMMENTS = 20_000
# By whom it is measured what is usual; ids are hashes, so the lowest ones are drawn by lot, and stay drawn.
BACKGROUND = 700
MOST_OF_BACKGROUND = 10_000
# What is usual changes slowly: when there are so many more accounts, everybody is looked at again.
GROWN = 1.1
# Habits don't show better for a comment more.
MORE = 1.5

_CAUSES = {Kind.WARN: "it was warned", Kind.MUTE: "it was muted", Kind.BAN: "it was banned"}


@dataclass(frozen=True, slots=True)
class Seen:
    """An account on its platform, with its first comment (seconds since 1970) and how many it has."""

    platform: str
    first: float
    comments: int


def keep_resemblances(session: Session, policy: Policy, as_of: datetime) -> int:
    """Measure what may have changed since the last time, and forget what no longer matters; returns how many pairs
    were found."""
    seen = _seen(session)
    wanted = _wanted(session, policy, seen, as_of)
    known = json.loads(made_from(session, MARK) or "{}")
    batch = session.scalar(select(func.max(RawRow.batch_id))) or 0
    is_anew = known.get("fitted") != _fitted() or len(seen) > GROWN * known.get("accounts", 0)
    earlier = {} if is_anew else {int(one): told for one, told in known["wanted"].items()}
    wrote = _wrote_since(session, -1 if is_anew else known["batch"])
    renewed = {one for one, held in wanted.items() if _is_news(held, seen[one], *earlier.get(one, (None, 0)))}
    found = _look(session, wanted, seen, renewed, wrote, as_of)
    _keep(session, wanted.keys(), renewed, wrote, found)
    mark = {
        "fitted": _fitted(), "accounts": len(seen) if is_anew else known["accounts"], "batch": batch,
        "wanted": {
            str(one): [held.since, seen[one].comments] if one in renewed else earlier[one]
            for one, held in wanted.items()
        },
    }  # fmt: skip
    mark_made_from(session, MARK, json.dumps(mark))
    return len(found)


def _is_news(held: Wanted, account: Seen, since: float | None, comments: int) -> bool:
    """Whether it was held to account anew, or wrote so much more that its habits may show better."""
    return held.since != since or account.comments >= MORE * comments


def _wanted(session: Session, policy: Policy, seen: Mapping[int, Seen], as_of: datetime) -> dict[int, Wanted]:
    """Those against whom a measure is in force, and those whose score is high; the brand, which is not seen, never."""
    held = {
        account_id: (standing.since, _CAUSES[standing.kind])
        for account_id, standing in sorted(standings(session, policy, as_of).items())
    }
    grave = (
        select(Offender.account_id, func.min(Strike.given_at).label("since"))
        .join(Strike, Strike.account_id == Offender.account_id)
        .where(Offender.score >= policy.offenders.watch_score)
        .group_by(Offender.account_id)
        .order_by(Offender.score.desc(), Offender.account_id)
    )
    for row in session.execute(grave):
        held.setdefault(row.account_id, (row.since, "it broke the rules"))
    known = [(one, why) for one, why in held.items() if one in seen][:MOST_WANTED]
    return {one: Wanted(seen[one].platform, since.timestamp(), cause) for one, (since, cause) in known}


def _seen(session: Session) -> dict[int, Seen]:
    rows = (
        select(Comment.account_id, Comment.platform, func.min(Comment.published_at), func.count())
        .where(Comment.is_brand.is_(False))
        .group_by(Comment.account_id, Comment.platform)
    )
    return {account: Seen(where, first.timestamp(), count) for account, where, first, count in session.execute(rows)}


def _wrote_since(session: Session, batch: int) -> set[int]:
    rows = select(RawRow.id).where(RawRow.batch_id > batch)
    return set(session.scalars(select(Comment.account_id).where(Comment.raw_row_id.in_(rows)).distinct()))


def _look(
    session: Session, wanted: Mapping[int, Wanted], seen: Mapping[int, Seen], renewed: Collection[int],
    wrote: Collection[int], as_of: datetime,
) -> list[Returned]:  # fmt: skip
    earliest = min((one.since for one in wanted.values()), default=float("inf"))
    after = [one for one, account in seen.items() if account.first > earliest]
    asked = _bounded([one for one in after if renewed or one in wrote], seen)
    if not asked:
        return []
    background = _within(sorted(seen)[:BACKGROUND], seen, MOST_OF_BACKGROUND)
    return find_returned(
        writers_of(session, sorted({*wanted, *asked, *background})),
        {str(one): held for one, held in wanted.items()},
        _newcomers(asked, seen, as_of),
        {str(one) for one in {*renewed, *wrote}},
    )


def _newcomers(asked: Sequence[int], seen: Mapping[int, Seen], as_of: datetime) -> Newcomers:
    by_place: defaultdict[str, list[float]] = defaultdict(list)
    for one in seen.values():
        by_place[one.platform].append(one.first)
    return Newcomers(
        {str(one): seen[one].first for one in asked},
        {str(one): seen[one].platform for one in asked},
        {place: np.sort(np.array(found)) for place, found in by_place.items()},
        as_of.timestamp(),
    )


def _bounded(accounts: Sequence[int], seen: Mapping[int, Seen]) -> list[int]:
    """Those that wrote most, as many as may be looked at."""
    ordered = sorted(accounts, key=lambda one: (-seen[one].comments, -seen[one].first, one))[:MOST_ACCOUNTS]
    return _within(ordered, seen, MOST_COMMENTS)


def _within(accounts: Sequence[int], seen: Mapping[int, Seen], comments: int) -> list[int]:
    """The first of them, until they have so many comments together."""
    total = np.cumsum([min(seen[one].comments, COMMENTS_READ) for one in accounts])
    return list(accounts[: int(np.searchsorted(total, comments, "right"))])


def _keep(
    session: Session, wanted: Collection[int], renewed: Collection[int], wrote: Collection[int],
    found: Sequence[Returned],
) -> None:  # fmt: skip
    """Put what was found in the place of what was asked again, ten of each wanted account at most."""
    columns = (Resemblance.offender_id, Resemblance.account_id, Resemblance.score, Resemblance.reasons)
    stored = {(row.offender_id, row.account_id): row._asdict() for row in session.execute(select(*columns))}
    kept = {
        pair: row for pair, row in stored.items()
        if pair[0] in wanted and pair[0] not in renewed and pair[1] not in wrote
    }  # fmt: skip
    rows = {**kept, **{(int(one.wanted_id), int(one.account_id)): _row(one) for one in found}}
    best: dict[int, int] = {}
    due = {}
    for pair, row in sorted(rows.items(), key=lambda item: (-item[1]["score"], item[0])):
        best[pair[0]] = best.get(pair[0], 0) + 1
        if best[pair[0]] <= LISTED:
            due[pair] = row
    if due != stored:
        session.execute(delete(Resemblance))
        add(session, Resemblance, list(due.values()))


def _row(one: Returned) -> dict[str, object]:
    return {
        "offender_id": int(one.wanted_id), "account_id": int(one.account_id), "score": round(one.score, 4),
        "reasons": [reason.as_dict() for reason in one.reasons],
    }  # fmt: skip


def _fitted() -> str:
    return blake2b(path_of("alternates").read_bytes(), digest_size=4).hexdigest()
