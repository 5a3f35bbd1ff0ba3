"""`becalm appeals`: decisions that were contested, and their answers."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .acting import Acting, acting, json_option, version_option
from .options import existing, home_option, policy_option
from .surroundings import open_store, read_settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ..cases.settling import Settled
    from ..policy import Policy

STATES = ("open", "held", "decided", "closed")
ANSWERS = ("uphold", "restore")
case_argument = click.argument("case_id", metavar="CASE")


@click.group()
def appeals() -> None:
    """Appeals against decisions. CASE is the beginning of the id of an appeal's case."""


@appeals.command("take-in")
@click.argument("file", type=existing)
@json_option
@home_option
@policy_option
def take_in(file: Path, as_json: bool, home: Path | None, policy: Path | None) -> None:
    """Take in a file of appeals: platform, author_id, text, decision or notice, and if known received_at."""
    from ..appeals.files import take_in_appeals
    from .filing import take_in_file

    take_in_file(take_in_appeals, "appeal", file, as_json, home, policy)


@appeals.command("list")
@click.option("--state", type=click.Choice(STATES), help="Only those in this state.")
@click.option("--held", is_flag=True, help="Rows that can't be taken in, and why.")
@json_option
@home_option
def list_appeals(state: str | None, held: bool, as_json: bool, home: Path | None) -> None:
    """Appeals, the one due first at the top."""
    if held:
        from .filing import list_held

        list_held("appeals", as_json, home)
        return
    from ..appeals.record import appeals as read
    from ..screen import print_records
    from ..store import Case
    from ..visible import visible
    from .lines import until_reader_leaves

    which = [Case.state == state] if state else []
    with open_store(read_settings(home)) as store, store.reading() as session, until_reader_leaves():
        for one in read(session, *which):
            if as_json:
                print_records([one])
                continue
            words = (one["case_id"], f"{one['state']:7}", f"due {one['due_at'][:16]}", one["account_id"])
            click.echo(visible("  ".join((*words, one["decision_id"], one["outcome"] or ""))).rstrip())


@appeals.command("show")
@case_argument
@home_option
@policy_option
def show(case_id: str, home: Path | None, policy: Path | None) -> None:
    """An appeal as JSON: what was decided, what the appellant says, who had a part in it, and the answer."""
    from ..appeals.record import appeal_record
    from ..policy import load_policy
    from ..screen import print_records
    from .lines import until_reader_leaves

    settings = read_settings(home, policy)
    rules = load_policy(settings.policy)
    with open_store(settings) as store, store.reading() as session:
        record = appeal_record(session, rules, _find(session, case_id))
    with until_reader_leaves():
        print_records([record])


@appeals.command("answer")
@case_argument
@click.option("--action", type=click.Choice(ANSWERS), required=True, help="The decision stands, or is taken back.")
@click.option("--reason", required=True, help="Why; the appellant gets to read it.")
@version_option
@acting
def answer(act: Acting, case_id: str, action: str, reason: str, version: int | None) -> None:
    """Answer an appeal, as somebody who had no part in the decision."""
    from ..cases.deciding import Ruling, decide

    def answered(session: "Session", policy: "Policy", now: datetime) -> "Settled":
        found = _find(session, case_id)
        expected = act.seen(version)(session, found)
        return decide(session, policy, found, Ruling(action, note=reason), act.by, now, expected)

    act.show(answered)


def _find(session: "Session", begins: str) -> str:
    """The only appeal whose case's id begins so."""
    from sqlalchemy import select

    from ..cases.find import find_case
    from ..errors import InputError
    from ..store import Appeal

    found = find_case(session, begins)
    if session.scalar(select(Appeal.case_id).where(Appeal.case_id == found)) is None:
        raise InputError(f"case {found}: it is no appeal; `becalm case show {found}` shows it")
    return found
