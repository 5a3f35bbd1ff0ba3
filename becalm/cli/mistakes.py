"""`becalm audit errors`."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .lines import until_reader_leaves
from .options import day, home_option, policy_option
from .surroundings import open_store, read_settings

if TYPE_CHECKING:
    from ..review.mistakes import Errors, Mistakes


@click.command("errors")
@home_option
@policy_option
@click.option("--from", "first", type=day, help="First day (default: the policy's period before the last day).")
@click.option("--to", "last", type=day, help="Last day (default: the day of the newest comment).")
@click.option("--json", "as_json", is_flag=True, help="JSON, one line for each rule and each channel.")
def errors(
    home: Path | None, policy: Path | None, first: datetime | None, last: datetime | None, as_json: bool
) -> None:
    """What the machine wrongly took for something, by what people decided, and what it missed, by the sample of cleared
    comments: per rule and channel, wronged customers first."""
    from ..policy import load_policy
    from ..review.mistakes import measure_mistakes
    from ..review.report import names_of, period_of
    from ..review.tables import COLUMNS, rows_of
    from ..screen import print_records

    settings = read_settings(home, policy)
    rules = load_policy(settings.policy)
    with open_store(settings) as store, store.reading() as session:
        period = period_of(session, rules, first.date() if first else None, last.date() if last else None)
        found = measure_mistakes(session, period, names_of(rules))
    with until_reader_leaves():
        if as_json:
            print_records(rows_of(COLUMNS["mistakes"], found.lines))
            return
        click.echo(f"{period.days[0]} to {period.days[-1]}")
        click.echo(_missed(found))
        for line in found.lines:
            click.echo(_told(line))


def _missed(found: "Errors") -> str:
    from ..review.wording import interval, percent

    if found.missed_estimate is None:
        return "missed: unknown; nobody looked at cleared comments (becalm audit sample --cleared draws some)"
    low, high = found.missed_estimate
    return (
        f"missed: {found.missed.hits:,} of {found.missed.total:,} cleared comments looked at "
        f"({percent(found.missed)}, {interval(found.missed)}); of all {found.cleared:,} some {low:,} to {high:,}"
    )


def _told(line: "Mistakes") -> str:
    from ..review.wording import interval, percent
    from ..visible import visible
    from ..wording import counted

    words = [f"{counted(line.customers, 'customer')} wronged"] if line.customers else []
    if line.wrong.total:
        right = f"precision {percent(line.right)} ({interval(line.right)})"
        words += [f"{line.wrong.hits:,} of {line.wrong.total:,} wrong", right, f"overturned {percent(line.overturned)}"]
    words += [f"{line.missed.hits:,} missed in the sample"] if line.missed.hits else []
    words += [f"{line.elsewhere:,} found under another rule"] if line.elsewhere else []
    words += [f"{line.reported:,} found by users alone"] if line.reported else []
    return visible(f"{line.kind} {line.name}: {', '.join(words) or 'nothing missed in the sample'}")
