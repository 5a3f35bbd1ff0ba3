"""Markers: what the texts of a campaign carry in common, so that the next one of the same push is known by it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from .links import find_links

_HANDLE = re.compile(r"(?<![\w.])@[a-z0-9_.]{3,30}")
MOST_MARKERS = 20
# A marker in one wording of many is an accident; in a fifth of them, or the only one there is, it is the message.
FEWEST_SHARE = 0.2


def shared_markers(texts: Sequence[str]) -> list[dict[str, str | int]]:
    """Domains and handles in at least a fifth of the normalised `texts`, commonest first: {kind, value, texts}.

    Rotating domains are each rare, so where the texts carry many, the commonest of them are listed all the same.
    """
    found = Counter(marker for text in texts for marker in set(_markers(text)))
    carriers = Counter(kind for text in texts for kind in {kind for kind, _ in _markers(text)})
    needed = FEWEST_SHARE * len(texts)
    kept = [
        (marker, count) for marker, count in found.items() if count >= needed or carriers[marker[0]] >= 0.5 * len(texts)
    ]
    kept.sort(key=lambda item: (-item[1], item[0]))
    return [{"kind": kind, "value": value, "texts": count} for (kind, value), count in kept[:MOST_MARKERS]]


def _markers(text: str) -> Iterator[tuple[str, str]]:
    for link in find_links(text):
        yield "domain", link.domain
    for handle in _HANDLE.findall(text):
        yield "handle", handle.rstrip(".")
