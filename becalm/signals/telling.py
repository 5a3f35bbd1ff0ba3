"""Which words of a comment speak the most for what a trained model says of it."""

from collections.abc import Iterable, Mapping
from typing import Self

from .pieces import find_pieces
from .reading import Reading
from .trained import load_pair
from .words import only_words

MOST_TOLD = 3


class TellingWords:
    """How far each word of some comments pulls, by model; reckoned once for all of them."""

    def __init__(self, pulls: Mapping[str, Mapping[str, float]]) -> None:
        self._pulls = pulls

    @classmethod
    def among(cls, asked: Mapping[str, Iterable[Reading]]) -> Self:
        """Of the comments that each model will be asked about."""
        words = {
            model: list(dict.fromkeys(word for reading in readings for word in only_words(reading.words)))
            for model, readings in asked.items()
        }
        return cls({model: _pulls(model, mine) for model, mine in words.items()})

    def of(self, reading: Reading, model: str) -> list[str]:
        """Up to three words that speak the most for what the model says, in their order."""
        pulls = self._pulls[model]
        words = list(dict.fromkeys(only_words(reading.words)))
        strong = sorted(range(len(words)), key=lambda place: -pulls[words[place]])[:MOST_TOLD]
        return [words[place] for place in sorted(strong) if pulls[words[place]] > 0]


def _pulls(model: str, words: list[str]) -> dict[str, float]:
    weights = load_pair(model).by_words.pieces
    return dict(zip(words, find_pieces(words).weigh(weights).tolist(), strict=True))
