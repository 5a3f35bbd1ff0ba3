"""The command line: exit status 0 done, 1 the run failed, 2 the input or the arguments can't be used."""

import logging
import os
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .errors import BecalmError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .settings import Settings
    from .store import Store

STARTED = time.perf_counter()

EXPORTED = ("assignments", "campaigns", "signals", "accounts", "queues")

existing = click.Path(path_type=Path)
writable = click.Path(path_type=Path, dir_okay=False)
folder = click.Path(path_type=Path, file_okay=False)
home_option = click.option("--home", type=folder, help="Folder of the database and the results (default: var).")
policy_option = click.option("--policy", type=existing, help="Policy file (default: the one shipped with becalm).")
day = click.DateTime(formats=["%Y-%m-%d"])


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="becalm")
def becalm() -> None:
    """Keep the comment sections of a brand's social channels calm."""


@becalm.command()
@click.argument("comments", type=existing)
@click.option(
    "--threads", type=existing, help="File or folder of threads (default: threads* in the folder of comments)."
)
@home_option
@policy_option
def run(comments: Path, threads: Path | None, home: Path | None, policy: Path | None) -> None:
    """The whole way once: COMMENTS (JSON Lines, CSV, Parquet or a folder of them) to queues and a report."""
    from .closing import print_closing
    from .policy import load_policy
    from .sources import find_inputs

    settings = _settings(home, policy)
    find_inputs(comments, threads)  # before the slow start, so that a wrong path is told at once
    load_policy(settings.policy)
    _quiet_prefect()
    from .jobs import job

    job("prepare")(settings)
    work = job("run")
    ready = time.perf_counter()
    figures = work(comments, threads, home=settings.home, policy=settings.policy)
    print_closing(figures, startup=ready - STARTED, whole=time.perf_counter() - ready)
    click.echo(f"queues  {settings.published / 'queues'}")
    click.echo(f"review  {settings.published / 'review' / 'index.html'}")
    click.echo(f"checks  {settings.data_docs / 'index.html'}")


@becalm.command()
@click.option("--out", type=folder, required=True, help="Folder for comments.jsonl, threads.jsonl and truth.csv.")
@click.option("--comments", type=click.IntRange(min=0), default=5_000, show_default=True)
@click.option("--days", type=click.IntRange(min=1), default=14, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
def simulate(out: Path, comments: int, days: int, seed: int) -> None:
    """A labelled stream of a fictional brand's channels, for demos, training and load."""
    from .simulate import simulate as write_stream

    simulation = write_stream(out, comments=comments, days=days, seed=seed)
    click.echo(f"{simulation.comments:,} comments in {simulation.seconds:.1f} s: {out}")


@becalm.command()
@click.argument("what", type=click.Choice(EXPORTED))
@home_option
@click.option("--out", type=writable, help="File to write (default: standard output).")
def export(what: str, home: Path | None, out: Path | None) -> None:
    """Write one of the published files from the store, as JSON Lines."""
    from .exports import EXPORTS
    from .files import write_json_lines

    with _store(_settings(home)) as store, store.reading() as session:
        records = EXPORTS[what](session)
        if out is not None:
            click.echo(f"{write_json_lines(out, records):,} lines: {out}", err=True)
            return
        _print_json_lines(records)


def _print_json_lines(records: "Iterable[Mapping[str, Any]]") -> None:
    import orjson

    try:
        for record in records:
            sys.stdout.buffer.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
        sys.stdout.flush()
    except BrokenPipeError:
        # Who reads has seen enough; Python would complain once more when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@becalm.command()
@home_option
@policy_option
@click.option("--from", "first", type=day, help="First day (default: the policy's period before the last day).")
@click.option("--to", "last", type=day, help="Last day (default: the day of the newest comment).")
def review(home: Path | None, policy: Path | None, first: datetime | None, last: datetime | None) -> None:
    """Write the policy review report of a period."""
    from .review.report import report

    settings = _settings(home, policy)
    with _store(settings) as store:
        written = report(store, settings, first.date() if first else None, last.date() if last else None)
    for sentence in written.headline:
        click.echo(sentence)
    click.echo(f"review  {written.page}")


@becalm.command()
@home_option
def status(home: Path | None) -> None:
    """What is in the store, what waits, and how the last runs went."""
    from .status import print_status

    settings = _settings(home)
    with _store(settings) as store, store.reading() as session:
        print_status(session)


@becalm.group()
def quarantine() -> None:
    """Rows that failed a check: list, export, fix, dismiss and replay them."""


@quarantine.command("list")
@home_option
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True)
def quarantine_list(home: Path | None, limit: int) -> None:
    """Rows held back, with their source and what they failed."""
    from .store.quarantine import held, summary

    with _store(_settings(home)) as store, store.reading() as session:
        for row in held(session, limit=limit):
            failed = "; ".join(f"{one['expectation']} (found: {one['found']})" for one in row.failed)
            click.echo(f"{row.raw_row_id}  {row.source}:{row.line}  {failed}")
        for expectation, count in summary(session).items():
            click.echo(f"{count:,}  {expectation}", err=True)


