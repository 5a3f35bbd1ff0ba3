"""What is in a store, what waits, and how the last runs went."""

import click
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .actions.listing import counts_of
from .exports import counts
from .notices.listing import notice_counts
from .store import Account, Case, Comment, Run, Text
from .store.quarantine import states

RUNS_SHOWN = 5


def print_status(session: Session) -> None:
    for name, model in (("comments", Comment), ("texts", Text), ("accounts", Account)):
        click.echo(f"{name:<24}{session.scalar(select(func.count()).select_from(model)):>10,}")
    for state, count in states(session).items():
        click.echo(f"{'quarantine: ' + state:<24}{count:>10,}")
    summary = counts(session)
    for verdict, count in summary["groups"].items():
        click.echo(f"{'groups: ' + verdict:<24}{count:>10,}")
    for queue, count in summary["cases"].items():
        click.echo(f"{'cases: ' + queue:<24}{count:>10,}")
    overdue = session.scalar(select(func.count()).where(Case.state == "open", Case.due_at < func.current_timestamp()))
    click.echo(f"{'overdue':<24}{overdue:>10,}")
    for state, count in counts_of(session).items():
        click.echo(f"{'actions: ' + state:<24}{count:>10,}")
    for state, count in notice_counts(session).items():
        click.echo(f"{'notices: ' + state:<24}{count:>10,}")
    for run in session.scalars(select(Run).order_by(Run.started_at.desc()).limit(RUNS_SHOWN)):
        spent = sum(run.figures.get("seconds", {}).values())
        click.echo(f"{run.started_at:%Y-%m-%d %H:%M}  {run.job:<10} {run.state:<8} {spent:>8.1f} s")
