"""Housekeeping."""

from pathlib import Path

from prefect import flow

from becalm.runs import Counts, logged_run
from becalm.settings import settings_for
from tasks.accounts import rank_accounts
from tasks.index import compact_indexes
from tasks.maintain import expire_runs, reopen_groups, vacuum
from tasks.names import run_name
from tasks.retention import keep_no_longer


@flow(name="maintain", flow_run_name=run_name("home"))
def maintain(home: Path | None = None) -> Counts:
    """Drop what was kept long enough, let strikes expire, build indexes anew, reopen groups, give the disk its room."""
    settings = settings_for(home=home)
    with logged_run(settings, "maintain") as run:
        run.add(expire_runs(settings))
        run.add(keep_no_longer(settings))
        run.add(rank_accounts(settings))
        run.add(compact_indexes(settings))
        run.add(reopen_groups(settings))
        run.add(vacuum(settings))
    return run.figures
