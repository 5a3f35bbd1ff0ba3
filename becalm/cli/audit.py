"""`becalm audit`."""

from pathlib import Path

import click

from .options import home_option
from .surroundings import open_store, read_settings


@click.group()
def audit() -> None:
    """Whether what was decided is still what the log says, and how well it was decided."""


@audit.command("verify")
@click.option("--noted", help="A digest that this command gave earlier and that was kept elsewhere.")
@home_option
@click.option("--json", "as_json", is_flag=True, help="JSON, one line.")
def verify(noted: str | None, home: Path | None, as_json: bool) -> None:
    """Read the chain of decisions from its first link to its head; status 1 where it is broken."""
    from dataclasses import asdict

    from ..decisions import verify_chain
    from ..screen import print_records

    with open_store(read_settings(home)) as store, store.reading() as session:
        verified = verify_chain(session, noted)
    if as_json:
        print_records([asdict(verified)])
    else:
        erased = f", {verified.erased:,} of them without what was erased" if verified.erased else ""
        click.echo(f"the chain holds: {verified.decisions:,} decisions{erased}; head {verified.head}")
