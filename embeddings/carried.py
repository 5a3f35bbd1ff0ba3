"""What an account's comments carry that can be named: links, hashtags, people, phrases, threads, and its own name."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import regex
from scipy.sparse import csr_array

from embeddings.grams import weigh_rare
from embeddings.normalise import normalise
from embeddings.words import split
from embeddings.writers import Writer

LINK = re.compile(r"https?:[^\s'\"“”,]*", re.IGNORECASE)
_WHOLE_LINK = re.compile(r"https?://((?:[\w-]+\.)+[a-z]{2,})(/[^\s…]*)?", re.IGNORECASE)
_HASHTAG = regex.compile(r"#[\p{L}\p{M}\p{N}_]+")
_MENTION = regex.compile(r"(?<![\p{L}\p{N}])@[\p{L}\p{N}_.]+")
# Shorteners give links to one place codes that begin alike: what comes after is of the single post.
_CODE = re.compile(r"/(\w{5})\w{2,9}\.?$")
_PHRASE_WORDS = 4
_NAME_LETTERS = 3

Tokens = Callable[[Writer], Iterator[str]]


class Carried:
    """For each account what it carries as a row, rare things weighing most; see `weigh_rare`."""

    def __init__(self, writers: Sequence[Writer], tokens: Tokens, *, alone: bool = False) -> None:
        counted = [Counter(tokens(writer)) for writer in writers]
        self._columns = {token: place for place, token in enumerate(sorted(set().union(*counted)))}
        self._names = list(self._columns)
        self.rows = weigh_rare(_matrix(counted, self._columns), alone=alone)

    def shared(self, first: int, second: int) -> list[str]:
        """What both carry, the rarest and most used first."""
        both = self.rows[[first]].multiply(self.rows[[second]]).tocoo()
        ordered = np.argsort(-both.data, kind="stable")
        return [self._names[column] for column in both.coords[1][ordered]]


def _matrix(counted: Sequence[Mapping[str, int]], columns: Mapping[str, int]) -> csr_array:
    values = np.array([count for one in counted for count in one.values()], np.float32)
    places = np.array([columns[token] for one in counted for token in one], np.int64)
    limits = np.concatenate([[0], np.cumsum([len(one) for one in counted])])
    matrix = csr_array((values, places, limits), shape=(len(counted), len(columns)))
    matrix.sort_indices()
    return matrix


def links(writer: Writer) -> Iterator[str]:
    """Sites, whole links, and where short links lead to one place, what their codes have in common."""
    for text in writer.texts:
        for found in map(_WHOLE_LINK.fullmatch, LINK.findall(text)):
            if found:
                yield from _parts(found[1].lower(), found[2] or "")


def _parts(site: str, path: str) -> Iterator[str]:
    if code := _CODE.fullmatch(path):
        yield f"{site}/{code[1]}…"
        return
    yield site
    if path.strip("/"):
        yield f"{site}{path}"


def hashtags(writer: Writer) -> Iterator[str]:
    for text in writer.texts:
        yield from (tag.lower() for tag in _HASHTAG.findall(LINK.sub("", text)))


def targets(writer: Writer) -> Iterator[str]:
    """Who is addressed by name, and whose comments are answered."""
    for comment in writer.comments:
        yield from (handle.lower().rstrip(".") for handle in _MENTION.findall(comment.text))
        if comment.answers and comment.answers != writer.account_id:
            yield comment.answers


def phrases(writer: Writer) -> Iterator[str]:
    """Four words in a row, disguises undone; of a shorter comment all of it."""
    for text in writer.texts:
        words = split(normalise(LINK.sub(" ", text)))
        for start in range(max(len(words) - _PHRASE_WORDS, 0) + 1 if words else 0):
            yield " ".join(words[start : start + _PHRASE_WORDS])


def threads(writer: Writer) -> Iterator[str]:
    for comment in writer.comments:
        if comment.thread:
            yield comment.thread


def name_parts(writer: Writer) -> Iterator[str]:
    """Three letters of the name in a row, disguises undone, with what stands between words and numbers left out."""
    letters = "".join(sign for sign in normalise(writer.name) if sign.isalpha())
    padded = f"^{letters}$"
    for start in range(len(padded) - _NAME_LETTERS + 1 if letters else 0):
        yield padded[start : start + _NAME_LETTERS]
