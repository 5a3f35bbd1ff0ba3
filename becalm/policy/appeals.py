"""How long a decision can be contested."""

from typing import Annotated

from pydantic import Field

from .part import Part


class Appeals(Part):
    """`window_days` from the day on which the person is told.

    Article 20 of the EU's Digital Services Act: six months at least, which is 184 days at most.
    """

    window_days: Annotated[int, Field(ge=184, le=3650)] = 184
