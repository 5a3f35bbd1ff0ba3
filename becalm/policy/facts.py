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
    THREAD = "thread"


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
    half: float | None = None  # a count that says half of what any number of them could


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
COMPLAINT_TOPICS = (
    "money_back", "overcharged", "not_delivered", "broken", "waiting", "cancelled", "no_answer", "bad_service",
    "leaving", "asks_help",
)  # fmt: skip

FACTS: dict[AppliesTo, dict[str, Fact]] = {
    AppliesTo.COMMENT: {
        **SIGNALS,
        "keywords": Fact(FactKind.NAMES, "holds words of the alert lists", high=inf),
        "praised": Fact(FactKind.NAMES, "says what is good", high=inf),
        "private_data": Fact(FactKind.NAMES, "shows private data", high=inf, names=PRIVATE_DATA),
        "private_data_of": Fact(FactKind.NAMES, "whose private data it is", high=inf, names=WHOSE),
        "rating": Fact(FactKind.NUMBER, "stars given with the comment", high=inf),
        "likes": _count("likes of the comment"),
        "reports": Fact(FactKind.NUMBER, "reported by users, each by how reliable they are", high=inf, half=1.0),
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
        "warnings": _count("warnings in force"),
        "after_warning": _count("comments against the rules after the latest warning"),
        "suspensions": _count("suspensions in force"),
    },
    AppliesTo.THREAD: {
        "heat": _score("how sure it is that the tone turned"),
        "comments": _count("comments lately"),
        "harsh": _count("harsh comments lately"),
        "harsh_accounts": _count("accounts that wrote them"),
    },
}

# Facts that come from strikes: a rule that reads them may give none, or a machine's mark would breed the next one.
MADE_FROM_STRIKES = frozenset({"strikes"})

# What users say of a comment: it brings the comment to people, and nothing else.
REPORTS = "reports"

# What an account went on with although it was told: nobody is suspended without.
WARNED_IN_VAIN = "after_warning"
LIKENESS = "alternate"

# What tells that an account breaks the rules, and not only whom it is like.
LADDERED = frozenset({"strikes", WARNED_IN_VAIN})

# Signs of a customer who has not been helped.
UNHAPPY = frozenset({"complaint", "sentiment", "rating"})

# What the response tree may ask of a case, whatever it is about; of several comments, the clearest one's or the mean.
RESPONSE_FACTS = {
    **SIGNALS,
    "rule": Fact(FactKind.NAME, "opened under the rule"),
    "kind": Fact(FactKind.NAME, "is about a", names=tuple(AppliesTo)),
    "verdict": Fact(FactKind.NAME, "verdict on the group", names=VERDICTS),
    "keywords": FACTS[AppliesTo.COMMENT]["keywords"],
    "private_data": FACTS[AppliesTo.COMMENT]["private_data"],
    "private_data_of": FACTS[AppliesTo.COMMENT]["private_data_of"],
    "rating": FACTS[AppliesTo.COMMENT]["rating"],
    "complaint_topics": Fact(FactKind.NAMES, "complains that", high=inf, names=COMPLAINT_TOPICS),
    "notices": _count("notices that the account had from us before"),
    "ladder": Fact(FactKind.NAME, "the ladder's step for what people upheld of the account"),
    "public_answers": _count("public answers that the account had from us in this thread"),
}
