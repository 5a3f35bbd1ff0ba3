"""For each account the likeliest others of the same writer: a ranked list with reasons, only ever a suggestion."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from becalm.records import Reason
from embeddings.additive import AdditiveModel, likelihood, load_model
from embeddings.arrays import Floats, Ids
from embeddings.likeness import EVIDENCE, HABITS, Likeness
from embeddings.meetings import find_pairs
from embeddings.resemblance import told
from embeddings.writers import Writer

LISTED = 10
# The fit saw one other account in so many; among more accounts each one is less likely.
FITTED_AMONG = 100
# A reason that moves the odds by less than a tenth is none.
_LEAST = 0.1


@dataclass(frozen=True, slots=True)
class Candidate:
    """`account_id` may be the same writer's; `score` is the likelihood 0..1, were one other account among these."""

    account_id: str
    score: float
    reasons: tuple[Reason, ...]

    def as_dict(self) -> dict[str, object]:
        reasons = [reason.as_dict() for reason in self.reasons]
        return {"account_id": self.account_id, "score": round(self.score, 4), "reasons": reasons}


def rank_alternates(writers: Sequence[Writer], listed: int = LISTED) -> Mapping[str, list[Candidate]]:
    """For each account so many others at most, the likeliest first; fewer where nothing at all is alike."""
    likeness, model = Likeness(writers), load_model("alternates")
    first, second = find_pairs(likeness)
    features = likeness.features(first, second)
    odds = odds_among(model, features, len(writers))
    ranked: dict[str, list[Candidate]] = {writer.account_id: [] for writer in writers}
    best = _best(first, second, odds, listed)
    closer = _closer(likeness, best)
    for number, (one, other, pair) in enumerate(best):
        shares = {name: float(column[number]) for name, column in closer.items()}
        reasons = reasons_for(likeness, model, (one, other), features[pair], shares)
        candidate = Candidate(writers[other].account_id, float(likelihood(odds[pair])), reasons)
        ranked[writers[one].account_id].append(candidate)
    return ranked


def odds_among(model: AdditiveModel, features: Floats, accounts: int) -> Floats:
    """Log-odds of each pair, where so many accounts are compared."""
    rarer = max(accounts - 1, FITTED_AMONG) / FITTED_AMONG
    return np.asarray(model.log_odds(EVIDENCE, features) - np.log(rarer))


def _best(first: Ids, second: Ids, odds: Floats, listed: int) -> list[tuple[int, int, int]]:
    """Account, other one and pair, the likeliest first, each account as often as is listed."""
    best, count = [], Counter[int]()
    for pair in np.argsort(-odds, kind="stable").tolist():
        here, there = int(first[pair]), int(second[pair])
        for one, other in ((here, there), (there, here)):
            if count[one] < listed:
                count[one] += 1
                best.append((one, other, pair))
    return best


def _closer(likeness: Likeness, best: Sequence[tuple[int, int, int]]) -> Mapping[str, Floats]:
    ones, others, _ = np.array(best, np.int64).reshape(-1, 3).T
    return {name: likeness.closer_than(name, ones, others) for name in HABITS}


def reasons_for(
    likeness: Likeness, model: AdditiveModel, pair: tuple[int, int], features: Floats, closer_than: Mapping[str, float]
) -> tuple[Reason, ...]:
    """What is alike, in words, the most telling first; what is not alike gives no reason."""
    named = dict(zip(EVIDENCE, features.tolist(), strict=True))
    alike = model.contributions(named)
    nothing = model.contributions(dict.fromkeys(EVIDENCE, 0.0))
    pulls = {name: alike[name] - nothing[name] for name in EVIDENCE if named[name] > 0}
    telling = sorted((name for name in pulls if pulls[name] >= _LEAST), key=lambda name: -pulls[name])
    return tuple(
        Reason(name, 1 - float(np.exp(-pulls[name])), told(likeness, name, *pair, closer_than)) for name in telling
    )
