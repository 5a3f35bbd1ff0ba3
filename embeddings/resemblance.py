"""What two accounts have in common, as a sentence for the person who looks into it."""

import re
from collections.abc import Mapping, Sequence

from embeddings.likeness import HABITS, Likeness

_NAMED = 3
_LONGEST = 60
# Phone numbers and the like are nobody's business here.
_NUMBER = re.compile(r"\d{3,}")

_HABITS = {
    "wording": "spelling and favourite words",
    "signs": "punctuation, capitals and emoji",
    "meaning": "what it writes about",
    "hours": "the hours of the day at which it writes",
}
_CARRIED = {
    "links": ("shares the same link", "shares the same links"),
    "hashtags": ("uses the same hashtag", "uses the same hashtags"),
    "targets": ("addresses the same person", "addresses the same people"),
    "phrases": ("repeats a phrase that few use", "repeats phrases that few use"),
}


def told(likeness: Likeness, evidence: str, one: int, other: int, closer_than: Mapping[str, float]) -> str:
    """The sentence for one kind of evidence that speaks for `one` and `other` being the same person.

    `closer_than` has for each habit the share of accounts that are less like `one` than `other` is.
    """
    if evidence in HABITS:
        return f"{_HABITS[evidence]}: closer than {_at_most(closer_than[evidence])} of the other accounts"
    if evidence == "name":
        return "the names are alike, letter by letter"
    shared = likeness.carried[evidence].shared(one, other)
    if evidence == "threads":
        return (
            "writes in one of the same threads" if len(shared) == 1 else f"writes in {len(shared)} of the same threads"
        )
    return f"{_CARRIED[evidence][len(shared) > 1]}: {_listed(shared)}"


def _at_most(share: float) -> str:
    """A share in percent that is never rounded up to all."""
    return f"{int(share * 1_000) / 10:g} %"


def _listed(shared: Sequence[str]) -> str:
    shown = ", ".join(_NUMBER.sub("…", one)[:_LONGEST] for one in shared[:_NAMED])
    return shown if len(shared) <= _NAMED else f"{shown} and {len(shared) - _NAMED} more"
