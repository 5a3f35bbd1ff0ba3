"""Comments and threads into the store, and with them reports by users and appeals."""

from pathlib import Path

from prefect import flow

from becalm.runs import Counts, logged_run
from becalm.settings import settings_for
from tasks.checks import document_checks
from tasks.filings import UNUSABLE, any_filings, take_in_filings
from tasks.inbox import require_usable, take_in_inbox
from tasks.names import run_name
from tasks.take_in import take_in_comments, take_in_threads


@flow(name="ingest", flow_run_name=run_name("comments", "home"))
def ingest(comments: Path | None = None, threads: Path | None = None, home: Path | None = None) -> Counts:
    """Take in a file or a folder of comments with their threads, reports and appeals; by default what is new in the
    inbox."""
    settings = settings_for(home=home)
    with logged_run(settings, "ingest") as run:
        if comments is None:
            run.add(take_in_inbox(settings, run.id))
        else:
            run.add(take_in_threads(settings, comments, threads))
            run.add(take_in_comments(settings, comments, run.id))
        if any_filings(settings, comments):
            run.add(take_in_filings(settings, comments))
        run.add(document_checks(settings))
        require_usable(run.figures["counts"], UNUSABLE)
    return run.figures
