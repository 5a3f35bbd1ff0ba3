"""The tone lexicon: wordings by language and kind, read from tone.yaml beside the code, and found in a text."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

_GROUP = re.compile(r"\(([^()]*)\)|([^\s()]+)")
# A short ending is a word of its own: "we'll" is found where "we will" is.
_ENDING = r"['’](?:ll|re|ve|m|d)\b"
_WORD = re.compile(rf"{_ENDING}|\w+(?:(?!{_ENDING})['’-]\w+)*|%", re.IGNORECASE)
_BREAK = re.compile(r"[.!?;:\n]")
_ANY, _MOST_BETWEEN = "...", 3
_NUMBERS = frozenset(
    {"a", "an", "one", "two", "three", "four", "five", "six", "seven", "some"}
    | {"ein", "eine", "einem", "einen", "einer", "zwei", "drei", "vier", "fünf", "sechs", "sieben"}
)

Part = tuple[tuple[str, ...], ...]  # the choices at one place, longer ones first


class Token(NamedTuple):
    """A word of a text, in lower case, and where it stands."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Kind:
    """What wordings are objected to as, and why; those of the kind `fine` hide what they hold from all others."""

    name: str
    why: str

    @property
    def is_fine(self) -> bool:
        return self.name == "fine"


@dataclass(frozen=True, slots=True)
class ToneLexicon:
    """The wordings of one language, by the words they may begin with (without the `*` of an open ending)."""

    by_first: dict[str, list[tuple[Kind, tuple[Part, ...]]]]
    stems: tuple[str, ...]

    def find(self, text: str) -> Iterator[tuple[Kind, int, int]]:
        """Each wording in `text` with its start and end, the longest of a line at each place."""
        for tokens in sentences_of(text):
            for place, token in enumerate(tokens):
                for kind, parts in self._beginning_with(token.word):
                    end = _end_of(parts, tokens, place)
                    if end is not None and end > place:
                        yield kind, token.start, tokens[end - 1].end

    def _beginning_with(self, word: str) -> Iterator[tuple[Kind, tuple[Part, ...]]]:
        firsts = [word, *(stem for stem in self.stems if word.startswith(stem[:-1]))]
        firsts += ["<number>"] if _is_number(word) else []
        for first in firsts:
            yield from self.by_first.get(first, ())


@lru_cache(maxsize=16)
def load_tone(language: str) -> ToneLexicon | None:
    """The lexicon of a language (that of `de` for `de-AT`), None where there is none.

    A line is one wording: `(a|b c|)` is a choice, here also of nothing; `word*` any ending; `<number>` a number, also
    in words; `...` up to three words of the same sentence. Case and the shape of apostrophes make no difference.
    """
    kinds = _document().get(language.split("-")[0].lower())
    if kinds is None:
        return None
    by_first = defaultdict(list)
    for name, entry in kinds.items():
        kind = Kind(name, entry.get("why", ""))
        for line in filter(str.strip, entry["phrases"].splitlines()):
            parts = tuple(_part(choice, word) for choice, word in _GROUP.findall(line))
            for first in _firsts(parts):
                by_first[first].append((kind, parts))
    return ToneLexicon(dict(by_first), tuple(first for first in by_first if first.endswith("*")))


def tone_languages() -> tuple[str, ...]:
    """The languages that have a lexicon."""
    return tuple(_document())


def sentences_of(text: str) -> Iterator[list[Token]]:
    """The words of each sentence, `%` among them; a colon and a line end a sentence too."""
    sentence: list[Token] = []
    last = 0
    for match in _WORD.finditer(text):
        if sentence and _BREAK.search(text, last, match.start()):
            yield sentence
            sentence = []
        sentence.append(Token(match[0].lower().replace("’", "'"), match.start(), match.end()))
        last = match.end()
    yield sentence


@lru_cache(maxsize=1)
def _document() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(files(__package__).joinpath("tone.yaml").read_text("utf-8"))
    return loaded


def _part(choice: str, word: str) -> Part:
    if word in (_ANY, "<number>"):
        return ((word,),)
    options = {_words(option) for option in (choice.split("|") if choice else [word])}
    return tuple(sorted(options, key=lambda option: (-len(option), option)))


def _words(option: str) -> tuple[str, ...]:
    """Cut as a text is, so that both meet."""
    cut = (_WORD.findall(word.lower()) for word in option.split())
    words = [word for pieces in cut for word in pieces]
    return (*words[:-1], f"{words[-1]}*") if option.endswith("*") else tuple(words)


def _firsts(parts: Sequence[Part]) -> Iterator[str]:
    for part in parts:
        yield from {option[0] for option in part if option and option[0] != _ANY}
        if () not in part:
            return


def _end_of(parts: Sequence[Part], tokens: Sequence[Token], place: int) -> int | None:
    """Past the last token of the wording that begins at `place`, None where none does."""
    if not parts:
        return place
    here, rest = parts[0], parts[1:]
    if here == ((_ANY,),):
        for skipped in range(_MOST_BETWEEN + 1):
            end = _end_of(rest, tokens, place + skipped)
            if end is not None:
                return end
        return None
    for option in here:
        if _stands_at(option, tokens, place):
            end = _end_of(rest, tokens, place + len(option))
            if end is not None:
                return end
    return None


def _stands_at(option: Sequence[str], tokens: Sequence[Token], place: int) -> bool:
    if place + len(option) > len(tokens):
        return False
    here = tokens[place : place + len(option)]
    return all(map(_is_meant, option, here))


def _is_meant(word: str, token: Token) -> bool:
    if word == "<number>":
        return _is_number(token.word)
    return token.word.startswith(word[:-1]) if word.endswith("*") else token.word == word


def _is_number(word: str) -> bool:
    return word[0].isdigit() or word in _NUMBERS
