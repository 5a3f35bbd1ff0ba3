"""`becalm notices`: what people are told, and what is missing in it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from .acting import by_option, json_option
from .options import home_option, pair, policy_option
from .surroundings import open_store, read_settings

if TYPE_CHECKING:
    from ..notices.rendering import Rendered

STATES = ("waiting", "blocked", "ready", "sent", "cancelled")
notice_argument = click.argument("notice", metavar="NOTICE")


@click.group()
def notices() -> None:
    """What authors, reporters, appellants and readers are told. NOTICE is the beginning of a notice's id."""


@notices.command("list")
@click.option("--state", type=click.Choice(STATES), help="Only these.")
@json_option
@home_option
def list_notices(state: str | None, as_json: bool, home: Path | None) -> None:
    """Every notice, the oldest first, with what keeps it from being sent."""
    from ..notices.listing import notice_records
    from ..screen import print_records
    from ..visible import visible
    from .lines import until_reader_leaves

    with open_store(read_settings(home)) as store, store.reading() as session, until_reader_leaves():
        if as_json:
            print_records(notice_records(session, state))
            return
        for record in notice_records(session, state):
            words = (record["id"][:13], f"{record['state']:9}", record["audience"], record["recipient"])
            lacks = f"lacks {'; '.join(record['gaps'])}" if record["gaps"] else ""
            told = (record["action"], f"case {record['case_id']}", lacks)
            click.echo(visible("  ".join(filter(None, (*words, *told)))))


@notices.command("show")
@notice_argument
@json_option
@home_option
@policy_option
def show_notice(notice: str, as_json: bool, home: Path | None, policy: Path | None) -> None:
    """One notice with its text, as it was sent or as it would be sent now."""
    from ..notices.filling import find_notice
    from ..notices.listing import whole_record
    from ..policy import load_policy
    from ..screen import print_records

    settings = read_settings(home, policy)
    rules = load_policy(settings.policy)
    with open_store(settings) as store, store.reading() as session:
        record = whole_record(session, rules, find_notice(session, notice), datetime.now(UTC))
    if as_json:
        print_records([record])
        return
    _page(record)


@notices.command("fill")
@notice_argument
@click.option("--set", "values", metavar="NAME=VALUE", multiple=True, help="Fill in a placeholder; repeat it.")
@click.option(
    "--edit", type=click.File(encoding="utf-8"), help="A text of your own in its place (- is standard input)."
)
@by_option
@json_option
@home_option
@policy_option
def fill_notice(
    notice: str, values: tuple[str, ...], edit: TextIO | None, by: str, as_json: bool, home: Path | None,
    policy: Path | None,
) -> None:  # fmt: skip
    """Say what only a person can; what is complete goes out when it is due."""
    from ..notices.filling import fill
    from ..policy import load_policy
    from ..screen import print_records

    given = dict(pair(value) for value in values)
    settings = read_settings(home, policy)
    rules = load_policy(settings.policy)
    with open_store(settings) as store, store.writing() as session:
        edited = edit.read().strip() if edit else None
        rendered = fill(session, rules, notice, by, given, datetime.now(UTC), edited)
    if as_json:
        print_records([{"text": rendered.text, "language": rendered.language, "gaps": rendered.gaps}])
        return
    _page(_as_record(rendered))


@notices.command("cancel")
@notice_argument
@by_option
@home_option
@policy_option
def cancel_notice(notice: str, by: str, home: Path | None, policy: Path | None) -> None:
    """Nobody is told; only of what is not in the outbox yet."""
    from ..notices.filling import call_off
    from ..policy import load_policy
    from ..visible import visible

    settings = read_settings(home, policy)
    rules = load_policy(settings.policy)
    with open_store(settings) as store, store.writing() as session:
        found = call_off(session, rules, notice, by)
    click.echo(visible(f"{found.id}  {found.state}"))


def _as_record(rendered: "Rendered") -> dict[str, Any]:
    return {"text": rendered.text, "gaps": list(rendered.gaps)}


def _page(record: dict[str, Any]) -> None:
    from ..visible import visible

    names = ("id", "state", "audience", "recipient", "case_id", "due_at", "sent_at", "appeal_until")
    for name in (name for name in names if record.get(name)):
        click.echo(visible(f"{name.replace('_', ' '):<14}{record[name]}"))
    for line in (record["text"] or "").splitlines():
        click.echo(visible(line))
    for gap in record["gaps"]:
        click.echo(visible(f"lacks {gap}"))
