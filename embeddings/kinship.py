"""Whether two groups are one push: what their words, addresses, authors and times have in common."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from embeddings.arrays import Floats, Ids
from embeddings.facts import Facts
from embeddings.profiles import Profiles, Samples
from embeddings.spans import DAY, Spans

KINSHIP = (
    "words",
    "rarest_word",
    "own_words",
    "meaning",
    "nearest_meaning",
    "nearest_characters",
    "accounts",
    "lone_authors",
    "log_authors",
    "log_apart",
    "addresses",
    "likelihood",
)

# An account that wrote more than this share of a unit is its author.
AUTHOR = 0.6
# Groups with more days of silence between them are not joined: only their wording brings them together again.
WINDOW_DAYS = 30


@dataclass(frozen=True, slots=True)
class Unit:
    """A group, or a text that is in none: its texts (the medoid first), its authors (comments of each), and when.

    `log_odds` are those of the verdict.
    """

    text_ids: tuple[int, ...]
    authors: Counter[int]
    first_seen: float
    last_seen: float
    log_odds: float

    @property
    def lone_author(self) -> int | None:
        author, comments = self.authors.most_common(1)[0]
        return author if comments > AUTHOR * self.authors.total() else None


@dataclass(frozen=True, slots=True)
class Kinship:
    """Pairs of units (`first` < `second`, by place), and a row of `features` in the order of KINSHIP for each."""

    first: Ids
    second: Ids
    features: Floats


def unit_of(text_ids: Sequence[int], facts: Facts, rows: Mapping[int, Ids], log_odds: float) -> Unit:
    """`rows` are the places of each text's comments in the facts."""
    mine = np.concatenate([rows[one] for one in text_ids])
    times = facts.comments.time[mine]
    authors = Counter(facts.comments.account[mine].tolist())
    return Unit(tuple(text_ids), authors, float(times.min()), float(times.max()), log_odds)


def find_kinship(units: Sequence[Unit], facts: Facts, *, strays_from: int | None = None) -> Kinship:
    """Every pair of units with enough in common to be looked at.

    From the place `strays_from` on, units are only compared with those before it.
    """
    texts = [[facts.texts[one] for one in unit.text_ids] for unit in units]
    profiles, samples = Profiles.of(texts, facts.background), Samples(texts)
    spans = spans_of(units)
    first, second = profiles.candidates(spans, len(units) if strays_from is None else strays_from)
    shared = {
        **profiles.compare(first, second),
        **samples.nearest(first, second),
        **_people(units, first, second),
        "log_apart": np.log1p(spans.apart(first, second) / DAY),
        "addresses": profiles.addresses[first] * profiles.addresses[second],
    }
    return Kinship(first, second, np.column_stack([shared[name] for name in KINSHIP]).reshape(-1, len(KINSHIP)))


def spans_of(units: Sequence[Unit]) -> Spans:
    begins, ends = (np.array([getattr(unit, name) for unit in units], float) for name in ("first_seen", "last_seen"))
    return Spans(begins, ends, WINDOW_DAYS * DAY)


def _people(units: Sequence[Unit], first: Ids, second: Ids) -> dict[str, Floats]:
    """Share of authors in common, whether each has an author of its own, and the fewer authors."""
    log_odds = np.array([unit.log_odds for unit in units], float)
    authors = np.array([len(unit.authors) for unit in units], float)
    lone = np.array([-1 if unit.lone_author is None else unit.lone_author for unit in units], np.int64)
    fewer = np.minimum(authors[first], authors[second])
    common = [
        len(units[one].authors.keys() & units[other].authors.keys())
        for one, other in zip(first.tolist(), second.tolist(), strict=True)
    ]
    has_own = (lone[first] >= 0) & (lone[second] >= 0) & (lone[first] != lone[second])
    return {
        "accounts": np.array(common, float) / fewer,
        "lone_authors": has_own.astype(float),
        "log_authors": np.log(fewer),
        "likelihood": np.minimum(log_odds[first], log_odds[second]),
    }
