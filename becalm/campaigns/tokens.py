"""Words of a text, with where they stand in it."""

from typing import NamedTuple

import regex

# Scripts that put no spaces between words are taken letter by letter.
_TOKEN = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]\p{M}*|"
                       r"[^\s\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]+")  # fmt: skip
_EDGE = regex.compile(r"^[^\w$€£@#]+|[^\w%]+$")


class Token(NamedTuple):
    """A word as it stands from `start` to `end`; `key` is what it is compared by, without signs around it."""

    key: str
    start: int
    end: int


def tokenise(text: str, most: int) -> list[Token]:
    """The first `most` words of `text`."""
    found = []
    for match in _TOKEN.finditer(text):
        found.append(Token(_EDGE.sub("", match[0].casefold()) or match[0], match.start(), match.end()))
        if len(found) == most:
            break
    return found
