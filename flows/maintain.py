"""Housekeeping."""

from pathlib import Path

from prefect import flow

from becalm.runs import Counts, logged_run
from becalm.settings import settings_for
from tasks.accounts import rank_accounts
from tasks.index import compact_indexes
from tasks.maintain import expire_runs, reopen_groups, vacuum
from tasks.names import run_name


@flow(name="maintain", flow_run_name=run_name("home"))
def maintain(home: Path | None = None) -> Counts:
    """Let strikes and old runs expire, build the indexes anew, reopen groups, and give the disk its room back."""
    settings = settings_for(home=home)
    with logged_run(settings, "maintain") as run:
        run.add(rank_accounts(settings))
        run.add(expire_runs(settings))
        run.add(compact_indexes(settings))
        run.add(reopen_groups(settings))
        run.add(vacuum(settings))
    return run.figures
