"""Many new reporters at once: whoever is behind them, together they are one voice."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from ..policy.reports import Reports


class Voice(NamedTuple):
    """One open report of a comment. `is_known`: the reporter is trusted, or people have answered them before."""

    reporter_id: int
    reported_at: datetime
    first_reported_at: datetime
    is_known: bool


def tied(voices: Iterable[Voice], terms: Reports) -> frozenset[int]:
    """The reporters who are new and reported within `tied_minutes` of `tied_least` others like them, or none.

    By how often the same is reported, a crowd that saw the same comment can't be told from one person with many
    accounts; so it is not held against anybody, and only counts as one.
    """
    newest = timedelta(days=terms.new_days)
    new = sorted(
        (each for each in voices if not each.is_known and each.reported_at - each.first_reported_at <= newest),
        key=lambda each: (each.reported_at, each.reporter_id),
    )
    span, start = timedelta(minutes=terms.tied_minutes), 0
    found: set[int] = set()
    for end, voice in enumerate(new):
        while voice.reported_at - new[start].reported_at > span:
            start += 1
        if end - start + 1 >= terms.tied_least:
            found.update(each.reporter_id for each in new[start : end + 1])
    return frozenset(found)
