"""`becalm respond`."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from .accesses import note
from .lines import until_reader_leaves
from .options import home_option, pair, policy_option, user
from .surroundings import open_store, read_settings

if TYPE_CHECKING:
    from ..cases.response import Walk


@click.command()
@click.argument("case_id")
@home_option
@policy_option
@click.option("--answer", "answers", multiple=True, metavar="ID", help="Answer to the next question; repeat it.")
@click.option("--set", "given", multiple=True, metavar="NAME=VALUE", help="Fill in a placeholder; repeat it.")
@click.option("--language", help="Language of the text (default: that of the comment, else the policy's).")
@click.option("--edit", type=click.File(encoding="utf-8"), help="A text to check instead of the template's.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
def respond(
    case_id: str, home: Path | None, policy: Path | None, answers: Sequence[str], given: Sequence[str],
    language: str | None, edit: TextIO | None, as_json: bool,
) -> None:  # fmt: skip
    """What to do and say about the case CASE_ID (the beginning of its id will do).

    First the response tree question by question, then the text, what is missing in it and what its tone check objects
    to.

    Without --answer it asks on a terminal, with the machine's answer as the default, and follows the machine elsewhere.
    Nothing is sent.
    """
    from ..accesses import keys_of_case
    from ..actions.answers import PlannedAnswers
    from ..cases.find import find_case
    from ..cases.responding import prepare
    from ..cases.response_page import print_response
    from ..cases.response_record import response_record
    from ..policy import load_policy
    from ..screen import print_records

    settings = read_settings(home, policy)
    rules = load_policy(settings.policy)
    values = dict(pair(each) for each in given)
    with open_store(settings) as store, store.reading() as session:
        preparing = prepare(session, rules, find_case(session, case_id), PlannedAnswers())
        way = (
            preparing.walk(answers)
            if answers
            else _ask(preparing.machine)
            if _is_asking(as_json)
            else preparing.machine
        )
        response = preparing.respond(way, values, language, edit.read() if edit else None)
        with until_reader_leaves():
            if as_json:
                print_records([response_record(response)])
            else:
                print_response(response)
        note(store, user(), "respond", keys_of_case(session, preparing.case.id))


def _is_asking(as_json: bool) -> bool:
    return not as_json and sys.stdin.isatty() and sys.stdout.isatty()


def _ask(machine: "Walk") -> "Walk":
    """Question by question; what the machine would answer is the default."""
    from ..cases.response import Walk

    suggested = {passed.question: passed.answer.id for passed in machine.path}
    way = Walk(machine.tree, machine.tree.start)
    while way.question is not None:
        click.echo(f"\n{way.question.asks}")
        if way.question.help:
            click.echo(f"  {way.question.help}")
        for answer in way.question.answers:
            click.echo(f"  {answer.id:<14} {answer.says}")
        ids = [answer.id for answer in way.question.answers]
        answer_id = click.prompt("answer", type=click.Choice(ids), default=suggested.get(way.at), show_choices=False)
        way = way.answered(answer_id)
    return way
