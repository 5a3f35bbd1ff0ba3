"""`becalm outbox`: what is to be done on the platforms, and what came of it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .acting import by_option, json_option, reason_option
from .options import home_option, policy_option
from .surroundings import open_store, read_settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ..actions.listing import Listed
    from ..policy import Policy
    from ..store import Action

STATES = ("planned", "failed", "dead", "done", "cancelled", "covered")
action_argument = click.argument("action", metavar="ACTION")


@click.group()
def outbox() -> None:
    """Actions on the platforms that follow from decisions. ACTION is the beginning of an action's key."""


@outbox.command("list")
@click.option("--state", "states", type=click.Choice(STATES), multiple=True, help="Only these; repeat it for several.")
@click.option("--case", "case_id", help="Only of this case.")
@json_option
@home_option
def list_actions(states: tuple[str, ...], case_id: str | None, as_json: bool, home: Path | None) -> None:
    """Every action, the newest last."""
    _list(states or STATES, case_id, as_json, home)


@outbox.command("dead")
@json_option
@home_option
def list_dead(as_json: bool, home: Path | None) -> None:
    """What was given up, and why; `replay` tries it again."""
    _list(("dead",), None, as_json, home)


@outbox.command("carry-out")
@json_option
@home_option
@policy_option
def carry_out_command(as_json: bool, home: Path | None, policy: Path | None) -> None:
    """Do what is due, by the connectors that BECALM_CONNECTORS names; without any it is only told and noted."""
    from ..actions.carrying import carry_out
    from ..actions.connectors import connectors_of
    from ..policy import load_policy
    from ..screen import print_records

    settings = read_settings(home, policy)
    rules, records = load_policy(settings.policy), []

    def tell(action: "Action", connector: str, results: dict[str, Any]) -> None:
        record = {
            "key": action.key, "kind": action.kind, "platform": action.platform, "target_kind": action.target_kind,
            "target": action.target, "case_id": action.case_id, "connector": connector, "results": results,
        }  # fmt: skip
        records.append(record)
        if not as_json:
            _line(action.key, connector, action.kind, f"{action.platform} {action.target_kind} {action.target}")

    with open_store(settings) as store:
        way = connectors_of(settings.connectors, settings.home)
        carried = carry_out(store, rules, way, lambda: datetime.now(UTC), tell)
    told = {
        "done": carried.done, "rehearsed": carried.rehearsed, "failed": carried.failed, "dead": carried.dead,
        "blocked": carried.blocked,
    }  # fmt: skip
    if as_json:
        print_records([told | {"actions": records}])
        return
    click.echo(f"{carried.done:,} done ({carried.rehearsed:,} of them only rehearsed), {carried.failed:,} to be tried "
               f"again, {carried.dead:,} given up")  # fmt: skip
    if carried.blocked:
        click.echo(f"{carried.blocked:,} notices lack something: see `becalm notices list --state blocked`")


@outbox.command("replay")
@click.argument("actions", metavar="[ACTION]...", nargs=-1)
@click.option("--all", "all_dead", is_flag=True, help="Everything that was given up and still holds.")
@click.option("--rehearsed", "all_rehearsed", is_flag=True, help="Everything that was only rehearsed and still holds.")
@by_option
@json_option
@home_option
@policy_option
def replay_command(
    actions: tuple[str, ...], all_dead: bool, all_rehearsed: bool, by: str, as_json: bool, home: Path | None,
    policy: Path | None,
) -> None:  # fmt: skip
    """Plan dead or rehearsed actions anew, under their old keys."""
    from ..actions.mending import rehearsed, replay, replayable

    if bool(actions) + all_dead + all_rehearsed != 1:
        raise click.UsageError("name actions, or give --all, or --rehearsed")

    def act(session: "Session", rules: "Policy", now: datetime) -> "list[Action]":
        keys = actions or (replayable(session) if all_dead else rehearsed(session))
        return [replay(session, rules, key, by, now) for key in keys]

    _change(act, as_json, home, policy)


@outbox.command("cancel")
@action_argument
@reason_option
@by_option
@json_option
@home_option
@policy_option
def cancel_command(
    action: str, reason: str, by: str, as_json: bool, home: Path | None, policy: Path | None
) -> None:  # fmt: skip
    """Call an action off; its decision stays in force."""
    from ..actions.mending import cancel

    _change(lambda session, rules, now: [cancel(session, rules, action, by, reason, now)], as_json, home, policy)


def _list(states: tuple[str, ...], case_id: str | None, as_json: bool, home: Path | None) -> None:
    from ..actions.listing import listed
    from ..screen import print_records
    from .lines import until_reader_leaves

    with open_store(read_settings(home)) as store, store.reading() as session, until_reader_leaves():
        if as_json:
            print_records(each.as_dict() for each in listed(session, states, case_id))
            return
        for each in listed(session, states, case_id):
            _line(each.key, each.state, each.kind, f"{each.platform} {each.target_kind} {each.target}", _why(each))


def _why(each: "Listed") -> str:
    if each.state == "done":
        return f"by {each.connector}"
    when = f"at {each.next_at:%Y-%m-%d %H:%M} UTC" if each.state in ("planned", "failed") else ""
    return "  ".join(filter(None, (when, each.last_error, f"case {each.case_id}")))


def _change(
    act: "Callable[[Session, Policy, datetime], list[Action]]", as_json: bool, home: Path | None, policy: Path | None
) -> None:
    """In one transaction, then told."""
    from ..policy import load_policy
    from ..screen import print_records

    settings, now = read_settings(home, policy), datetime.now(UTC)
    rules = load_policy(settings.policy)
    with open_store(settings) as store, store.writing() as session:
        done = act(session, rules, now)
    if as_json:
        print_records({"key": each.key, "state": each.state, "case_id": each.case_id} for each in done)
        return
    for each in done:
        _line(each.key, each.state, each.kind, f"{each.platform} {each.target_kind} {each.target}")
    click.echo(f"{len(done):,} changed")


def _line(key: str, state: str, *words: str) -> None:
    from ..visible import visible

    click.echo(visible("  ".join((key[:13], f"{state:9}", *filter(None, words)))))
