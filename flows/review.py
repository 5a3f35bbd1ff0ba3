"""The periodic policy review report."""

from datetime import date
from pathlib import Path

from prefect import flow

from becalm.runs import Counts, logged_run
from becalm.settings import settings_for
from tasks.names import run_name
from tasks.review import publish_review


@flow(name="review", flow_run_name=run_name("home"))
def review(
    home: Path | None = None, policy: Path | None = None, first: date | None = None, last: date | None = None,
    whole: bool = False,
) -> Counts:  # fmt: skip
    """Write the report from `first` to `last`, both included; by default the policy's newest period."""
    settings = settings_for(home=home, policy=policy)
    with logged_run(settings, "review") as run:
        run.add(publish_review(settings, first, last, whole))
    return run.figures
