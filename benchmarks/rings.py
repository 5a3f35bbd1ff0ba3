"""Measure rings: `python -m benchmarks.rings HOME [--truth FILE]`.

HOME is one that comments were run through; FILE their truth.csv, which says of spam what family it is of. First the
ties as they are: how many there are, and how many within one family. Then crews are put in, ten of five accounts, who
say something together, or come to a thread together, so many times: which of them are found, and what else is.
"""

import argparse
import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from time import perf_counter

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from becalm.cases import stream_time
from becalm.policy import Policy, load_policy
from becalm.settings import Settings
from becalm.store import Comment, Store
from embeddings.coaction import Acts, Board
from embeddings.rings import Found, Tie, find_rings
from tasks.rings import Wrote, keep_rings, wrote_since

CREWS, SIZE, SEEDS = 10, 5, range(3)
TIMES = (3, 4, 6, 8)
KINDS = ("messages", "threads")
TOGETHER_SECONDS = {"messages": 7_200, "threads": 1_800}
_EVER = datetime(1990, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Crews:
    """Acts of accounts that come after the known ones; `message` is -1 where nothing was said together."""

    account: np.ndarray
    thread: np.ndarray
    message: np.ndarray
    time: np.ndarray

    def crew_of(self, account: int, known: int) -> int | None:
        return (account - known) // SIZE if account >= known else None


def make_crews(wrote: Wrote, kind: str, times: int, luck: Random) -> Crews:
    """Each crew acts together so many times, each time within `TOGETHER_SECONDS` of a comment that there is."""
    known, rows = len(wrote.ids), len(wrote.thread)
    acts = []
    for crew in range(CREWS):
        for act in range(times):
            place = luck.randrange(rows)
            for member in range(SIZE):
                # Who says something together says it wherever they are.
                here = place if kind == "threads" else luck.randrange(rows)
                at = wrote.time[place] + luck.random() * TOGETHER_SECONDS[kind]
                said = crew * times + act if kind == "messages" else -1
                acts.append((known + SIZE * crew + member, wrote.thread[here], said, at))
    account, thread, message, time = map(np.array, zip(*acts, strict=True))
    return Crews(account, thread, message, time)


def rings_among(wrote: Wrote, policy: Policy, crews: Crews | None = None) -> Found:
    """As a run finds them, with crews put in."""
    shared = wrote.message >= 0
    acts = [wrote.account, wrote.thread, wrote.time]
    said = [wrote.account[shared], wrote.on_days[shared], wrote.time[shared]]
    if crews is not None:
        together = crews.message >= 0
        first = int(said[1].max(initial=0)) + 1
        acts = _joined(acts, [crews.account, crews.thread, crews.time])
        said = _joined(said, [crews.account[together], first + crews.message[together], crews.time[together]])
    terms = policy.rings
    threads, messages = (
        Board(Acts(*acts), 60.0 * terms.thread_minutes),
        Board(Acts(*said), 60.0 * terms.message_minutes),
    )
    accounts = len(wrote.ids) + (CREWS * SIZE if crews is not None else 0)
    return find_rings(accounts, threads, messages, terms.chance_ties, terms.least_accounts)


def _joined(some: Sequence[np.ndarray], others: Sequence[np.ndarray]) -> list[np.ndarray]:
    return [np.concatenate(both) for both in zip(some, others, strict=True)]


def measure_crews(wrote: Wrote, policy: Policy, kind: str, times: int) -> str:
    found_members = rings = mixed = 0
    for seed in SEEDS:
        crews = make_crews(wrote, kind, times, Random(seed))
        found = rings_among(wrote, policy, crews)
        crew_of = [{crews.crew_of(one, len(wrote.ids)) for one in ring.accounts} for ring in found.rings]
        rings, mixed = rings + len(found.rings), mixed + sum(len(one) > 1 for one in crew_of)
        found_members += sum(one >= len(wrote.ids) for ring in found.rings for one in ring.accounts)
    of = CREWS * SIZE * len(SEEDS)
    return (
        f"{kind}, {times} times: {found_members} of {of} members found, {mixed} of {rings} rings mix crews or others in"
    )


def families(session: Session, wrote: Wrote, truth: Path) -> Mapping[int, set[str]]:
    """By the place of an account, what families its spam is of."""
    with truth.open(newline="") as file:
        known = {row["comment_id"]: row["family"] for row in csv.DictReader(file) if row["label"] == "spam"}
    place, found = {one: number for number, one in enumerate(wrote.ids)}, defaultdict(set)
    for account, comment in session.execute(select(Comment.account_id, Comment.comment_id)):
        if account in place and known.get(comment):
            found[place[account]].add(known[comment])
    return found


def told(ties: Sequence[Tie], family: Mapping[int, set[str]]) -> str:
    within = sum(not family.get(one.first, set()).isdisjoint(family.get(one.second, set())) for one in ties)
    return f"{len(ties)} ties, {within} of them within a family"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--truth", type=Path)
    arguments = parser.parse_args()
    policy = load_policy()
    with Store.open(Settings(home=arguments.home).store_url) as store, store.writing() as session:
        wrote = wrote_since(session, _EVER)
        found = rings_among(wrote, policy)
        family = families(session, wrote, arguments.truth) if arguments.truth else {}
        ties = [tie for ring in found.rings for tie in ring.ties]
        print(f"{len(found.rings)} rings, in them {told(ties, family)}")
        started = perf_counter()
        now = stream_time(session)
        print(f"{keep_rings(session, policy, now) if now else 0} in the window, {perf_counter() - started:.2f} s")
        session.rollback()
    for kind in KINDS:
        for times in TIMES:
            print(measure_crews(wrote, policy, kind, times), flush=True)


if __name__ == "__main__":
    main()
