"""The periodic policy review: what happened, what worked, and what to change."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ..files import replace_all
from ..store import Store
from .advice import Finding, find_advice
from .figures import Figures, gather
from .headline import write_headline
from .names import PolicyNames
from .page import write_page
from .period import Period, covering_period, default_period
from .tables import as_csv, as_json, make_tables

__all__ = ["Finding", "Period", "PolicyNames", "Review", "covering_period", "default_period", "write_review"]


@dataclass(frozen=True, slots=True)
class Review:
    """A written review: its page, and what it says."""

    page: Path
    figures: Figures
    headline: tuple[str, ...]
    findings: tuple[Finding, ...]


def write_review(
    store: Store, folder: Path, period: Period, names: PolicyNames | None = None, now: datetime | None = None
) -> Review:
    """Write `index.html`, `figures.json` and a CSV file for each table into `folder`, over an older review.

    `names` are the titles of the policy in force. `now` decides what is overdue and is the clock by default: the same
    store at the same `now` gives the same bytes. Raises `DiskFull`, and then the older review still stands.
    """
    with store.reading() as session:
        figures = gather(session, period, now or datetime.now(UTC), names or PolicyNames())
    headline, tables = write_headline(figures), make_tables(figures)
    files = {f"{name}.csv": as_csv(name, rows) for name, rows in tables.items()}
    files["figures.json"] = as_json(figures, headline, tables)
    files["index.html"] = write_page(figures)
    replace_all(folder, files)
    return Review(folder / "index.html", figures, headline, find_advice(figures))
