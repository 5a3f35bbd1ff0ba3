"""Comment rows measured: the numbers and keys that the suite `comments` judges.

The frame holds sizes, times and yes-or-no facts, so neither a check nor a page about it can leak what people wrote.
A fact that does not apply to a row is null.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from math import nan
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

import regex

from becalm.sources import INVALID_UTF8, UNREADABLE, Row

if TYPE_CHECKING:
    import pandas as pd

Key = tuple[str, str]  # platform, comment_id

NAMED_BY_ID = ("comment_id", "channel", "thread_id", "author_id")
REQUIRED = ("comment_id", "platform", "channel", "thread_id", "author_id", "text", "published_at")

TOO_MUCH = 1e18  # stands for every number beyond it, so that none overflows

# What people see: no spaces, no controls, none of Unicode's default-ignorable characters, no blank Braille cell.
VISIBLE = regex.compile(r"[^\s\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]")
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
SURROGATE = re.compile("[\ud800-\udfff]")
# RFC 3339, and ISO 8601 without seconds, with a comma or with a short offset.
TIME = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d(?::?\d\d)?)", re.ASCII | re.IGNORECASE
)


def measure(rows: Sequence[Row], known_authors: Mapping[Key, str]) -> "pd.DataFrame":
    """One line of facts a row, indexed 0..n-1; `known_authors` says who wrote the comments already stored."""
    import pandas as pd

    readable = [index for index, row in enumerate(rows) if UNREADABLE not in row]
    kept = [rows[index] for index in readable]
    facts: dict[str, list[Any]] = {}
    for field, measures in FACTS.items():
        values = [row.get(field) for row in kept]
        for column, measured in measures.items():
            facts[column] = _each(values, measured)
    facts |= _times([row.get("published_at") for row in kept])
    facts["answers_itself"] = [int(_answers_itself(row)) for row in kept]
    facts["claimed_by_another"], facts["author_changed"] = _claims(kept, known_authors)
    frame = pd.DataFrame(facts, index=readable).reindex(range(len(rows)))
    frame["is_readable"] = 0
    frame.loc[readable, "is_readable"] = 1
    return frame


def _each(values: Sequence[Any], measured: Callable[[Any], Any]) -> list[Any]:
    if all(value is None for value in values):  # a field that the source does not have
        return [measured(None)] * len(values)
    return [measured(value) for value in values]


def _times(values: Sequence[Any]) -> dict[str, list[Any]]:
    times = [moment(value) for value in values]
    return {
        "published_at_is_time": [int(time is not None) for time in times],
        "published_at_seconds": [nan if time is None else time.timestamp() for time in times],
    }


def id_characters(value: Any) -> int:
    return len(value.strip()) if _is_text(value) and is_visible(value) else 0


def optional_id_characters(value: Any) -> float:
    return nan if is_nothing(value) else id_characters(value)


def has_controls(value: Any) -> float:
    return int(CONTROL.search(value) is not None) if _is_text(value) else nan


def key(value: Any) -> str:
    """A short technical name on one line, empty where there is none."""
    if not _is_text(value):
        return ""
    return value[:300].encode("utf-8", "replace").decode().replace("\n", "?").replace("\0", "?")


def optional_key(value: Any) -> str | None:
    return None if is_nothing(value) else key(value)


def text_characters(value: Any) -> float:
    return len(value) if _is_text(value) else nan


def says_something(value: Any) -> float:
    return int(is_visible(value)) if _is_text(value) else nan


def is_storable(value: Any) -> float:
    """No database takes half a surrogate pair, PostgreSQL no NUL."""
    return int("\0" not in value and (value.isascii() or SURROGATE.search(value) is None)) if _is_text(value) else nan


def name_characters(value: Any) -> float:
    return nan if is_nothing(value) else len(value) if _is_text(value) else -1


def moment(value: Any) -> datetime | None:
    """A time with its zone, from RFC 3339 or ISO 8601; None for anything less."""
    if not _is_text(value) or not TIME.fullmatch(value):
        return None
    try:
        return datetime.fromisoformat(value.upper())
    except ValueError:
        return None


def whole_number(value: Any) -> float:
    if is_nothing(value):
        return nan
    # A table of floats has 5.0 for 5 in a column with gaps.
    is_whole = isinstance(value, Integral) or (isinstance(value, float) and value.is_integer())
    return min(max(int(value), -1), TOO_MUCH) if is_whole and not _is_truth(value) else -1


def number(value: Any) -> float:
    if is_nothing(value):
        return nan
    return float(min(max(value, -1), TOO_MUCH)) if isinstance(value, Real) and not _is_truth(value) else -1


def truth(value: Any) -> float:
    return nan if is_nothing(value) else int(value) if _is_truth(value) else -1


def is_nothing(value: Any) -> bool:
    """None, or the NaN that tables have in its place."""
    return value is None or (isinstance(value, Real) and value != value)


def is_visible(value: str) -> bool:
    return "!" <= value[:1] <= "~" or VISIBLE.search(value) is not None


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_truth(value: Any) -> bool:
    return isinstance(value, bool) or type(value).__name__ == "bool"  # numpy has its own


def _answers_itself(row: Row) -> bool:
    parent = row.get("parent_id")
    return _is_text(parent) and parent == row.get("comment_id")


def _claims(rows: Sequence[Row], known: Mapping[Key, str]) -> tuple[list[int], list[int]]:
    """Rows whose comment another author claimed before: in this batch, and in the store."""
    owners: dict[Key, str] = {}
    claimed, changed = [], []
    for row in rows:
        named = (row.get("platform"), row.get("comment_id"), row.get("author_id"))
        differs = stored = False
        if all(map(_is_text, named)):
            comment, author = named[:2], named[2]
            stored = comment in known
            differs = owners.setdefault(comment, known.get(comment, author)) != author
        claimed.append(int(differs and not stored))
        changed.append(int(differs and stored))
    return claimed, changed


FACTS: dict[str, dict[str, Callable[[Any], Any]]] = {
    **{field: {f"{field}_characters": id_characters, f"{field}_controls": has_controls} for field in NAMED_BY_ID},
    "platform": {"platform": key},
    "text": {
        "text_is_text": lambda value: int(_is_text(value)),
        "text_characters": text_characters,
        "text_says_something": says_something,
        "text_is_storable": is_storable,
    },
    "parent_id": {"parent_id_characters": optional_id_characters, "parent_id_controls": has_controls},
    "author_name": {"author_name_characters": name_characters, "author_name_is_storable": is_storable},
    "language": {"language": optional_key},
    "likes": {"likes": whole_number},
    "rating": {"rating": number},
    "is_brand": {"is_brand": truth},
    INVALID_UTF8: {"is_utf8": lambda value: int(not value)},
}
