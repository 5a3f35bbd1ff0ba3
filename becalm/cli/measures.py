"""`becalm measures`."""

from datetime import UTC, datetime
from pathlib import Path

import click

from .accesses import EVERYBODY
from .accesses import note as noted
from .lines import until_reader_leaves
from .options import home_option, user, user_option
from .surroundings import open_store, read_settings

account_argument = click.argument("account_id", metavar="PLATFORM:AUTHOR_ID")
days_option = click.option("--days", type=click.IntRange(1, 3650), help="For so many days (default: without an end).")
note_option = click.option("--note", default="", help="Why, for whoever asks later.")


@click.group()
def measures() -> None:
    """What was done about accounts: warned, muted, banned. The next run knows of it, and every one after: nobody is
    suggested for a suspension who was not warned, and accounts that look like these are looked for."""


@measures.command("list")
@home_option
def list_measures(home: Path | None) -> None:
    """Every measure, the latest first."""
    from ..cases.measures import measures as taken
    from ..visible import visible

    with open_store(read_settings(home)) as store, store.reading() as session, until_reader_leaves():
        noted(store, user(), "measures list", EVERYBODY)
        for one in taken(session):
            ends = f"  until {one.ends_at:%Y-%m-%d}" if one.ends_at else ""
            lifted = f"  lifted {one.lifted_at:%Y-%m-%d}" if one.lifted_at else ""
            told = f"{visible(one.account_id)}{ends}{lifted}  ({visible(one.taken_by)})  {visible(one.note)}"
            click.echo(f"{one.taken_at:%Y-%m-%d}  {one.kind.value:4}  {told.rstrip()}")


@measures.command("warn")
@account_argument
@note_option
@home_option
@user_option
def warn(account_id: str, note: str, home: Path | None, by: str) -> None:
    """The account was told which rule it broke, and what follows the next time."""
    _take(account_id, "warn", home, by, None, note)


@measures.command("mute")
@account_argument
@days_option
@note_option
@home_option
@user_option
def mute(account_id: str, days: int | None, note: str, home: Path | None, by: str) -> None:
    """The account can't comment for some time."""
    _take(account_id, "mute", home, by, days, note)


@measures.command("ban")
@account_argument
@note_option
@home_option
@user_option
def ban(account_id: str, note: str, home: Path | None, by: str) -> None:
    """The account can't comment any more."""
    _take(account_id, "ban", home, by, None, note)


@measures.command("lift")
@account_argument
@home_option
def lift(account_id: str, home: Path | None) -> None:
    """No measure against the account is in force any more; that there were some is kept."""
    from ..cases.measures import lift_measures
    from ..wording import counted

    with open_store(read_settings(home)) as store, store.writing() as session:
        click.echo(f"{counted(lift_measures(session, account_id, datetime.now(UTC)), 'measure')} lifted")


def _take(account_id: str, kind: str, home: Path | None, by: str, days: int | None, note: str) -> None:
    from ..cases.measures import Kind, take_measure

    with open_store(read_settings(home)) as store, store.writing() as session:
        take_measure(session, account_id, Kind(kind), datetime.now(UTC), by, days, note)
    click.echo(f"{account_id}: {kind}; the next run knows of it")
