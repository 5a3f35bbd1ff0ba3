"""What stays and what varies in the wordings of a group: its medoid, with places that others fill in other words."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .alignment import Integers, align
from .tokens import Token, tokenise

# Both bound the work: 400 wordings of 160 words take a quarter of a second.
WORDINGS_AT_MOST = 400
WORDS_AT_MOST = 160
FILLERS_AT_MOST = 8
# A word is fixed if this share of the comments has it, and words put in between are told from this share on.
FIXED_SHARE = 0.75
INSERTED_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Slot:
    """A place that varies: its commonest fillers with their comments, the commonest first; "" is nothing at all.

    `wordings` counts the different fillers, `comments` the comments that have one. Others lack the words around
    the place, so that nothing can be said of what they put there.
    """

    fillers: tuple[tuple[str, int], ...]
    wordings: int
    comments: int


@dataclass(frozen=True, slots=True)
class Variation:
    """The medoid as fixed stretches (str) and slots in turn; from so many `wordings` and `comments`.

    `is_cut` says that words past the 160th were left out.
    """

    parts: tuple[str | Slot, ...]
    wordings: int
    comments: int
    is_cut: bool

    @property
    def slots(self) -> tuple[Slot, ...]:
        return tuple(part for part in self.parts if isinstance(part, Slot))


def vary(medoid: str, wordings: Mapping[str, int]) -> Variation:
    """How `wordings` (text to comments) differ from `medoid`; looks at the first 400 of them."""
    compared = dict(list(wordings.items())[:WORDINGS_AT_MOST])
    comments = np.fromiter(compared.values(), int, len(compared))
    words = tokenise(medoid, WORDS_AT_MOST)
    each = [tokenise(text, WORDS_AT_MOST) for text in compared]
    places = align([word.key for word in words], [[word.key for word in one] for one in each])
    is_fixed = (comments @ (places >= 0)) >= FIXED_SHARE * comments.sum()
    members = list(zip(compared, each, compared.values(), strict=True))
    parts = tuple(_parts(medoid, words, np.flatnonzero(is_fixed).tolist(), members, places))
    is_cut = any(len(one) == WORDS_AT_MOST for one in (words, *each))
    return Variation(parts, len(compared), int(comments.sum()), is_cut)


_Member = tuple[str, list[Token], int]


def _parts(
    medoid: str, words: list[Token], fixed: list[int], members: Sequence[_Member], places: Integers
) -> Iterator[str | Slot]:
    """Fixed stretches, with a slot wherever words between two fixed ones vary."""
    begins = 0
    for at, (before, after) in enumerate(zip([-1, *fixed], [*fixed, len(words)], strict=True)):
        slot = _slot(before, after, len(words), members, places)
        if slot is None:
            continue
        if begins < at:
            yield medoid[words[fixed[begins]].start : words[fixed[at - 1]].end]
        yield slot
        begins = at
    if begins < len(fixed):
        yield medoid[words[fixed[begins]].start : words[fixed[-1]].end]


def _slot(before: int, after: int, words: int, members: Sequence[_Member], places: Integers) -> Slot | None:
    """What stands between two fixed words of the medoid, or None where hardly anything does."""
    said: Counter[tuple[str, ...]] = Counter()
    shown: dict[tuple[str, ...], str] = {}
    for (text, own, comments), place in zip(members, places, strict=True):
        first = place[before] + 1 if before >= 0 else 0
        last = place[after] if after < words else len(own)
        if (before >= 0 and first == 0) or last < 0:
            continue  # without both fixed words around it, no one can say what stands between them
        filler = tuple(token.key for token in own[first:last])
        said[filler] += comments
        shown.setdefault(filler, text[own[first].start : own[last - 1].end] if filler else "")
    if after == before + 1 and said.total() - said[()] < max(1, INSERTED_SHARE * said.total()):
        return None
    ranked = sorted(said.items(), key=lambda item: (-item[1], item[0]))
    fillers = tuple((shown[filler], comments) for filler, comments in ranked[:FILLERS_AT_MOST])
    return Slot(fillers, len(+said), said.total())
