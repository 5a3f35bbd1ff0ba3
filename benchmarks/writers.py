"""Accounts whose writer is known: troll accounts cut in two, and simulated people who came back under a new name."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from benchmarks.campaigns.sets import read_lines
from embeddings.encoder import Encoder
from embeddings.normalise import normalise
from embeddings.writers import Said, Writer, gather, with_meaning

HALF = 30
LEAST = 20
_DAY = 86_400
HALVES = ("early", "late")


@dataclass(frozen=True, slots=True)
class Known:
    """Accounts, and whose each is: those who share a name here are one writer's."""

    name: str
    writers: Sequence[Writer]
    writer_of: Mapping[str, str]

    def partners(self) -> dict[str, set[str]]:
        """For each account that has some, the other accounts of its writer."""
        accounts: dict[str, set[str]] = defaultdict(set)
        for account, writer in self.writer_of.items():
            accounts[writer].add(account)
        return {one: all_of - {one} for all_of in accounts.values() for one in all_of if len(all_of) > 1}


def halves(source: Path, encoder: Encoder) -> Known:
    """Accounts that come cut in two: rows with account, half, published_at and text."""
    rows = read_lines(source)
    said = [_posted(f"{row['account']}-{row['half']}", _seconds(row["published_at"]), row["text"]) for row in rows]
    writer_of = {f"{row['account']}-{row['half']}": row["account"] for row in rows}
    return Known(source.name, embedded(gather(said), encoder), writer_of)


def cut_in_two(source: Path, encoder: Encoder, without: set[str], pool: int, seed: int = 1) -> list[Known]:
    """Pools of accounts of a stream, cut where half of their drawn posts are written; none is in `without`."""
    posts: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for row in read_lines(source):
        if row["author_id"] not in without:
            posts[row["author_id"]].append((_seconds(row["published_at"]), row["text"]))
    dice = Random(seed)
    accounts = [one for one in sorted(posts) if len(posts[one]) >= 2 * LEAST]
    dice.shuffle(accounts)
    return [
        _cut(f"stream {start}", {one: posts[one] for one in accounts[start : start + pool]}, encoder, dice)
        for start in range(0, max(len(accounts) - pool, 0) + 1, pool)
    ]


def _cut(name: str, posts: Mapping[str, list[tuple[float, str]]], encoder: Encoder, dice: Random) -> Known:
    said, writer_of = [], {}
    for account, written in posts.items():
        drawn = sorted(dice.sample(written, min(2 * HALF, len(written))))
        for place, (time, text) in enumerate(drawn):
            half = f"{account}-{HALVES[2 * place >= len(drawn)]}"
            said.append(_posted(half, time, text))
            writer_of[half] = account
    return Known(name, embedded(gather(said), encoder), writer_of)


def _posted(account: str, time: float, text: str) -> Said:
    """A post on a timeline: where there are no threads, sources give the day, which an account shares with hundreds."""
    return Said(account, text, thread=f"day {int(time // _DAY)}", time=time)


def simulated(folder: Path, encoder: Encoder) -> Known:
    """All accounts of a simulated stream; those who were banned and came back are told by its accounts.csv."""
    said = [_simulated(row) for row in read_lines(folder / "comments.jsonl") if not row["is_brand"]]
    with (folder / "accounts.csv").open(newline="", encoding="utf-8") as file:
        original = {row["account_id"]: row["alternate_of"] for row in csv.DictReader(file)}
    writer_of = {one.account_id: original.get(one.account_id, one.account_id) for one in said}
    return Known(folder.name, embedded(gather(said), encoder), writer_of)


def _simulated(row: Mapping[str, Any]) -> Said:
    return Said(
        f"{row['platform']}:{row['author_id']}",
        row["text"],
        row["author_name"],
        row["thread_id"],
        _seconds(row["published_at"]),
    )


def embedded(writers: Sequence[Writer], encoder: Encoder) -> list[Writer]:
    vectors = iter(encoder.encode([normalise(text) for one in writers for text in one.texts]))
    return with_meaning(writers, [np.array([next(vectors) for _ in one.comments]) for one in writers])


def accounts_of(source: Path) -> set[str]:
    """Who is in a set of halves."""
    return {row["account"] for row in read_lines(source)}


def _seconds(stamp: str) -> float:
    return datetime.fromisoformat(stamp).timestamp()
