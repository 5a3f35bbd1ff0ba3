"""How long things are kept, table by table and file by file."""

from typing import Annotated

from pydantic import Field

from .part import Part

KEPT = {
    "comments": "comments with their signals, vectors and places in groups",
    "earlier_texts": "what comments said before they were edited",
    "raw_rows": "rows as they came in, with those held back",
    "cases": "cases, and what happened to them",
    "decisions": "decisions with their reasons",
    "notices": "what people were told",
    "statements": "statements of reasons",
    "reports": "reports by users",
    "appeals": "appeals and their answers",
    "strikes": "strikes that have ended",
    "alerts": "alerts and who was told",
    "feedback": "what staff said about the rules",
    "runs": "the run log",
    "accesses": "the log of who looked at whose data",
    "queue_files": "published queues, groups, campaigns, signals and accounts",
    "review_files": "published reviews",
    "training_files": "training packs",
}

# Article 20 of the EU's Digital Services Act lets people complain of a decision for six months at least.
CONTESTABLE = frozenset({"decisions", "notices", "statements", "appeals"})
CONTESTABLE_DAYS = 184
# What says something also to who doesn't know whom it was about; the rest can only be erased.
TELLING = frozenset({"cases", "decisions", "notices", "statements", "reports", "appeals", "feedback"})


class Keeping(Part):
    """After `days` it is erased, or kept without telling whom it was about."""

    days: Annotated[int, Field(ge=1, le=36_500)]
    then: Annotated[str, Field(pattern="^(erase|pseudonymise)$")] = "erase"
