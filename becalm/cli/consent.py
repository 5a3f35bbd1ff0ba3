"""`becalm consent`."""

from datetime import UTC, datetime
from pathlib import Path

import click

from ..errors import AccountUnknown
from .options import home_option
from .surroundings import open_store, read_settings

# The states of becalm.store.ConsentState, which is slow to import.
STATES = ("asked", "given", "refused")


@click.command()
@click.argument("account", metavar="PLATFORM:AUTHOR_ID")
@click.argument("state", type=click.Choice(STATES))
@home_option
def consent(account: str, state: str, home: Path | None) -> None:
    """Note that somebody was asked whether their praise may be shared, or what they answered."""
    from ..store import Account, ConsentState, keep_consent, stable_id

    platform, _, author = account.partition(":")
    with open_store(read_settings(home)) as store, store.writing() as session:
        known = session.get(Account, stable_id(platform, author))
        if known is None:
            raise AccountUnknown(account)
        keep_consent(session, known.id, ConsentState(state), datetime.now(UTC))
