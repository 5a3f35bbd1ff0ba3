"""What is known of comments and texts where groups are described."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import log
from typing import Self

import numpy as np

from embeddings.arrays import Floats, Ids, Vectors


@dataclass(frozen=True, slots=True)
class CommentFacts:
    """Columns over the comments of the texts in question, all of one length. Times are seconds since 1970."""

    text_id: Ids
    account: Ids
    thread: Ids
    time: Floats

    @property
    def counts(self) -> dict[int, int]:
        """How many comments each text has."""
        ids, counts = np.unique(self.text_id, return_counts=True)
        return dict(zip(ids.tolist(), counts.tolist(), strict=True))

    def of(self, text_ids: Iterable[int]) -> "CommentFacts":
        """The comments of these texts only, in their order."""
        kept = np.isin(self.text_id, np.fromiter(text_ids, np.int64))
        return CommentFacts(self.text_id[kept], self.account[kept], self.thread[kept], self.time[kept])

    def spans(self) -> tuple[Ids, Floats, Floats]:
        """The ids of the texts, ascending, and the times of the first and the last comment of each."""
        order = np.lexsort((self.time, self.text_id))
        ids, starts = np.unique(self.text_id[order], return_index=True)
        ends = np.append(starts[1:], len(order))[: len(ids)] - 1
        return ids, self.time[order[starts]], self.time[order[ends]]

    def rows_of_texts(self) -> dict[int, Ids]:
        """The places of each text's comments."""
        if not len(self.text_id):
            return {}
        order = np.argsort(self.text_id, kind="stable")
        ids, starts = np.unique(self.text_id[order], return_index=True)
        return dict(zip(ids.tolist(), np.split(order, starts[1:]), strict=True))


# Markers that belong to a person: they say something where several texts carry the same one.
PERSONAL = ("handle", "e-mail", "phone")


@dataclass(frozen=True, slots=True)
class TextFacts:
    """One text: what it says, its words, its vector if the encoder reads it, its wording and markers.

    In what it says a link is only `<link>`: many who share an address in words of their own do not say alike. `words`
    are its distinct words in their order, so that sums over them come out the same in every process.
    """

    said: str
    words: tuple[str, ...]
    vector: Vectors | None
    promotion: float
    complaint: float
    markers: tuple[tuple[str, str], ...]  # (kind, value)
    disguised: float = 0.0  # share of its comments that hide its wording

    @property
    def has_address(self) -> bool:
        """Whether it sends its readers elsewhere. A person's contact may be who is spoken to, or the writer's own."""
        return any(kind not in PERSONAL for kind, _ in self.markers)

    @property
    def contacts(self) -> frozenset[str]:
        """The contacts of persons that it names."""
        return frozenset(value for kind, value in self.markers if kind in PERSONAL)


@dataclass(frozen=True, slots=True)
class Background:
    """How common words are: `counts` says how many of the `texts` distinct texts hold each.

    `settled` says how many of them belong to campaigns that are not looked at again.
    """

    texts: int
    counts: Mapping[str, int]
    settled: Mapping[str, int] = field(default_factory=dict)

    def outside(self, word: str, inside: int) -> int:
        """How many texts hold the word but for those `inside` of groups and for settled ones."""
        return max(self.counts.get(word, 0) - self.settled.get(word, 0) - inside, 0)

    def rarity(self, word: str, without: int = 0) -> float:
        """Inverse document frequency in nats, among all texts but `without` of those that hold the word."""
        return self._rarity(max(self.counts.get(word, 0) - without, 0))

    def rarity_outside(self, word: str, inside: int) -> float:
        """The same among the texts outside."""
        return self._rarity(self.outside(word, inside))

    def _rarity(self, holding: int) -> float:
        return log((self.texts + 1) / (holding + 1))


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of some texts and of all their comments, against the words of all texts."""

    comments: CommentFacts
    texts: Mapping[int, TextFacts]
    background: Background

    def of(self, text_ids: Iterable[int]) -> Self:
        """The facts of these texts only; the comments and the background of all are kept."""
        return replace(self, texts={one: self.texts[one] for one in text_ids})
