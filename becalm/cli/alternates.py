"""`becalm alternates`."""

from pathlib import Path

import click

from .lines import print_json_lines
from .options import existing, writable
from .surroundings import quiet_prefect, read_settings


@click.command()
@click.argument("comments", type=existing)
@click.option("--out", type=writable, help="File to write (default: standard output).")
def alternates(comments: Path, out: Path | None) -> None:
    """For every account in COMMENTS (JSON Lines, CSV, Parquet or a folder of them) the ten likeliest other accounts of
    the same writer, with score and reasons: leads for an investigation, never a verdict.

    Needs no store and keeps nothing.
    """
    from ..files import write_json_lines
    from ..sources import find_inputs

    settings = read_settings()
    find_inputs(comments)  # before the slow start, so that a wrong path is told at once
    quiet_prefect()
    from ..jobs import job

    records = job("alternates")(settings, comments)
    if out is not None:
        click.echo(f"{write_json_lines(out, records):,} accounts: {out}", err=True)
        return
    print_json_lines(records)
