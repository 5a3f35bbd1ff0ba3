"""`becalm review`."""

from datetime import datetime
from pathlib import Path

import click

from .options import day, home_option, policy_option
from .surroundings import open_store, read_settings


@click.command()
@home_option
@policy_option
@click.option("--from", "first", type=day, help="First day (default: the policy's period before the last day).")
@click.option("--to", "last", type=day, help="Last day (default: the day of the newest comment).")
def review(home: Path | None, policy: Path | None, first: datetime | None, last: datetime | None) -> None:
    """Write the policy review report of a period."""
    from ..review.report import report

    settings = read_settings(home, policy)
    with open_store(settings) as store:
        written = report(store, settings, first.date() if first else None, last.date() if last else None)
    for sentence in written.headline:
        click.echo(sentence)
    click.echo(f"review  {written.page}")
