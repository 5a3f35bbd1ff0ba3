"""`becalm training`: packs of scenarios from decided cases, quizzes over them, and drafts for customers."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .acting import by_option, json_option
from .lines import print_json_lines, until_reader_leaves
from .options import day, existing, folder, home_option, policy_option
from .surroundings import open_store, read_settings

if TYPE_CHECKING:
    from ..training.pack import Pack

LANGUAGES = ("en", "de")
MONTH = 30
pack_argument = click.argument("pack", metavar="PACK")


@click.group()
def training() -> None:
    """Learn from decided cases. PACK is a folder or pack.json, or the id of a pack made in this home."""


@training.command("make")
@click.option("--from", "first", type=day, help="First day (UTC) on which the cases were decided.")
@click.option("--to", "last", type=day, help="Last day.")
@click.option("--scenarios", type=click.IntRange(1, 500), default=20, show_default=True, help="At most so many.")
@click.option("--seed", default="", help="Words that fix the lot, so that anybody can make the same pack.")
@click.option("--out", type=folder, help="Folder of the pack (default: its own among the published files).")
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Of all but the comments."
)
@click.option("--since-version", "since", help="A refresher: only what the policy changed since this version.")
@home_option
@policy_option
@json_option
def make(
    first: datetime | None, last: datetime | None, scenarios: int, seed: str, out: Path | None, language: str,
    since: str | None, home: Path | None, policy: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Make a pack: a page to learn with, and the same as JSON. Names, addresses and private data are replaced."""
    from ..policy import load_policy
    from ..training import Wanted, write_new_pack

    settings = read_settings(home, policy)
    start, end = _days(first, last)
    wanted = Wanted(scenarios, seed, language, start, end, since)
    with open_store(settings) as store:
        pack, target = write_new_pack(
            store, settings.home, load_policy(settings.policy), wanted, datetime.now(UTC), out
        )
    scored = sum(one.right is not None for one in pack.scenarios)
    rules = sorted({one.about for one in pack.scenarios})
    if as_json:
        print_json_lines([
            {"pack": pack.id, "kind": pack.kind, "folder": str(target), "scenarios": len(pack.scenarios),
             "scored": scored, "hard": sum(one.is_hard for one in pack.scenarios), "rules": rules,
             "changed_rules": [change.rule for change in pack.changes]}
        ])  # fmt: skip
        return
    changed = f", {len(pack.changes)} changed rules" if pack.changes else ""
    click.echo(f"pack {pack.id}: {len(pack.scenarios)} scenarios ({scored} scored) of {len(rules)} rules{changed}")
    click.echo(f"page  {target / 'index.html'}")


@training.command("quiz")
@pack_argument
@by_option
@home_option
@policy_option
def quiz(pack: str, by: str, home: Path | None, policy: Path | None) -> None:
    """Work through PACK on the terminal: answer, then read why. What is answered is kept, also when you stop early."""
    from ..policy import load_policy
    from ..policy.staffing import person_of
    from .quizzing import ask, close, tell

    person_of(load_policy(read_settings(home, policy).policy), by)
    found = _read(pack, home)
    answers: dict[str, str] = {}
    try:
        for number, one in enumerate(found.scenarios, start=1):
            ask(found, one, number)
            letters = [option.id for option in one.options]
            answers[one.id] = click.prompt(">", type=click.Choice(letters), show_choices=False, prompt_suffix=" ")
            tell(found, one, answers[one.id])
    except click.Abort:
        click.echo()
    if answers:
        close(found, answers, by, home, policy, as_json=False)


@training.command("score")
@pack_argument
@click.argument("answers", type=existing)
@by_option
@home_option
@policy_option
@json_option
def score(pack: str, answers: Path, by: str, home: Path | None, policy: Path | None, as_json: bool) -> None:
    """Score the file ANSWERS, as the page of PACK saves it: {"pack": ID, "answers": {"s1": "b", ...}}."""
    from ..training.quiz import read_answers
    from .quizzing import close

    found = _read(pack, home)
    close(found, read_answers(answers, found), by, home, policy, as_json)


