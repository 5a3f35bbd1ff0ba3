"""Numbers, times and changes as a reader wants them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from .compare import Change, Share, ShareChange

NO_BREAK = "\u00a0"
MINUS = "\u2212"
TOO_FEW = "too few to say"
NOT_COMPARABLE = "nothing to compare with"


def number(value: int) -> str:
    return f"{value:,}".replace("-", MINUS)


def percent(share: Share | float | None, digits: int = 1) -> str:
    """A share as `11.2 %`, or a dash where there is nothing to take a share of."""
    value = share.value if isinstance(share, Share) else share
    return "–" if value is None else f"{100 * value:.{digits}f}{NO_BREAK}%"


def interval(share: Share) -> str:
    """The 95 % interval as `9.8 – 12.7 %`."""
    return f"{100 * share.low:.1f} – {100 * share.high:.1f}{NO_BREAK}%" if share.total else "–"


def count(value: int, noun: str, plural: str | None = None) -> str:
    """`1 campaign`, `24 campaigns`."""
    return f"{number(value)}{NO_BREAK}{noun if value == 1 else plural or noun + 's'}"


def day(value: date | datetime) -> str:
    """`4 Nov 2026`; of a time, its UTC day."""
    value = value.astimezone(UTC).date() if isinstance(value, datetime) else value
    return f"{value.day}{NO_BREAK}{value:%b}{NO_BREAK}{value.year}"


def days(first: date, last: date) -> str:
    return day(first) if first == last else f"{day(first)} – {day(last)}"


def moment(value: datetime) -> str:
    return f"{day(value)}, {value.astimezone(UTC):%H:%M}"


def span(length: timedelta) -> str:
    """A length in its largest sensible unit: `3 years`, `6 days`, `5 hours`, `12 minutes`."""
    seconds = max(0, int(length.total_seconds()))
    for size, noun in ((365 * 86_400, "year"), (86_400, "day"), (3_600, "hour")):
        if seconds >= 2 * size:
            return count(seconds // size, noun)
    return count(seconds // 60, "minute")


def seconds(value: float | None) -> str:
    return "–" if value is None else f"{value:,.1f}{NO_BREAK}s"


def sentiment(value: float | None) -> str:
    """A mean from −1 to 1, with its sign."""
    return "–" if value is None else f"{value:+.2f}".replace("-", MINUS)


def change(found: Change) -> str:
    """`1,203 more (+11 %)`; says so where the counts are too small, or there is nothing before."""
    if found.difference is None:
        return NOT_COMPARABLE
    if not found.is_telling:
        return TOO_FEW
    if found.difference == 0:
        return "as many"
    words = f"{number(abs(found.difference))} {'more' if found.difference > 0 else 'fewer'}"
    return words if found.relative is None else f"{words} ({signed(100 * found.relative)}{NO_BREAK}%)"


def share_change(found: ShareChange) -> str:
    """`3.0 points more`; a difference that chance alone would often make is called that."""
    if found.points is None:
        return NOT_COMPARABLE
    if not found.is_telling:
        return TOO_FEW
    if round(found.points, 1) == 0:
        return "as high"
    words = f"{abs(found.points):.1f} points {'more' if found.points > 0 else 'less'}"
    return words if found.is_clear else f"{words}, within chance"


def signed(value: float) -> str:
    return f"{value:+,.0f}".replace("-", MINUS)


def listed(words: Sequence[str]) -> str:
    """`a, b and c`."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)
