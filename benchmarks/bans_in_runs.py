"""Measure how banned people who come back are found by a run: `python -m benchmarks.bans_in_runs HOME STREAM`.

STREAM is a folder that `becalm simulate` wrote, HOME one that it was run through. Each account that has others is
banned a second before the first of them writes. Printed are the mean reciprocal rank of the first right account among
those that a run keeps, and how many right and wrong pairs there are from some scores on. Nothing is kept of it.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from becalm.cases import stream_time
from becalm.policy import load_policy
from becalm.settings import Settings
from becalm.store import Account, Comment, Measure, Resemblance, StageMark, Store
from becalm.store.upsert import put
from benchmarks.alternates import reciprocal_ranks, told
from tasks.returned import MARK, keep_resemblances

BARS = (0.1, 0.3, 0.5, 0.7, 0.9)
_BEFORE = timedelta(seconds=1)

Ranked = Mapping[str, list[tuple[str, float]]]


def measure(home: Path, stream: Path) -> str:
    """What to print."""
    owner_of = owners(stream)
    others: defaultdict[str, set[str]] = defaultdict(set)
    for account, owner in owner_of.items():
        others[owner].add(account)
    with Store.open(Settings(home=home).store_url) as store, store.writing() as session:
        ranked = _found_after_bans(session, others)
        session.rollback()
    found = reciprocal_ranks({one: [name for name, _ in pairs] for one, pairs in ranked.items()}, others)
    return "\n".join([told(f"{home.name}, banned in a run", found), *_by_score(ranked, owner_of)])


def owners(stream: Path) -> dict[str, str]:
    """Of each account that is another's, whose."""
    with (stream / "accounts.csv").open(newline="") as file:
        return {row["account_id"]: row["alternate_of"] for row in csv.DictReader(file)}


def _found_after_bans(session: Session, others: Mapping[str, set[str]]) -> Ranked:
    ids = {one.account_id: one.id for one in session.scalars(select(Account))}
    begins = select(Comment.account_id, func.min(Comment.published_at)).group_by(Comment.account_id)
    first, now = dict(session.execute(begins).all()), stream_time(session)
    assert now is not None, "a home without comments"
    put(session, Measure, [_ban(ids[one], min(first[ids[name]] for name in names)) for one, names in others.items()])
    session.execute(delete(StageMark).where(StageMark.stage == MARK))
    keep_resemblances(session, load_policy(), now)
    name_of = {number: name for name, number in ids.items()}
    ranked: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    columns = (Resemblance.offender_id, Resemblance.account_id, Resemblance.score)
    rows = select(*columns).order_by(Resemblance.score.desc(), Resemblance.account_id)
    for wanted, account, score in session.execute(rows):
        ranked[name_of[wanted]].append((name_of[account], score))
    return ranked


def _ban(account: int, back: datetime) -> dict[str, Any]:
    return {
        "account_id": account, "kind": "ban", "taken_at": back - _BEFORE, "ends_at": None, "lifted_at": None,
        "taken_by": "benchmark", "note": "",
    }  # fmt: skip


def _by_score(ranked: Ranked, owner_of: Mapping[str, str]) -> Iterator[str]:
    pairs = [(owner_of.get(one, one), owner_of.get(other, other), score)
             for one, found in ranked.items() for other, score in found]  # fmt: skip
    scores = np.array([score for _, _, score in pairs])
    is_right = np.array([one == other for one, other, _ in pairs], bool)
    for bar in BARS:
        reached = scores >= bar
        yield f"  from {bar} on: {(reached & is_right).sum()} right, {(reached & ~is_right).sum()} wrong"


if __name__ == "__main__":
    print(measure(*map(Path, sys.argv[1:3])))
