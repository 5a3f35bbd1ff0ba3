"""From decisions to what is done on the platforms."""

from pathlib import Path

from prefect import flow

from becalm.runs import Counts, unlogged_run
from becalm.settings import settings_for
from tasks.carry_out import carry_out_actions
from tasks.names import run_name


@flow(name="carry-out", flow_run_name=run_name("home"))
def carry_out(home: Path | None = None, policy: Path | None = None) -> Counts:
    """Everything in the outbox that is due; other runs on the same home need not wait for it."""
    settings = settings_for(home=home, policy=policy)
    with unlogged_run(settings, "carry-out") as run:
        run.add(carry_out_actions(settings))
    return run.figures
