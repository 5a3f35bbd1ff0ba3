"""Campaign, flood or echo: a fitted likelihood, with the features that carried it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from becalm.records import Judgement, Reason, Verdict
from embeddings.arrays import Floats
from embeddings.features import FEATURES, Description

FITTED = Path(__file__).with_name("verdict.json")

# Groups that complain so much are for care, not for moderation, whatever else they look like.
PROTECTED_SHARE = 0.5
# Fewer characters than this strangers write by themselves ("first", "who is watching in 2026?"), however many they are;
# of the campaigns in the labelled comments none is so short. An account that says it five times is no stranger.
SHORT_TEXT = 25
STRANGERS = 0.2
_REASONS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class VerdictModel:
    """A logistic regression on standardised features, fitted by benchmarks/fit_verdict.py on labelled groups."""

    intercept: float
    mean: Floats
    scale: Floats
    weight: Floats
    threshold: float

    def contributions(self, described: Description) -> dict[str, float]:
        """What each feature adds to the log-odds that the group is no echo."""
        # Beyond three deviations a feature says no more than at three: unseen extremes must not decide alone.
        standard = np.clip((described.features - self.mean) / self.scale, -3, 3)
        return dict(zip(FEATURES, (standard * self.weight).tolist(), strict=True))

    def likelihood(self, contributions: Mapping[str, float]) -> float:
        return float(1 / (1 + np.exp(-(self.intercept + sum(contributions.values())))))


@cache
def fitted_model(path: Path = FITTED) -> VerdictModel:
    """The model shipped with becalm."""
    document = json.loads(path.read_text("utf-8"))
    table = document["features"]
    mean, scale, weight = (np.array([table[name][part] for name in FEATURES]) for part in ("mean", "scale", "weight"))
    return VerdictModel(document["intercept"], mean, scale, weight, document["threshold"])


def judge(described: Description, model: VerdictModel) -> Verdict:
    """Campaign, flood or echo, with the reasons, strongest first.

    Customers who repeat a complaint are an echo by policy, and so is a phrase of few words by many accounts. Else the
    fitted likelihood decides whether it is one; what is none is a flood where one account repeats itself, and a
    campaign where several accounts push the message.
    """
    contributions = model.contributions(described)
    score = model.likelihood(contributions)
    if described.complaint >= PROTECTED_SHARE and described["promotion"] < PROTECTED_SHARE:
        reason = Reason("complaint", described.complaint, "customers with a complaint, who have not been helped yet")
        return Verdict(Judgement.ECHO, min(score, 1 - described.complaint), (reason,))
    if _is_common_phrase(described):
        reason = Reason("wording", 1 - described["length"], "words so few that strangers write them by themselves")
        return Verdict(Judgement.ECHO, min(score, described["length"]), (reason,))
    if score < model.threshold:
        return Verdict(Judgement.ECHO, score, _reasons(described, contributions, sign=-1))
    judgement = Judgement.FLOOD if described.accounts == 1 else Judgement.CAMPAIGN
    return Verdict(judgement, score, _reasons(described, contributions, sign=1))


def _is_common_phrase(described: Description) -> bool:
    """Whether a few words without address or promotion come from many."""
    is_by_strangers = described.accounts > 1 and described["accounts_per_comment"] > STRANGERS
    sells = described["links"] > 0 or described["promotion"] >= PROTECTED_SHARE
    return is_by_strangers and not sells and 100 * described["length"] < SHORT_TEXT


def _reasons(described: Description, contributions: Mapping[str, float], sign: int) -> tuple[Reason, ...]:
    """The features that pulled the way of the verdict, in words; features that say the same are merged."""
    pulls: dict[str, float] = {}
    for name, contribution in contributions.items():
        pulls[_SUBJECT[name]] = pulls.get(_SUBJECT[name], 0.0) + sign * contribution
    strongest = sorted(pulls, key=lambda subject: -pulls[subject])[:_REASONS_SHOWN]
    return tuple(
        Reason(subject, float(1 - np.exp(-pulls[subject])), _words(subject, described))
        for subject in strongest
        if pulls[subject] > 0
    ) or (Reason("wording", 0.0, _words("wording", described)),)


_SUBJECT = {
    "log_comments": "size",
    "log_texts": "variants",
    "texts_per_comment": "variants",
    "log_accounts": "accounts",
    "accounts_per_comment": "accounts",
    "busiest_account_share": "accounts",
    "log_threads": "threads",
    "threads_per_comment": "threads",
    "log_length": "wording",
    "length": "wording",
    "tightness": "wording",
    "tightness_by_length": "wording",
    "meaning": "meaning",
    "log_span": "time",
    "log_gap": "time",
    "promotion": "promotion",
    "links": "links",
}


def _words(subject: str, described: Description) -> str:
    days = (described.last_seen - described.first_seen) / 86_400
    length = described["length"] * 100
    return {
        "size": f"{described.comments} comments",
        "variants": f"{described.texts} wordings of {described.comments} comments",
        "accounts": f"{described.accounts} accounts, the busiest wrote {described['busiest_account_share']:.0%}",
        "threads": f"in {described.threads} threads",
        "wording": f"{length:.0f} characters long, {described['tightness']:.0%} of the wording shared",
        "meaning": f"cosine {described['meaning']:.2f} to the centre",
        "time": f"over {days:.1f} days, {_span(np.expm1(described['log_gap']))} between comments",
        "promotion": f"promotion wording {described['promotion']:.2f} of 1",
        "links": f"{described['links']:.0%} of the texts carry an address",
    }[subject]


def _span(seconds: float) -> str:
    """A length of time in its largest fitting unit."""
    for unit, size in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} seconds"
