"""Markers: what the texts of a campaign carry in common and others don't, by which the next of the push is known."""

from collections import Counter
from collections.abc import Sequence

from embeddings.facts import Background, TextFacts
from embeddings.profiles import OWN_WORD

Marker = dict[str, str | int]

MOST_MARKERS = 20
# A marker in one wording of many is an accident; in a fifth of them, or the only one there is, it is the message.
FEWEST_SHARE = 0.2
SHORTEST_WORD = 5


def shared_markers(texts: Sequence[TextFacts], background: Background) -> list[Marker]:
    """Addresses, handles and own words of a campaign's texts, commonest first: {kind, value, texts}.

    What stands in a fifth of the texts is told, and of many texts nothing that stands in one only. Rotating domains
    are each rare, so where half of the texts carry one, the commonest are listed all the same.
    """
    found = Counter(marker for text in texts for marker in set(text.markers))
    carriers = Counter(kind for text in texts for kind in {kind for kind, _ in text.markers})
    needed = FEWEST_SHARE * len(texts)
    kept = [
        (marker, count)
        for marker, count in found.items()
        if count >= needed or (marker[0] != "handle" and carriers[marker[0]] >= 0.5 * len(texts))
    ]
    kept += [(("word", word), count) for word, count in _own_words(texts, background).items() if count >= needed]
    kept = [(marker, count) for marker, count in kept if count > 1 or len(texts) == 1]
    addresses = [value for (kind, value), _ in kept if kind != "word"]
    kept.sort(key=lambda item: (-item[1], item[0]))
    told: list[Marker] = [
        {"kind": kind, "value": value, "texts": count}
        for (kind, value), count in kept
        if kind != "word" or not any(value in address for address in addresses)
    ]
    return told[:MOST_MARKERS]


def _own_words(texts: Sequence[TextFacts], background: Background) -> Counter[str]:
    """Words of these texts that hardly any other text holds."""
    inside = Counter(word for text in texts for word in text.words if len(word) >= SHORTEST_WORD)
    return Counter(
        {word: count for word, count in inside.items() if background.counts.get(word, 0) - count <= OWN_WORD}
    )
