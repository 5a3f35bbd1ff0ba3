"""`becalm reports`: what users reported, and who keeps reporting without ground."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .acting import Acting, acting, json_option
from .options import existing, home_option, policy_option
from .surroundings import open_store, read_settings

if TYPE_CHECKING:
    from ..reports.misuse import Misuse

STATES = ("waiting", "open", "answered", "paused", "gone")
name_argument = click.argument("name", metavar="REPORTER")
note_option = click.option("--note", default="", help="For the staff.")


@click.group()
def reports() -> None:
    """Reports by users. REPORTER is a pseudonym as `reporters` shows it, or PLATFORM:KEY."""


@reports.command("take-in")
@click.argument("file", type=existing)
@json_option
@home_option
@policy_option
def take_in(file: Path, as_json: bool, home: Path | None, policy: Path | None) -> None:
    """Take in a file of reports: platform, comment_id, reporter, and if known reason, text, reported_at."""
    from ..reports.files import take_in_reports
    from .filing import take_in_file

    take_in_file(take_in_reports, "report", file, as_json, home, policy)


@reports.command("list")
@click.option("--state", type=click.Choice(STATES), help="Only those in this state.")
@click.option("--held", is_flag=True, help="Rows that can't be taken in, and why.")
@json_option
@home_option
@policy_option
def list_reports(state: str | None, held: bool, as_json: bool, home: Path | None, policy: Path | None) -> None:
    """Reports, the latest first."""
    if held:
        from .filing import list_held

        list_held("reports", as_json, home)
        return
    from ..store import Report

    _list([Report.state == state] if state else [], as_json, home, policy)


@reports.command("show")
@click.argument("name", metavar="REPORT|PLATFORM/COMMENT_ID")
@home_option
@policy_option
def show(name: str, home: Path | None, policy: Path | None) -> None:
    """Everything about a report, or about all reports of a comment, as JSON."""
    from ..errors import InputError
    from ..policy import load_policy
    from ..reports.record import find_reports
    from ..reports.record import reports as read
    from ..screen import print_records
    from .lines import until_reader_leaves

    settings = read_settings(home, policy)
    rules = load_policy(settings.policy)
    with open_store(settings) as store, store.reading() as session:
        found = list(read(session, rules, datetime.now(UTC), *find_reports(session, name)))
    if not found:
        raise InputError(f"report {name!r}: there is none with this reference, and none of a comment of this name")
    with until_reader_leaves():
        print_records(found)


@reports.command("reporters")
@json_option
@home_option
@policy_option
def list_reporters(as_json: bool, home: Path | None, policy: Path | None) -> None:
    """Everybody who reports, by pseudonym, with how often people found them right."""
    from ..policy import load_policy
    from ..reports.record import reporters
    from ..screen import print_records
    from .lines import until_reader_leaves

    settings = read_settings(home, policy)
    rules = load_policy(settings.policy)
    with open_store(settings) as store, store.reading() as session:
        found = reporters(session, rules, datetime.now(UTC))
    with until_reader_leaves():
        if as_json:
            print_records(found)
            return
        for one in found:
            words = (one["reporter"], f"{one['reliability']:.2f}", one["evidence"], _due(one))
            click.echo("  ".join(filter(None, words)))


@reports.command("warn")
@name_argument
@note_option
@acting
def warn(act: Acting, name: str, note: str) -> None:
    """Ask somebody to report nothing without ground; only where the policy's evidence for it is there."""
    _take(act, name, "warn_reporter", note)


@reports.command("pause")
@name_argument
@note_option
@acting
def pause(act: Acting, name: str, note: str) -> None:
    """Leave somebody's reports aside for the policy's time; only after a warning that did not help."""
    _take(act, name, "pause_reporter", note)


@reports.command("lift")
@name_argument
@acting
def lift(act: Acting, name: str) -> None:
    """Take a warning and a pause back."""
    from ..reports.misuse import lift as lift_measures
    from ..wording import counted

    def lifted(session: Any, policy: Any, now: datetime) -> None:
        click.echo(f"{counted(lift_measures(session, policy, name, act.by, now), 'measure')} lifted")

    _act(act, lifted)


def _take(act: Acting, name: str, verb: str, note: str) -> None:
    from ..reports import misuse

    def taken(session: Any, policy: Any, now: datetime) -> None:
        _tell(act, getattr(misuse, verb)(session, policy, name, act.by, now, note))

    _act(act, taken)


def _act(act: Acting, do: Any) -> None:
    from ..policy import load_policy

    settings = read_settings(act.home, act.policy)
    rules = load_policy(settings.policy)
    with open_store(settings) as store, store.writing() as session:
        do(session, rules, datetime.now(UTC))


def _tell(act: Acting, evidence: "Misuse") -> None:
    from dataclasses import asdict

    from ..screen import print_records

    if act.as_json:
        print_records([asdict(evidence)])
        return
    until = f", paused until {evidence.paused_until:%Y-%m-%d}" if evidence.paused_until else ""
    click.echo(f"{evidence.reporter}: {evidence.words}; warned{until}")


def _list(which: list[Any], as_json: bool, home: Path | None, policy: Path | None) -> None:
    from ..policy import load_policy
    from ..reports.record import reports as read
    from ..screen import print_records
    from ..visible import visible
    from .lines import until_reader_leaves

    settings = read_settings(home, policy)
    rules = load_policy(settings.policy)
    with open_store(settings) as store, store.reading() as session, until_reader_leaves():
        found = read(session, rules, datetime.now(UTC), *which)
        if as_json:
            print_records(found)
            return
        for one in found:
            about = f"{one['platform']}/{one['comment_id']}"
            answer = one["outcome"] or one["case_id"] or ""
            when = (one["report"], one["received_at"][:10], f"{one['state']:8}")
            click.echo(visible("  ".join((*when, about, one["reporter"], one["reason"] or "", answer))).rstrip())


def _due(one: dict[str, Any]) -> str:
    told = f"paused until {one['paused_until'][:10]}" if one["paused_until"] else ""
    told = told or (f"warned on {one['warned_at'][:10]}" if one["warned_at"] else "")
    return "; ".join(filter(None, (told, f"enough to {one['suggested']}" if one["suggested"] else "")))
