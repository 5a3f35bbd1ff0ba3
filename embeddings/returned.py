"""Who may have come back under another name: likely other accounts of some, among the accounts seen after."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from becalm.records import Reason
from embeddings.additive import likelihood, load_model
from embeddings.alternates import FITTED_AMONG, LISTED, reasons_for
from embeddings.arrays import Floats, Ids
from embeddings.likeness import EVIDENCE, HABITS, Likeness
from embeddings.meetings import nearest_pairs
from embeddings.writers import Writer

# What is less likely is no lead.
LEAST = 0.01
# Taken for granted, not measured: half of those who come back do so within about a week, the others whenever others
# come for the first time.
SOON, SOON_DAYS = 0.5, 7.0
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Wanted:
    """An account whose other ones are looked for on its platform (`place`): `since` (seconds since 1970) it has reason
    to come back as somebody else, and `cause` says which (`it was banned`)."""

    place: str
    since: float
    cause: str


@dataclass(frozen=True, slots=True)
class Newcomers:
    """Accounts to choose from: when each was seen first (seconds since 1970), and where (a platform).

    `all_seen` holds, sorted by place, the first sight of everybody who is known there until now, looked at or not.
    """

    first_seen: Mapping[str, float]
    place: Mapping[str, str]
    all_seen: Mapping[str, Floats]
    until: float

    def after(self, place: str, since: float) -> int:
        """How many were first seen there after that."""
        seen = self.all_seen.get(place, np.empty(0))
        return len(seen) - int(np.searchsorted(seen, since, "right"))


@dataclass(frozen=True, slots=True)
class Returned:
    """`account_id` may be `wanted_id`'s writer again; `score` is the likelihood 0..1, were one such account there."""

    wanted_id: str
    account_id: str
    score: float
    reasons: tuple[Reason, ...]


def find_returned(
    writers: Sequence[Writer], wanted: Mapping[str, Wanted], newcomers: Newcomers, news: Collection[str]
) -> list[Returned]:
    """The likeliest ten at most for each wanted account, among newcomers of its platform that were seen after it was
    held to account.

    Only pairs with one of the `news` are looked at. `writers` holds all of them, and others beside them by whom it is
    measured what is usual.
    """
    likeness, model = Likeness(writers), load_model("alternates")
    first, second = _pairs(likeness, wanted, newcomers, news)
    features = likeness.features(first, second)
    odds = model.log_odds(EVIDENCE, features) + _expected(likeness, wanted, newcomers, first, second)
    scores = likelihood(odds)
    best = list(_best(first, second, scores))
    closer = _closer(likeness, best)
    found = []
    for number, (one, other, pair) in enumerate(best):
        shares = {name: float(column[number]) for name, column in closer.items()}
        reasons = reasons_for(likeness, model, (one, other), features[pair], shares)
        wanted_id, account_id = writers[one].account_id, writers[other].account_id
        gap = _told(wanted[wanted_id], newcomers.first_seen[account_id])
        found.append(Returned(wanted_id, account_id, float(scores[pair]), (*reasons, gap)))
    return found


def _pairs(
    likeness: Likeness, wanted: Mapping[str, Wanted], newcomers: Newcomers, news: Collection[str]
) -> tuple[Ids, Ids]:
    ids = [one.account_id for one in likeness.writers]
    rows = np.array([place for place, one in enumerate(ids) if one in wanted], np.int64)
    columns = np.array([place for place, one in enumerate(ids) if one in newcomers.first_seen], np.int64)
    since = np.array([wanted[ids[row]].since for row in rows], float)
    seen = np.array([newcomers.first_seen[ids[column]] for column in columns], float)
    here = np.array([wanted[ids[row]].place for row in rows], str)
    there = np.array([newcomers.place[ids[column]] for column in columns], str)
    has_news = np.array([one in news for one in ids], bool)
    allowed = (seen[None, :] > since[:, None]) & (has_news[rows][:, None] | has_news[columns][None, :])
    allowed &= (here[:, None] == there[None, :]) & (rows[:, None] != columns[None, :])
    return nearest_pairs(likeness, rows, columns, allowed)


def _expected(
    likeness: Likeness, wanted: Mapping[str, Wanted], newcomers: Newcomers, first: Ids, second: Ids
) -> Floats:
    """What the number of newcomers, and when this one came, add to the log-odds of a fit among a hundred."""
    odds = np.zeros(len(first))
    for pair, (one, other) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
        held = wanted[likeness.writers[one].account_id]
        days = (newcomers.first_seen[likeness.writers[other].account_id] - held.since) / _DAY
        horizon = (newcomers.until - held.since) / _DAY
        among = newcomers.after(held.place, held.since)
        soon = SOON * max(horizon, SOON_DAYS) / SOON_DAYS * np.exp(-days / SOON_DAYS) + 1 - SOON
        odds[pair] = np.log(soon) - np.log(max(among, FITTED_AMONG) / FITTED_AMONG)
    return odds


def _best(first: Ids, second: Ids, scores: Floats) -> Iterator[tuple[int, int, int]]:
    """Wanted account, other one and pair, the likeliest first."""
    count: dict[int, int] = {}
    for pair in np.argsort(-scores, kind="stable").tolist():
        one = int(first[pair])
        if scores[pair] >= LEAST and count.get(one, 0) < LISTED:
            count[one] = count.get(one, 0) + 1
            yield one, int(second[pair]), pair


def _closer(likeness: Likeness, best: Sequence[tuple[int, int, int]]) -> Mapping[str, Floats]:
    ones, others, _ = np.array(best, np.int64).reshape(-1, 3).T
    return {name: likeness.closer_than(name, ones, others) for name in HABITS}


def _told(wanted: Wanted, seen: float) -> Reason:
    days = (seen - wanted.since) / _DAY
    when = "less than a day" if days < 1 else "a day" if days < 2 else f"{int(days)} days"
    return Reason("return", 1 / (1 + days), f"first wrote {when} after {wanted.cause}")
