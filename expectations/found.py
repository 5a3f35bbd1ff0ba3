"""What a bad row has instead of what was expected, in words that give away neither text nor name."""

from datetime import datetime

from becalm.sources import INVALID_UTF8, UNREADABLE, Row

from .facts import is_nothing, is_visible, moment

HUGE = 1e12


def found(row: Row, field: str) -> str:
    """The kind and size of the value in `field`; of a time the time itself, of an unreadable line the reason."""
    if field == UNREADABLE:
        return str(row.get(UNREADABLE))[:200] or "no reason given"
    if field == INVALID_UTF8:
        return "bytes that are no UTF-8"
    if field not in row:
        return "no such field"
    return (when(row[field]) if field == "published_at" else "") or kind(row[field])


def when(value: object) -> str:
    """A time in ISO 8601, or that it lacks its zone; empty for what is no time."""
    if time := moment(value):
        return time.isoformat()
    try:
        naive = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return ""
    return "a time without a zone" if naive and naive.tzinfo is None else ""


def kind(value: object) -> str:
    """The type and size of a value of JSON."""
    if is_nothing(value):
        return "nothing"
    match value:
        case bool():
            return "true or false"
        case int() | float():
            return f"the number {value}" if abs(value) < HUGE else "a huge number"
        case str() if not value.strip():
            return "an empty text"
        case str() if not is_visible(value):
            return f"a text of {len(value):,} characters that nobody sees"
        case str():
            return f"a text of {len(value):,} characters"
        case list() | tuple():
            return f"a list of {len(value):,}"
        case dict():
            return f"an object of {len(value):,} fields"
    return f"a {type(value).__name__}"
