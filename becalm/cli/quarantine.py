"""`becalm quarantine`."""

from pathlib import Path

import click

from .accesses import EVERYBODY, note
from .options import existing, home_option, user
from .surroundings import open_store, read_settings


@click.group()
def quarantine() -> None:
    """Rows that failed a check: list, export, fix, dismiss and replay them."""


@quarantine.command("list")
@home_option
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True)
def list_rows(home: Path | None, limit: int) -> None:
    """Rows held back, with their source and what they failed."""
    from ..store.quarantine import held, summary

    with open_store(read_settings(home)) as store, store.reading() as session:
        for row in held(session, limit=limit):
            failed = "; ".join(f"{one['expectation']} (found: {one['found']})" for one in row.failed)
            click.echo(f"{row.raw_row_id}  {row.source}:{row.line}  {failed}")
        for expectation, count in summary(session).items():
            click.echo(f"{count:,}  {expectation}", err=True)


@quarantine.command("export")
@click.argument("file", type=existing)
@home_option
def export_rows(file: Path, home: Path | None) -> None:
    """Write the rows held back to FILE, one JSON line each, to mend them there."""
    from ..store.fixes import export_held

    with open_store(read_settings(home)) as store, store.reading() as session:
        click.echo(f"{export_held(session, file):,} rows: {file}")
        note(store, user(), "quarantine export", EVERYBODY)


@quarantine.command("fix")
@click.argument("file", type=existing)
@home_option
def fix_rows(file: Path, home: Path | None) -> None:
    """Read the mended rows of FILE; `replay` then checks them again."""
    from ..store.fixes import import_fixes

    with open_store(read_settings(home)) as store, store.writing() as session:
        click.echo(f"{import_fixes(session, file):,} rows mended")


@quarantine.command("dismiss")
@click.argument("row_id", type=int, nargs=-1, required=True)
@home_option
def dismiss_rows(row_id: tuple[int, ...], home: Path | None) -> None:
    """Put rows aside for good."""
    from ..store.quarantine import dismiss

    with open_store(read_settings(home)) as store, store.writing() as session:
        for one in row_id:
            dismiss(session, one)
    click.echo(f"{len(row_id):,} rows dismissed")


@quarantine.command("replay")
@home_option
@click.option("--all", "everything", is_flag=True, help="Also rows that were not mended.")
def replay_rows(home: Path | None, everything: bool) -> None:
    """Check mended rows again; good ones are stored, and the next run takes them on."""
    from ..jobs import job

    counts = job("replay")(read_settings(home), everything)
    click.echo(f"{counts['replayed']:,} rows stored, {counts['held']:,} still held")
