"""Private data where it stands, before it is masked for all others."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FoundData:
    """`start` and `end` are offsets in the raw text; `masked` is all of the value that may be shown."""

    kind: str
    start: int
    end: int
    masked: str
