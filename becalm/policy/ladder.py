"""What follows when an account goes on: the repercussions, from mild to grave."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from .part import Id, Part


class Step(Part):
    """From this weight of strikes in force on; `days` is how long a restriction lasts, without them for good."""

    strikes: Annotated[float, Field(gt=0, le=1000)]
    action: Id
    template: Id
    days: Annotated[int, Field(gt=0, le=3650)] | None = None


def restriction_days(ladder: Sequence[Step], action: str, strikes: float) -> int | None:
    """How long this restriction lasts by the ladder: at the highest of its steps that the strikes reach, else at its
    first; None is for good."""
    steps = [step for step in ladder if step.action == action]
    reached = [step for step in steps if step.strikes <= strikes]
    return (reached[-1] if reached else steps[0]).days if steps else None
