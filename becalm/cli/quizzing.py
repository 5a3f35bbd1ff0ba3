"""A quiz on a terminal: a question, what is right, and the result that is kept."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .lines import print_json_lines
from .surroundings import open_store, read_settings

if TYPE_CHECKING:
    from ..training.pack import Pack, Scenario
    from ..training.quiz import Score


def ask(pack: "Pack", one: "Scenario", number: int) -> None:
    """Print the scenario, its question and the answers to choose from."""
    from ..training.wording import wording_of
    from ..visible import visible

    wording = wording_of(pack.language)
    said = [f"{each.who}: {each.text}" for each in ((one.parent,) if one.parent else ()) + one.comments]
    lines = [
        "", f"{wording['scenario']} {number}/{len(pack.scenarios)}  {wording['under']}: {one.thread}", *said,
        *([one.more] if one.more else []), *one.history, one.question,
    ]  # fmt: skip
    for line in lines:
        click.echo(visible(line))
    for option in one.options:
        click.echo(visible(f"  {option.id}  {option.words}"))


def tell(pack: "Pack", one: "Scenario", given: str) -> None:
    """Print what was right, why, and the lesson in tone."""
    from ..training.wording import wording_of
    from ..visible import visible

    wording, right = wording_of(pack.language), one.right_option
    verdict = f"{'✓' if given == one.right else '✗'} {right.id}  {right.words}" if right else wording["to discuss"]
    tone = (f"{wording['poor']}: {one.tone.poor}", f"{wording['good']}: {one.tone.good}")
    for line in (verdict, *one.why, one.tone.lesson, *tone):
        click.echo(visible(line))


def close(
    pack: "Pack", answers: dict[str, str], by: str, home: Path | None, policy: Path | None, as_json: bool
) -> None:
    """Scores and keeps the answers, and tells the result."""
    from ..policy import load_policy
    from ..training.quiz import keep_score, score_answers

    settings, found = read_settings(home, policy), score_answers(pack, answers)
    rules = load_policy(settings.policy)
    with open_store(settings) as store, store.writing() as session:
        attempt = keep_score(session, rules, pack, found, by, datetime.now(UTC))
    _print_score(pack, found, by, attempt, as_json)


def _print_score(pack: "Pack", found: "Score", by: str, attempt: int, as_json: bool) -> None:
    from ..visible import visible

    if as_json:
        print_json_lines([
            {"pack": pack.id, "by": by, "attempt": attempt, "right": found.right, "scored": found.scored,
             "rules_right": found.rules_right, "discussed": found.discussed, "unanswered": found.unanswered,
             "wrong": [{"scenario": each.scenario.id, "rule": each.scenario.about, "answered_rule": each.option.rule,
                        "answered_action": each.option.action} for each in found.wrong]}
        ])  # fmt: skip
        return
    click.echo(
        f"{found.right} of {found.scored} right, the rule seen in {found.rules_right}; {found.discussed} to discuss, "
        f"{found.unanswered} not answered; kept as attempt {attempt} of {by}"
    )
    for each in found.wrong:
        right = each.scenario.right_option
        click.echo(visible(f"{each.scenario.id}: {each.option.words} Right: {right.words if right else ''}"))
