"""What a rule's condition may ask about: the vocabulary that the policy file and the cases share."""

from dataclasses import dataclass
from enum import StrEnum
from math import inf

from ..records import Judgement


class AppliesTo(StrEnum):
    """What a rule looks at, and so the kind of the case that it opens."""

    COMMENT = "comment"
    GROUP = "group"
    ACCOUNT = "account"


class FactKind(StrEnum):
    """A number, one name, or several names (whose number can be asked as well)."""

    NUMBER = "number"
    NAME = "name"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that can be asked; `names` empty means that any name may stand there."""

    kind: FactKind
    words: str
    low: float = 0.0
    high: float = 1.0
    names: tuple[str, ...] = ()


def _score(words: str) -> Fact:
    return Fact(FactKind.NUMBER, words)


def _count(words: str, low: float = 0.0) -> Fact:
    return Fact(FactKind.NUMBER, words, low, high=inf)


VERDICTS = tuple(judgement.value for judgement in Judgement)
# An echo is nobody's offence, so no case is opened for its group.
GROUP_VERDICTS = tuple(verdict for verdict in VERDICTS if verdict != Judgement.ECHO)

SIGNALS = {
    "spam": _score("reads like spam"),
    "abuse": _score("abusive language"),
    "off_topic": _score("has nothing to do with its thread"),
    "complaint": _score("complains"),
    "praise": _score("praises"),
    "sentiment": Fact(FactKind.NUMBER, "mood from bad (-1) to good (1)", low=-1.0),
}
PRIVATE_DATA = ("e-mail address", "phone number", "postal address", "payment card", "bank account", "national id")
WHOSE = ("own", "another's", "unclear")
STRIKES = _count("weight of the account's strikes in force")

FACTS: dict[AppliesTo, dict[str, Fact]] = {
    AppliesTo.COMMENT: {
        **SIGNALS,
        "keywords": Fact(FactKind.NAMES, "holds words of the alert lists", high=inf),
        "private_data": Fact(FactKind.NAMES, "shows private data", high=inf, names=PRIVATE_DATA),
        "private_data_of": Fact(FactKind.NAMES, "shows private data of", high=inf, names=WHOSE),
        "rating": Fact(FactKind.NUMBER, "stars given with the comment", high=inf),
        "likes": _count("likes of the comment"),
        "strikes": STRIKES,
        "verdict": Fact(FactKind.NAME, "verdict on the comment's group", names=VERDICTS),
    },
    AppliesTo.GROUP: {
        **SIGNALS,
        "verdict": Fact(FactKind.NAME, "verdict on the group", names=GROUP_VERDICTS),
        "score": _score("likelihood that it is no echo"),
        "comments": _count("comments in the group", low=1.0),
        "accounts": _count("accounts in the group", low=1.0),
        "threads": _count("threads the group stands in", low=1.0),
        "channels": _count("channels the group stands in", low=1.0),
    },
    AppliesTo.ACCOUNT: {
        "strikes": STRIKES,
        "score": _score("offender score"),
        "alternate": _score("looks like an offender's other account"),
    },
}

# Facts that come from strikes: a rule that reads them may give none, or a machine's mark would breed the next one.
MADE_FROM_STRIKES = frozenset({"strikes"})

# Signs of a customer who has not been helped.
UNHAPPY = frozenset({"complaint", "sentiment", "rating"})

PLACEHOLDERS = {
    "brand": "the brand's name",
    "name": "how the person is addressed",
    "channel": "where the comment stands",
    "thread": "title of the thread",
    "rule": "title of the policy rule",
    "rule_meaning": "what the rule says, in plain words",
    "policy_link": "address of the public guidelines",
    "support_link": "address of customer support",
    "appeal_link": "address where the decision can be contested",
    "handler": "first name of the person who answers",
    "case": "number of the case",
    "due": "when the case is due",
    "until": "when a restriction ends",
}
