"""The whole way once: from a file of comments to queues and a report."""

from pathlib import Path

from prefect import flow

from becalm.runs import Counts, alone_in, together
from becalm.settings import settings_for
from flows.ingest import ingest
from flows.moderate import moderate
from flows.review import review
from tasks.names import run_name


@flow(name="whole-way", flow_run_name=run_name("comments", "home"))
def whole_way(
    comments: Path, threads: Path | None = None, home: Path | None = None, policy: Path | None = None
) -> Counts:
    """Ingest, moderate and review, one after the other; the report covers every day there are comments of."""
    settings = settings_for(home=home)
    with alone_in(settings.home, settings.wait_seconds):
        # As parts of this run: a run of its own for each would take a second more to end, and tell nothing new.
        return together(
            ingest.fn(comments, threads, home),
            moderate.fn(home, policy),
            review.fn(home, policy, whole=True),
        )
