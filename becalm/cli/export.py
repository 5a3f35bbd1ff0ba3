"""`becalm export`."""

from pathlib import Path

import click

from .accesses import EVERYBODY, note
from .lines import print_json_lines
from .options import home_option, user_option, writable
from .surroundings import open_store, read_settings

# The names of becalm.exports.EXPORTS, which is slow to import.
EXPORTED = ("assignments", "campaigns", "signals", "accounts", "rings", "queues")


@click.command()
@click.argument("what", type=click.Choice(EXPORTED))
@home_option
@user_option
@click.option("--out", type=writable, help="File to write (default: standard output).")
def export(what: str, home: Path | None, by: str, out: Path | None) -> None:
    """Write one of the published files from the store, as JSON Lines."""
    from ..exports import EXPORTS
    from ..files import write_json_lines

    with open_store(read_settings(home)) as store, store.reading() as session:
        note(store, by, f"export {what}", EVERYBODY)
        records = EXPORTS[what](session)
        if out is not None:
            click.echo(f"{write_json_lines(out, records):,} lines: {out}", err=True)
            return
        print_json_lines(records)
