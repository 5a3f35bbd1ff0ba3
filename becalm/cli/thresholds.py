"""Thresholds as one writes them: `0.5`, or `FROM:TO:STEP`."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from decimal import Decimal

MOST = 1_000


class Thresholds(click.ParamType[tuple[float, ...]]):
    """Numbers from 0 to 1 in rising order; `0.3:0.9:0.05` includes both ends."""

    name = "from:to:step"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return "FROM:TO:STEP"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[float, ...]:
        if isinstance(value, tuple):
            return value
        numbers = _numbers(str(value))
        if numbers is None:
            self.fail(f"{value!r} is neither a number nor FROM:TO:STEP, such as 0.3:0.9:0.05", param, ctx)
        first, last, step = numbers
        if not (0 <= first <= last <= 1 and step > 0):
            self.fail(f"{value!r} does not rise from 0 to 1, such as 0.3:0.9:0.05 does", param, ctx)
        if last - first > MOST * step:
            self.fail(f"{value!r} are more than {MOST:,} steps", param, ctx)
        return tuple(float(first + step * number) for number in range(int((last - first) / step) + 1))


def _numbers(value: str) -> "tuple[Decimal, Decimal, Decimal] | None":
    """From, to and step, as decimals so that ten steps of 0.1 are 1."""
    from decimal import Decimal, InvalidOperation

    try:
        parts = [Decimal(part.strip()) for part in value.split(":")]
    except InvalidOperation:
        return None
    if len(parts) == 1:
        parts = [parts[0], parts[0], Decimal(1)]
    if len(parts) != 3 or not all(part.is_finite() for part in parts):
        return None
    return parts[0], parts[1], parts[2]
