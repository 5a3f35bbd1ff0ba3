"""`becalm statements`: why whom was restricted, as the DSA Transparency Database wants it."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import BecalmError, InputError
from .lines import until_reader_leaves
from .options import day, home_option, policy_option, writable
from .surroundings import open_store, read_settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO

    from ..store import Store

# The states of becalm.store.statements, which is slow to import.
STATES = ("unchecked", "good", "held back")
from_option = click.option("--from", "first", type=day, help="First day (UTC) on which they came into force.")
to_option = click.option("--to", "last", type=day, help="Last day (UTC).")
out_option = click.option("--out", type=writable, help="File to write (default: standard output).")


@click.group()
def statements() -> None:
    """Statements of reasons: one for each decision that restricts. They are kept as a standard of care: whether a
    brand has to is not clear."""


@statements.command("list")
@from_option
@to_option
@click.option("--state", type=click.Choice(STATES), help="Only those.")
@click.option("--json", "as_json", is_flag=True, help="JSON, one line a statement.")
@home_option
@policy_option
def list_statements(
    first: datetime | None, last: datetime | None, state: str | None, as_json: bool, home: Path | None,
    policy: Path | None,
) -> None:  # fmt: skip
    """Every statement, the latest first."""
    from ..screen import print_records
    from ..statements.reading import line_of, summaries
    from ..visible import visible

    with _stated(home, policy) as store, store.reading() as session, until_reader_leaves():
        found = summaries(session, *_days(first, last), state)
        if as_json:
            print_records(found)
            return
        for one in found:
            click.echo(visible(line_of(one)))


@statements.command("show")
@click.argument("puid")
@home_option
@policy_option
def show(puid: str, home: Path | None, policy: Path | None) -> None:
    """One statement as JSON: its fields, and what is kept beside them. PUID is the beginning of its id."""
    from ..screen import print_records
    from ..statements.reading import whole

    with _stated(home, policy) as store, store.reading() as session, until_reader_leaves():
        print_records([whole(session, puid)])


@statements.command("check")
@click.option("--json", "as_json", is_flag=True, help="JSON, one line for each that is held back.")
@home_option
@policy_option
def check(as_json: bool, home: Path | None, policy: Path | None) -> None:
    """State what was decided since, and check it; status 1 where something is held back."""
    from ..screen import print_records
    from ..statements.reading import count_states, held_back
    from ..visible import visible

    with _checked(home, policy) as store, store.reading() as session:
        counts, failing = count_states(session), held_back(session)
    if as_json:
        print_records(failing)
    else:
        for one in failing:
            click.echo(visible(f"{one['puid']}  case {one['case_id']}  {'; '.join(one['failures'])}"))
        click.echo(f"{counts['good']:,} statements are good")
    if failing:
        raise BecalmError(f"{len(failing)} statements are held back and won't be exported")


@statements.command("export")
@from_option
@to_option
@click.option("--format", "form", type=click.Choice(("json", "csv")), default="json", show_default=True)
@out_option
@home_option
@policy_option
def export(
    first: datetime | None, last: datetime | None, form: str, out: Path | None, home: Path | None,
    policy: Path | None,
) -> None:  # fmt: skip
    """The good ones, in the fields of the database: JSON as its API takes them, or CSV as in its daily files."""
    from ..statements.export import good_statements, write_csv, write_json
    from ..statements.reading import held_back

    days, write = _days(first, last), {"json": write_json, "csv": write_csv}[form]
    with _checked(home, policy) as store, store.reading() as session:
        count = _written(out, lambda file: write(file, good_statements(session, *days)))
        failing = len(held_back(session, *days))
    kept = f"; {failing:,} held back, see `becalm statements check`" if failing else ""
    if out or failing:
        click.echo(f"{count:,} statements{f': {out}' if out else ''}{kept}", err=True)


@statements.command("report")
@from_option
@to_option
@click.option("--format", "form", type=click.Choice(("text", "json", "csv")), default="text", show_default=True)
@click.option("--table", type=click.Choice(("measures", "accuracy")), default="measures", show_default=True,
              help="Which table as CSV.")  # fmt: skip
@out_option
@home_option
@policy_option
def report(
    first: datetime | None, last: datetime | None, form: str, table: str, out: Path | None, home: Path | None,
    policy: Path | None,
) -> None:  # fmt: skip
    """The figures of a transparency report: measures, automation and its errors, suspensions, median times."""
    from ..review.transparency import transparency
    from ..review.transparency_page import write_report

    days = _days(first, last)
    with _stated(home, policy) as store, store.reading() as session:
        found = transparency(session, *days)
    _written(out, lambda file: write_report(file, found, form, table))


def _written(out: Path | None, write: "Callable[[IO[bytes]], int]") -> int:
    """How many lines went to the file, which is whole or as it was, or to standard output."""
    import sys

    from ..files import replacing

    if out is not None:
        with replacing(out) as file:
            return write(file)
    with until_reader_leaves():
        return write(sys.stdout.buffer)
    return 0


def _days(first: datetime | None, last: datetime | None) -> tuple[date | None, date | None]:
    if first and last and first > last:
        raise InputError(f"the last day is before the first: {last.date()} is before {first.date()}")
    return first.date() if first else None, last.date() if last else None


def _stated(home: Path | None, policy: Path | None) -> "Store":
    """The store, with a statement for whatever was decided."""
    from ..policy import load_policy
    from ..statements.making import make_statements

    settings = read_settings(home, policy)
    rules, store = load_policy(settings.policy), open_store(settings)
    with store.writing() as session:
        make_statements(session, rules, datetime.now(UTC))
    return store


def _checked(home: Path | None, policy: Path | None) -> "Store":
    """The same with every statement checked."""
    from ..jobs import job

    settings = read_settings(home, policy)
    store = open_store(settings)
    job("statements")(settings)
    return store