@quarantine.command("export")
@click.argument("file", type=existing)
@home_option
def quarantine_export(file: Path, home: Path | None) -> None:
    """Write the rows held back to FILE, one JSON line each, to mend them there."""
    from .store.fixes import export_held

    with _store(_settings(home)) as store, store.reading() as session:
        click.echo(f"{export_held(session, file):,} rows: {file}")


@quarantine.command("fix")
@click.argument("file", type=existing)
@home_option
def quarantine_fix(file: Path, home: Path | None) -> None:
    """Read the mended rows of FILE; `replay` then checks them again."""
    from .store.fixes import import_fixes

    with _store(_settings(home)) as store, store.writing() as session:
        click.echo(f"{import_fixes(session, file):,} rows mended")


@quarantine.command("dismiss")
@click.argument("row_id", type=int, nargs=-1, required=True)
@home_option
def quarantine_dismiss(row_id: tuple[int, ...], home: Path | None) -> None:
    """Put rows aside for good."""
    from .store.quarantine import dismiss

    with _store(_settings(home)) as store, store.writing() as session:
        for one in row_id:
            dismiss(session, one)
    click.echo(f"{len(row_id):,} rows dismissed")


@quarantine.command("replay")
@home_option
@click.option("--all", "everything", is_flag=True, help="Also rows that were not mended.")
def quarantine_replay(home: Path | None, everything: bool) -> None:
    """Check mended rows again; good ones are stored, and the next run takes them on."""
    from .jobs import job

    counts = job("replay")(_settings(home), everything)
    click.echo(f"{counts['replayed']:,} rows stored, {counts['held']:,} still held")


def main() -> None:
    """Run a command; errors are one line on standard error."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    for room in ("becalm", "embeddings", "tasks"):
        logging.getLogger(room).setLevel(logging.INFO)
    try:
        becalm(standalone_mode=False)
    except click.Abort:
        sys.exit(130)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(2)
    except click.ClickException as error:
        context = error.ctx if isinstance(error, click.UsageError) else None
        way_out = f" (see `{context.command_path} --help`)" if context else ""
        sys.exit(_told(error.format_message() + way_out, 2))
    except InputError as error:
        sys.exit(_told(error, 2))
    except BecalmError as error:
        sys.exit(_told(error, 1))
    except OSError as error:
        sys.exit(_told(f"{error.filename}: {error.strerror}" if error.filename else error, 1))


def _told(what: object, status: int) -> int:
    click.echo(f"becalm: {' '.join(str(what).split())}", err=True)
    return status


def _settings(home: Path | None = None, policy: Path | None = None) -> "Settings":
    from pydantic import ValidationError
    from pydantic_settings import SettingsError

    from .settings import settings_for

    try:
        return settings_for(home=home, policy=policy)
    except SettingsError as error:
        raise InputError(f"a BECALM_ setting: {error}") from error
    except ValidationError as error:
        told: Any = error.errors()[0]
        raise InputError(f"setting BECALM_{'_'.join(map(str, told['loc'])).upper()}: {told['msg']}") from error


def _store(settings: "Settings") -> "Store":
    """The store of a home that has one; to look must not make an empty one."""
    from .store import Store

    if not settings.database_url and not (settings.home / "becalm.db").exists():
        raise InputError(f"{settings.home}: nothing here yet; `becalm run` makes it")
    return Store.open(settings.store_url)


def _quiet_prefect() -> None:
    """A command's own lines say how it goes; Prefect speaks up where it is asked to, and reports to nobody."""
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")
