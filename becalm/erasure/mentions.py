"""Finding a person in what others wrote about them: ids, names and words, wherever they stand by themselves."""

from collections.abc import Iterable
from typing import Any

from ahocorasick_rs import AhoCorasick

ERASED = "[erased]"
# Shorter names and ids are words or numbers of everybody's, and shorter texts many people's.
FEWEST_OF_NAME, FEWEST_OF_TEXT = 5, 12


class Mentions:
    """Phrases that are to go from texts; none that is only a part of a word."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self.phrases = tuple(sorted({one for one in phrases if one.strip() and _is_writable(one)}))
        self._automaton = AhoCorasick(self.phrases) if self.phrases else None

    def scrub(self, text: str) -> str:
        """`text` with `[erased]` in place of every mention; the same text where there is none."""
        if self._automaton is None or not _is_writable(text):
            return text
        parts, end = [], 0
        for start, stop in _spans(text, self._automaton):
            parts += [text[end:start], ERASED]
            end = stop
        return "".join([*parts, text[end:]]) if parts else text

    def scrub_json(self, value: Any) -> Any:
        """The same for every text in a value of JSON; keys stay."""
        match value:
            case str():
                return self.scrub(value)
            case list():
                return [self.scrub_json(one) for one in value]
            case dict():
                return {key: self.scrub_json(one) for key, one in value.items()}
        return value


def names(*given: str | None) -> list[str]:
    """Those that are long enough to mean somebody."""
    return [one for one in given if one and len(one) >= FEWEST_OF_NAME]


def texts(given: Iterable[str]) -> list[str]:
    """Those that are long enough to be somebody's."""
    return [one for one in given if len(one) >= FEWEST_OF_TEXT]


def _spans(text: str, automaton: AhoCorasick) -> list[tuple[int, int]]:
    """Where mentions stand, in order; those that overlap are one."""
    spans: list[tuple[int, int]] = []
    found = ((start, stop) for _, start, stop in automaton.find_matches_as_indexes(text, overlapping=True))
    for start, stop in sorted(one for one in found if _stands_alone(text, *one)):
        if spans and start < spans[-1][1]:
            spans[-1] = spans[-1][0], max(stop, spans[-1][1])
        else:
            spans.append((start, stop))
    return spans


def _stands_alone(text: str, start: int, stop: int) -> bool:
    is_open = start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
    return is_open and (stop == len(text) or not (text[stop].isalnum() and text[stop - 1].isalnum()))


def _is_writable(text: str) -> bool:
    """Half of a pair of surrogates is no text that the automaton reads."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
