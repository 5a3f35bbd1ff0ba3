"""One kind of pattern that campaigns had in common."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pattern:
    """A `kind` of pattern, in how many campaigns of a period it stood, and how many comments those wrote in it."""

    kind: str
    campaigns: int
    comments: int
