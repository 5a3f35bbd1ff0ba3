"""Somebody does something to a case: who, on which store, under which policy, and how it is told."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .lines import until_reader_leaves
from .options import home_option, policy_option
from .surroundings import open_store, read_settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ..cases.settling import Settled
    from ..cases.standing import Standing
    from ..policy import Policy
    from ..store import Store

by_option = click.option("--by", required=True, help="Who does it: one of the policy's people.")
json_option = click.option("--json", "as_json", is_flag=True, help="JSON, one line.")
reason_option = click.option("--reason", required=True, help="Why.")
version_option = click.option(
    "--version", type=click.IntRange(min=1), help="The version you saw (default: as you touched it last)."
)

Then = Callable[["Session", "Policy", Any, datetime], None]


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts, where, and in which form they want to be told."""

    by: str
    home: Path | None
    policy: Path | None
    as_json: bool

    def on(
        self, case_id: str, room: str, verb: str, whole: bool = False, then: Then | None = None, **said: Any
    ) -> None:
        """Do `verb` of becalm.cases.`room` to the case, and tell how it stands then, the `whole` of it if asked.

        `said` may hold functions of session and case id, for what has to be looked up in the same transaction; in it
        `then` is called with what was decided.
        """
        act = getattr(import_module(f"becalm.cases.{room}"), verb)

        def acted(session: "Session", policy: "Policy", now: datetime) -> "Standing | Settled":
            from ..cases.find import find_case

            found = find_case(session, case_id)
            known = {name: each(session, found) if callable(each) else each for name, each in said.items()}
            done: Standing | Settled = act(session, policy, found, by=self.by, now=now, **known)
            if then:
                then(session, policy, done, now)
            return done

        self.show(acted, whole)

    def seen(self, version: int | None) -> Callable[["Session", str], int | None]:
        """The version given, or that of what this person last did to the case."""

        def look(session: "Session", case_id: str) -> int | None:
            from ..cases.standing import seen_version

            return version or seen_version(session, case_id, self.by)

        return look

    def case(self, begins: str) -> Callable[["Session", str], str]:
        """Another case, by the beginning of its id."""

        def look(session: "Session", _: str) -> str:
            from ..cases.find import find_case

            return find_case(session, begins)

        return look

    def comments(self, _: str, names: Sequence[str]) -> Callable[["Session", str], set[int]]:
        """Comments of the case, by their ids on the platform."""

        def look(session: "Session", case_id: str) -> set[int]:
            from ..cases.find import comments_named

            return comments_named(session, case_id, names)

        return look

    def show(
        self, act: Callable[["Session", "Policy", datetime], "Standing | Settled | None"], whole: bool = False
    ) -> None:
        """Do it in one transaction, then tell what came of it, the `whole` page of the case if asked."""
        from ..policy import load_policy

        settings, now = read_settings(self.home, self.policy), datetime.now(UTC)
        policy = load_policy(settings.policy)
        with open_store(settings) as store:
            with store.writing() as session:
                done = act(session, policy, now)
            if done is not None and whole and not self.as_json:
                with store.reading() as session:
                    _show(store, session, policy, _case_of(done), now, as_json=False, by=self.by)
            else:
                _tell(done, now, self.as_json)


def acting(command: Callable[..., None]) -> Callable[..., None]:
    """The options of everything that changes a case, handed in as one `Acting`."""

    @by_option
    @json_option
    @home_option
    @policy_option
    @functools.wraps(command)
    def wrapped(by: str, as_json: bool, home: Path | None, policy: Path | None, **said: Any) -> None:
        command(Acting(by, home, policy, as_json), **said)

    return wrapped


def show_whole(case_id: str, home: Path | None, policy: Path | None, as_json: bool, by: str) -> None:
    """All there is about a case, as a page or as one line of JSON."""
    from ..cases.find import find_case
    from ..cases.standing import standing
    from ..policy import load_policy

    settings, now = read_settings(home, policy), datetime.now(UTC)
    rules = load_policy(settings.policy)
    with open_store(settings) as store, store.reading() as session:
        case = standing(session, find_case(session, case_id))
        _show(store, session, rules, case, now, as_json, by)


def _show(
    store: "Store", session: "Session", policy: "Policy", case: "Standing", now: datetime, as_json: bool, by: str
) -> None:
    from ..accesses import keys_of_case
    from ..cases.page import case_page, print_page
    from ..cases.record import whole_record
    from ..screen import print_records
    from .accesses import note

    note(store, by, "case show", keys_of_case(session, case.id))
    with until_reader_leaves():
        if as_json:
            print_records([whole_record(session, policy, case, now)])
        else:
            print_page(case_page(session, policy, case, now))


def _tell(done: "Standing | Settled | None", now: datetime, as_json: bool) -> None:
    from ..cases.record import case_record, settled_record
    from ..cases.settling import Settled
    from ..screen import print_records
    from ..visible import visible

    if as_json:
        records = [settled_record(done, now)] if isinstance(done, Settled) else [case_record(done, now)] if done else []
        print_records(records)
        return
    if done is None:
        click.echo("nothing is left to do for you")
        return
    case = _case_of(done)
    words = [case.id, f"version {case.version}", case.state, case.queue, case.rule, case.subject]
    if isinstance(done, Settled):
        words.append(f"{done.decision.kind} {done.decision.id}: {done.decision.action} ({done.decision.outcome})")
    elif case.claimed_until:
        words.append(f"claimed by {case.claimed_by} until {case.claimed_until:%H:%M} UTC")
    click.echo(visible("  ".join(words)))


def _case_of(done: "Standing | Settled") -> "Standing":
    from ..cases.settling import Settled

    return done.case if isinstance(done, Settled) else done
