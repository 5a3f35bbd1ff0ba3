"""Accounts that look like an offender's other account, by what they wrote after the offence."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from becalm.records import Reason

# One likeness can be chance: a suggestion needs this much together.
LIKELY = 0.5
# Two of so many would have to meet in sixty such groups to be likely, and their pairs are a square of them.
LARGEST_TELLING = 200


@dataclass(frozen=True, slots=True)
class Posting:
    """An account's part in one group that was judged an offence: its first comment there, in seconds since 1970."""

    account: int
    group_id: str
    time: float
    similarity: float


@dataclass(frozen=True, slots=True)
class Lookalike:
    """`account` posts what `offender` posted before it."""

    offender: int
    account: int
    score: float
    reasons: tuple[Reason, ...]


def find_lookalikes(postings: Sequence[Posting], offenders: Mapping[int, float]) -> list[Lookalike]:
    """Accounts that repeat the texts of accounts that held strikes before they wrote.

    `offenders` gives the time since which each offender holds strikes. The score is a noisy-or over shared groups:
    closeness to the medoid, less in groups of more than three accounts, where sharing says little about any two of
    them, and nothing in those of more than 200.
    """
    by_group: dict[str, list[Posting]] = defaultdict(list)
    for posting in postings:
        by_group[posting.group_id].append(posting)
    shared: dict[tuple[int, int], list[float]] = defaultdict(list)
    for members in by_group.values():
        if len(members) > LARGEST_TELLING:
            continue
        earlier = [one for one in members if one.account in offenders]
        weight = 1.0 if len(members) <= 3 else 3.0 / len(members)
        for old in earlier:
            for new in members:
                if new.account != old.account and new.time > max(old.time, offenders[old.account]):
                    shared[old.account, new.account].append(weight * min(old.similarity, new.similarity))
    found = [_lookalike(offender, account, weights) for (offender, account), weights in shared.items()]
    likely = [one for one in found if one.score >= LIKELY]
    return sorted(likely, key=lambda one: (one.offender, -one.score, one.account))


def _lookalike(offender: int, account: int, weights: Sequence[float]) -> Lookalike:
    unlikely = 1.0
    for weight in weights:
        unlikely *= 1 - 0.8 * weight
    reason = Reason("reposted", 1 - unlikely, f"repeats {len(weights)} of the offender's messages after its strikes")
    return Lookalike(offender, account, 1 - unlikely, (reason,))