@training.command("agreement")
@home_option
@json_option
def agreement(home: Path | None, as_json: bool) -> None:
    """Where staff and policy differ: per rule, how many first answers were right. The review shows it too."""
    from ..review.understanding import read_understanding

    with open_store(read_settings(home)) as store, store.reading() as session:
        found = read_understanding(session)
    if as_json:
        print_json_lines(
            {"rule": each.rule, "policy_version": each.policy_version, "people": each.people,
             "answers": each.right.total, "right": each.right.hits, "rules_right": each.rules_right.hits,
             "low": each.right.low, "high": each.right.high, "taken_for": each.instead, "times": each.times}
            for each in found
        )  # fmt: skip
        return
    with until_reader_leaves():
        for each in found:
            taken = f"; taken for {each.instead or 'no rule'} {each.times} times" if each.times else ""
            click.echo(
                f"{each.rule} (policy {each.policy_version}): {each.right.hits} of {each.right.total} answers right, "
                f"by {each.people} people; the rule was seen in {each.rules_right.hits}{taken}"
            )
        if not found:
            click.echo("nobody has answered a quiz yet")


@training.command("renew")
@pack_argument
@home_option
@json_option
def renew(pack: str, home: Path | None, as_json: bool) -> None:
    """Take out of PACK, or of a copy of it, what was erased from the store since it was made."""
    from ..training import renew as cut
    from ..training.keeping import find_pack

    settings = read_settings(home)
    with open_store(settings) as store, store.reading() as session:
        gone = cut(session, find_pack(session, settings.home, pack))
    if as_json:
        print_json_lines([{"scenarios": gone.scenarios, "removed": bool(gone.removed)}])
    elif gone.removed:
        click.echo("nothing of it is kept any more; the pack was removed")
    else:
        click.echo(f"{gone.scenarios} scenarios taken out" if gone.scenarios else "everything in it is still kept")


@training.command("posts")
@click.option("--from", "first", type=day, help="First day (default: thirty days before the last).")
@click.option("--to", "last", type=day, help="Last day (default: the day of the newest comment).")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Of the draft.")
@home_option
@policy_option
@json_option
def posts(
    first: datetime | None, last: datetime | None, language: str, home: Path | None, policy: Path | None, as_json: bool
) -> None:
    """A draft for customers: how to recognise what went round, from a month's campaigns. The review has one too."""
    from ..errors import InputError
    from ..policy import load_policy
    from ..posts import write_post
    from ..review.patterns import read_patterns
    from ..review.period import Period, default_period

    settings, (start, end) = read_settings(home, policy), _days(first, last)
    rules = load_policy(settings.policy)
    with open_store(settings) as store, store.reading() as session:
        end = end or default_period(session, 1).end
        start = start or end - timedelta(days=MONTH)
        if start >= end:
            raise InputError(f"it must end after it starts: {start.date()} is not before {end.date()}")
        about_us = {str(name): words for name, words in rules.about_us.items()}
        draft = write_post(read_patterns(session, Period(start, end)), language, about_us)
    if draft is None:
        click.echo("no campaign of these days shows a pattern to warn of", err=True)
        return
    if as_json:
        print_json_lines([
            {"language": draft.language, "title": draft.title, "paragraphs": draft.paragraphs,
             "patterns": [{"kind": one.kind, "campaigns": one.campaigns, "comments": one.comments}
                          for one in draft.patterns],
             "objections": [{"words": one.words, "why": one.why} for one in draft.objections]}
        ])  # fmt: skip
        return
    click.echo(draft.text)
    for one in draft.objections:
        click.echo(f"the tone check objects to “{one.words}”: {one.why}", err=True)


def _days(first: datetime | None, last: datetime | None) -> tuple[datetime | None, datetime | None]:
    from ..errors import InputError

    start = first.replace(tzinfo=UTC) if first else None
    end = last.replace(tzinfo=UTC) + timedelta(days=1) if last else None
    if start and end and start >= end:
        raise InputError(f"it must end after it starts: {first:%Y-%m-%d} is not before {last:%Y-%m-%d}")
    return start, end


def _read(name: str, home: Path | None) -> "Pack":
    from ..training import read_pack
    from ..training.keeping import find_pack

    settings = read_settings(home)
    with open_store(settings) as store, store.reading() as session:
        return read_pack(find_pack(session, settings.home, name))
