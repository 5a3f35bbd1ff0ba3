"""What is known about a comment before it is scored, and what is known after."""

from dataclasses import dataclass, field
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from becalm.records import Reason

from .keywords import NO_KEYWORDS, KeywordLists

Vectors = NDArray[np.float32]


class MaskedData(TypedDict):
    """Private data in a comment: never the value itself. `start` is its offset in the raw text, `whose` a `Whose`."""

    kind: str
    start: int
    masked: str
    whose: str


@dataclass(frozen=True, slots=True)
class Context:
    """Words that a comment stands under: a post's title and text, or the comment that it answers."""

    normalised: str
    vector: Vectors


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is around a comment, each by the encoder that the models were fitted with; None where nothing is known.

    `company` is the unit vector amid other comments of the thread.
    """

    thread: Context | None = None
    parent: Context | None = None
    company: Vectors | None = None


NOTHING_AROUND = Surroundings()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One comment.

    `text` is raw, as people see it; `normalised` is the same in lower case with its disguises undone.
    `around` is what it may have to do with.
    `rating` is in stars, 1 to 5. `is_brand` means that the brand itself wrote it. `platform`, `channel` and `language`
    (BCP 47, None where nobody told) say which alert lists listen.
    `vector` is the unit vector of `normalised` by the encoder that the trained models were fitted with; where it is
    None, they go by the words alone.
    """

    text: str
    normalised: str
    around: Surroundings = NOTHING_AROUND
    rating: float | None = None
    keyword_lists: KeywordLists = NO_KEYWORDS
    is_brand: bool = False
    platform: str = ""
    channel: str = ""
    language: str | None = None
    vector: Vectors | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """Every signal of one comment, 0..1 each, sentiment -1..1; `off_topic` is None where nobody can say.

    A reason's `signal` is the name of the field it speaks for, and every field that is not 0 or empty has one; the
    learned ones from 0.35 on, for what is less likely says nothing. `promotion` and `grievance` are what of `spam` and
    `complaint` the lexicons found, `praised` is what praise names, `topics` are those of a complaint.
    """

    spam: float = 0.0
    promotion: float = 0.0
    abuse: float = 0.0
    off_topic: float | None = None
    complaint: float = 0.0
    grievance: float = 0.0
    praise: float = 0.0
    praised: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    sentiment: float = 0.0
    keywords: list[str] = field(default_factory=list)
    private_data: list[MaskedData] = field(default_factory=list)
    reasons: tuple[Reason, ...] = ()
