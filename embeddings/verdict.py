"""Campaign, flood or echo: a fitted likelihood, with the features that carried it."""

from collections.abc import Mapping

import numpy as np

from becalm.records import Judgement, Reason, Verdict
from embeddings.additive import AdditiveModel, likelihood
from embeddings.features import FEATURES, Description
from embeddings.groups import Memory

# What the fitted curves look at: the features of a group, and how likely it is the push that another group is.
KIN = "kin"
EVIDENCE = (*FEATURES, KIN)

# Customers who complain, and strangers who ask for nothing, are only flagged where it is as sure as this that they are
# no echo. On three labelled streams it cost .1 to 2.4 campaign comments of a hundred; in the one with false alarms to
# spare, these fell from 1.2 to .2 of a hundred flagged comments.
SURE = 0.7
COMPLAINING = 0.5
ASKING = 0.2
SELLING = 0.5
# Nor do strangers hide their wording from filters, so many at a time.
HIDING = 0.3
# Fewer characters than this strangers write by themselves ("first", "who is watching in 2026?"), however many they are;
# of the campaigns in the labelled comments none is so short. An account that says it five times is no stranger.
SHORT_TEXT = 25
STRANGERS = 0.2
# Where more of the accounts than this meet in other groups again, they are no strangers.
ACQUAINTED = 0.3
_REASONS_SHOWN = 5
_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def judge(described: Description, model: AdditiveModel, *, kin: float = 0.0, memory: Memory | None = None) -> Verdict:
    """Campaign, flood or echo, with the reasons, strongest first.

    What people said of a text goes first. A phrase of few words by many accounts is an echo. Else the fitted
    likelihood decides, which must be nearly sure of those who complain; what is no echo is a flood where one account
    repeats itself, and a campaign where several accounts push the message. `kin` (0..1) is the likelihood that another
    group, which is no echo, is the same push.
    """
    offence = Judgement.FLOOD if described.accounts == 1 else Judgement.CAMPAIGN
    if memory is Memory.GOOD:
        return Verdict(Judgement.ECHO, 0.0, (Reason("memory", 1.0, "a text that people said is never to be flagged"),))
    if memory is Memory.BAD:
        return Verdict(offence, 1.0, (Reason("memory", 1.0, "a text that people removed before"),))
    contributions = model.contributions({**described.named, KIN: kin})
    score = float(likelihood(np.array(model.intercept + sum(contributions.values()))))
    if _is_common_phrase(described):
        share = described.length / SHORT_TEXT
        reason = Reason("wording", 1 - share, "words so few that strangers write them by themselves")
        return Verdict(Judgement.ECHO, min(score, model.threshold * share), (reason,))
    if model.threshold <= score < SURE and (doubt := _benefit_of_doubt(described)):
        return Verdict(Judgement.ECHO, score, (doubt,))
    judgement = offence if score >= model.threshold else Judgement.ECHO
    sign = -1 if judgement is Judgement.ECHO else 1
    return Verdict(judgement, score, _reasons(described, contributions, sign, kin))


def _benefit_of_doubt(described: Description) -> Reason | None:
    """Why a group that looks pushed may well be none."""
    if described["complaint"] >= COMPLAINING:
        return Reason("complaint", described["complaint"], "customers with a complaint, who have not been helped yet")
    asks = described["addresses"] > 0 or described["promotion"] >= ASKING or described["disguised"] >= HIDING
    are_strangers = described["accounts_per_comment"] > STRANGERS and described["accounts_together"] <= ACQUAINTED
    if not asks and are_strangers and described.accounts > 1:
        return Reason("wording", 1 - described["promotion"], "many people say it, and it asks for nothing")
    return None


def _is_common_phrase(described: Description) -> bool:
    """Whether a few words without address or promotion come from many."""
    is_by_strangers = described.accounts > 1 and described["accounts_per_comment"] > STRANGERS
    sells = described["addresses"] > 0 or described["promotion"] >= SELLING
    return is_by_strangers and not sells and described.length < SHORT_TEXT


def _reasons(described: Description, contributions: Mapping[str, float], sign: int, kin: float) -> tuple[Reason, ...]:
    """The features that pulled the way of the verdict, in words; features that say the same are merged."""
    pulls: dict[str, float] = {}
    for name, contribution in contributions.items():
        pulls[_SUBJECT[name]] = pulls.get(_SUBJECT[name], 0.0) + sign * contribution
    strongest = sorted(pulls, key=lambda subject: -pulls[subject])[:_REASONS_SHOWN]
    return tuple(
        Reason(subject, float(1 - np.exp(-pulls[subject])), _words(subject, described, kin))
        for subject in strongest
        if pulls[subject] > 0
    ) or (Reason("wording", 0.0, _words("wording", described, kin)),)


_SUBJECT = {
    "log_comments": "size",
    "log_texts": "variants",
    "texts_per_comment": "variants",
    "log_accounts": "accounts",
    "accounts_per_comment": "accounts",
    "busiest_account_share": "accounts",
    "accounts_elsewhere": "elsewhere",
    "accounts_together": "together",
    "log_threads": "threads",
    "threads_per_comment": "threads",
    "log_length": "wording",
    "log_shortest": "wording",
    "tightness": "wording",
    "tightness_by_length": "wording",
    "meaning": "meaning",
    "shared_bits": "words",
    "rarest_word": "words",
    "rarity": "words",
    "longest_word": "words",
    "log_span": "time",
    "log_gap": "time",
    "burst": "time",
    "double_posts": "time",
    "promotion": "promotion",
    "addresses": "addresses",
    "complaint": "complaint",
    "disguised": "disguised",
    "kin": "kin",
}


def _words(subject: str, described: Description, kin: float) -> str:
    days = (described.last_seen - described.first_seen) / 86_400
    accounts = "1 account" if described.accounts == 1 else f"{described.accounts} accounts"
    return {
        "size": f"{described.comments} comments",
        "variants": f"{described.texts} wordings of {described.comments} comments",
        "accounts": f"{accounts}, the busiest wrote {described['busiest_account_share']:.0%}",
        "elsewhere": f"{described['accounts_elsewhere']:.0%} of the accounts also write in other groups",
        "together": f"{described['accounts_together']:.0%} of the accounts meet in other groups again",
        "threads": "in 1 thread" if described.threads == 1 else f"in {described.threads} threads",
        "wording": f"{described.length:.0f} characters long, {described['tightness']:.0%} of the wording shared",
        "meaning": f"cosine {described['meaning']:.2f} to the centre",
        "words": f"the rarest word they share is in one text of {np.exp(described['rarest_word']):,.0f} elsewhere",
        "time": f"over {days:.1f} days, {_span(np.expm1(described['log_gap']))} between comments",
        "promotion": f"promotion wording {described['promotion']:.2f} of 1",
        "addresses": f"{described['addresses']:.0%} of the texts carry an address",
        "complaint": f"complaint {described['complaint']:.2f} of 1",
        "disguised": f"{described['disguised']:.0%} of the comments hide their wording from filters",
        "kin": f"another group is the same push with a likelihood of {kin:.0%}",
    }[subject]


def _span(seconds: float) -> str:
    """A length of time in its largest fitting unit."""
    unit, size = next((one for one in _UNITS if seconds >= one[1]), _UNITS[-1])
    count = round(seconds / size)
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
