"""Comments and threads into the store."""

from pathlib import Path

from prefect import flow

from becalm.runs import Counts, logged_run
from becalm.settings import settings_for
from tasks.checks import document_checks
from tasks.take_in import take_in_comments, take_in_threads


@flow(name="ingest", flow_run_name="ingest {comments}")
def ingest(comments: Path | None = None, threads: Path | None = None, home: Path | None = None) -> Counts:
    """Take in a file or a folder of comments (by default the inbox), with the threads they stand under."""
    settings = settings_for(home=home)
    source = comments or settings.inbox
    with logged_run(settings, "ingest") as run:
        run.add(take_in_threads(settings, source, threads))
        run.add(take_in_comments(settings, source, run.id))
        run.add(document_checks(settings))
    return run.figures
