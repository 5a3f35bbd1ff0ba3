"""`becalm accesses`, and how commands note that somebody looked."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import home_option
from .surroundings import open_store, read_settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ..store import Store

EVERYBODY = ("everybody",)


@click.command()
@click.argument("account_id", metavar="[PLATFORM:AUTHOR_ID]", required=False)
@click.option("--limit", type=click.IntRange(min=1), default=100, show_default=True, help="At most so many.")
@home_option
@click.option("--json", "as_json", is_flag=True, help="JSON, one line for each.")
def accesses(account_id: str | None, limit: int, home: Path | None, as_json: bool) -> None:
    """Who looked at whose data, the latest first; people stand under pseudonyms, by which the account that is asked
    for is found.
    """
    from dataclasses import asdict

    from ..accesses import accesses as looks
    from ..screen import print_records
    from ..visible import visible

    with open_store(read_settings(home)) as store, store.reading() as session:
        found = looks(session, account_id, limit)
    if as_json:
        print_records(asdict(one) | {"at": one.at.isoformat()} for one in found)
        return
    for one in found:
        click.echo(visible(f"{one.at:%Y-%m-%d %H:%M:%S}  {one.by:<16}  {one.command:<16}  {one.subject}"))


def note(
    store: "Store", by: str, command: str, whose: Callable[["Session"], Collection[str]] | Collection[str]
) -> None:
    """Write down that `by` looked at this; it changes nothing about what they see."""
    from ..accesses import note_access

    if callable(whose):
        with store.reading() as session:
            whose = whose(session)
    note_access(store, by, command, whose, datetime.now(UTC))
