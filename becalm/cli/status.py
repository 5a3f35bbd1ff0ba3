"""`becalm status`."""

from pathlib import Path

import click

from .options import home_option
from .surroundings import open_store, read_settings


@click.command()
@home_option
def status(home: Path | None) -> None:
    """What is in the store, what waits, and how the last runs went."""
    from ..status import print_status

    settings = read_settings(home)
    with open_store(settings) as store, store.reading() as session:
        print_status(session)
