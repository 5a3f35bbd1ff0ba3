"""`becalm retention`."""

from datetime import UTC, datetime
from pathlib import Path

import click

from .options import day, home_option, policy_option
from .surroundings import open_store, read_settings


@click.command()
@click.option("--yes", is_flag=True, help="Carry it out; else it is only counted.")
@click.option("--on", "on", type=day, help="Count what will be due on this day.")
@home_option
@policy_option
@click.option("--json", "as_json", is_flag=True, help="JSON, one line for each.")
def retention(yes: bool, on: datetime | None, home: Path | None, policy: Path | None, as_json: bool) -> None:
    """What the policy keeps no longer, table by table and file by file; `maintain` carries it out every night."""
    from ..erasure.files import drop_caches
    from ..erasure.retention import due, keep_to_policy
    from ..jobs import job
    from ..policy import load_policy
    from ..runs import alone_in
    from ..screen import print_records
    from ..store.compact import compact

    if yes and on:
        raise click.UsageError("--on looks ahead; with --yes only what is due today is carried out")
    settings, now = read_settings(home, policy), on.replace(tzinfo=UTC) if on else datetime.now(UTC)
    rules, text_ids = load_policy(settings.policy), job("texts")
    with open_store(settings) as store:
        with store.reading() as session:
            found = due(session, settings, rules, now, text_ids)
        if yes:
            with alone_in(settings.home, settings.wait_seconds):
                if keep_to_policy(store, settings, rules, now, text_ids):
                    drop_caches(settings.home)
                    compact(store)
    if as_json:
        print_records(
            {"name": one.name, "days": one.keeping.days, "then": one.keeping.then, "rows": one.rows,
             "files": one.files, "done": yes}
            for one in found
        )  # fmt: skip
        return
    click.echo(f"{'':<16}{'days':>6}  {'then':<13}{'rows due':>10}{'files due':>11}")
    for one in found:
        click.echo(f"{one.name:<16}{one.keeping.days:>6}  {one.keeping.then:<13}{one.rows:>10,}{one.files:>11,}")
    click.echo("done; the next run writes the published files" if yes else "nothing is changed; --yes carries it out")
