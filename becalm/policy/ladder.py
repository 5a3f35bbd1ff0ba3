"""What follows when an account goes on: the repercussions, from mild to grave."""

from typing import Annotated

from pydantic import Field

from .part import Id, Part


class Step(Part):
    """From this weight of strikes in force on; `days` is how long a restriction lasts, without them for good."""

    strikes: Annotated[float, Field(gt=0, le=1000)]
    action: Id
    template: Id
    days: Annotated[int, Field(gt=0, le=3650)] | None = None
