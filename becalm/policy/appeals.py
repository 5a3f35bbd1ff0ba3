"""How long a decision can be contested, and where appeals are worked on."""

from typing import Annotated

from pydantic import Field

from .part import Id, Part

# Article 20 of the EU's Digital Services Act: six months at least, which is 184 days at most.
LEAST_DAYS = 184


class Appeals(Part):
    """`window_days` from the day on which the person is told; appeals go to `queue`, without one none can come in."""

    window_days: Annotated[int, Field(gt=0, le=3650)] = LEAST_DAYS
    queue: Id | None = None
