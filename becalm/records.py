"""The values that travel between rooms: plain, frozen, and free of any library.

Similarities are cosines or Jaccard indices in 0..1, where 1 is the same.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Channel(StrEnum):
    """The evidence that ties two texts."""

    CHARACTERS = "characters"
    MEANING = "meaning"


class Judgement(StrEnum):
    """What a group is."""

    CAMPAIGN = "campaign"
    FLOOD = "flood"
    ECHO = "echo"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a verdict, a signal or a priority is what it is, in words a moderator understands."""

    signal: str
    score: float
    text: str

    def as_dict(self) -> dict[str, str | float]:
        return {"signal": self.signal, "score": round(self.score, 4), "text": self.text}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Campaign, flood or echo; `score` is the likelihood 0..1 that it is no echo."""

    judgement: Judgement
    score: float
    reasons: tuple[Reason, ...] = field(default=())
