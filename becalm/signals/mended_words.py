"""Misspelled and half-hidden rude words, written as they are meant."""

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

# Signs for letters at the border of a word, which normalising leaves alone: a sign there may belong to a number or an
# address. Here only a rude word can come of it.
_SIGNS = str.maketrans("013456789!$@|ßþ¡", "oieasgtbpisaippi")
_SECOND_SIGNS = str.maketrans("167!", "lktl")
_SIGNED = re.compile(r"(?<![^\s(\"'“])[^\s.,;:?()\"“”]*[^\W_][^\s.,;:?()\"“”]*")
_HAS_SIGN = re.compile(r"[!$@|ßþ¡0-9](?=[^\W\d_])|(?<=[^\W\d_])[$@|ßþ¡0-9]")
_FEWEST_TO_DROP = 5
_FEWEST_LETTERS = 3


class MendedWords:
    """Knows `words` by their misspelled forms, but for forms that are `ordinary` words themselves."""

    def __init__(self, words: Iterable[str], ordinary: Iterable[str]) -> None:
        self._words = {word for word in words if word.isalpha() and len(word) >= _FEWEST_LETTERS}
        kept = self._words.union(ordinary)
        # Of two words with a form in common the shorter is meant: "crapp" is "crap", not "crappy" cut short.
        by_length = sorted(self._words, key=lambda word: (-len(word), word))
        self._meant = {form: word for word in by_length for form in _forms(word) if form not in kept}
        self._forms = frozenset(self._meant)

    def mend_signs(self, text: str) -> str:
        """`text` with "!diot" and "jacka$$" in letters, where at least half of them are letters."""
        return _SIGNED.sub(self._without_signs, text) if _HAS_SIGN.search(text) else text

    def mend(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """`words` with "stuupid", "stupd" and "sutpid" as meant."""
        if self._forms.isdisjoint(words):
            return words
        return tuple([self._meant.get(word, word) for word in words])

    def _without_signs(self, found: re.Match[str]) -> str:
        token = found[0]
        body = token.rstrip("!")
        if not _HAS_SIGN.search(body) or "://" in token or token.startswith("@"):
            return token
        if 2 * sum(map(str.isalpha, body)) < len(body):
            return token
        for signs in (_SIGNS, _SIGNS | _SECOND_SIGNS):
            word = body.translate(signs)
            meant = self._meant.get(word, word)
            if meant in self._words:
                return meant + token[len(body) :]
        return token


def _forms(word: str) -> Iterator[str]:
    """One or two letters doubled, a double letter single; in longer words a letter left out, or two swapped."""
    size = len(word)
    for places in (*combinations(range(size), 1), *combinations(range(size), 2)):
        yield "".join(letter * 2 if place in places else letter for place, letter in enumerate(word))
    for place in range(1, size):
        if word[place] == word[place - 1] or size >= _FEWEST_TO_DROP:
            yield word[:place] + word[place + 1 :]
        if place + 1 < size >= _FEWEST_TO_DROP:
            yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]
