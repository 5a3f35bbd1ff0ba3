"""Until when a decision can be contested, and where appeals are worked on."""

from .part import Id, Part

# Article 20 of the EU's Digital Services Act: at least six months.
LEAST_DAYS = 184


class Appeals(Part):
    """`days` after a decision those whom it is about can contest it; their appeals go to `queue`."""

    queue: Id
    days: int = LEAST_DAYS
