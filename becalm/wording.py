"""Numbers in words."""

from datetime import timedelta


def counted(number: int, noun: str) -> str:
    """`1 thread`, `1,200 threads`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def lasting(span: timedelta) -> str:
    """A length of time in its largest fitting unit: `3 days`."""
    seconds = int(span.total_seconds())
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= size:
            return counted(seconds // size, unit)
    return counted(seconds, "second")
