"""`becalm policy`: check, compare, publish and replay policies, and say what is unclear in them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import InputError
from .lines import until_reader_leaves
from .options import day, existing, folder, home_option, policy_option
from .surroundings import open_store, read_settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ..policy import Policy


@click.group()
def policy() -> None:
    """The written rules: check a draft, see what it changes, try it on the past, publish it."""


@policy.command()
@click.argument("file", type=existing, required=False)
def check(file: Path | None) -> None:
    """Whether the policy in FILE (default: the one in use) can do what it says; else every line to mend."""
    from ..policy import SHIPPED, load_policy
    from ..policy.loader import problems_at
    from ..policy.wordings import untold

    path = file or read_settings().policy or SHIPPED
    wrong = problems_at(path)
    for one in wrong:
        click.echo(str(one))
    if wrong:
        raise InputError(f"{path}: {len(wrong)} to mend")
    found = load_policy(path)
    click.echo(f"policy {found.version} can act: {len(found.rules)} rules, {len(found.templates)} templates")
    for language, rules in untold(found):
        click.echo(f"not yet said in `{language}`, whose templates quote rules: {', '.join(rules)} (in_other_words)")


@policy.command()
@click.argument("old")
@click.argument("new")
@home_option
def diff(old: str, new: str, home: Path | None) -> None:
    """What changes for whom from OLD to NEW: each a file, a version in the store, `shipped`, or `current`."""
    from ..policy.differences import differences

    found = differences(_named(old, home), _named(new, home))
    with until_reader_leaves():
        for whom in dict.fromkeys(one.whom for one in found):
            click.echo(f"{whom.value}:")
            for one in found:
                if one.whom == whom:
                    click.echo(f"  {one.about}: {one.words}")
        if not found:
            click.echo("nothing changes")


@policy.command()
@click.argument("file", type=existing)
@click.option("--by", required=True, help="Who publishes it.")
@click.option("--reason", required=True, help="Why.")
@click.option("--from", "since", type=day, help="Day (UTC) from which it holds (default: now).")
@home_option
def publish(file: Path, by: str, reason: str, since: datetime | None, home: Path | None) -> None:
    """Keep the policy in FILE as the one that holds from now on, with who published it and why."""
    from ..policy import load_policy, publish_policy

    valid_from = since.replace(tzinfo=UTC) if since else None
    with open_store(read_settings(home)) as store, store.writing() as session:
        kept = publish_policy(session, load_policy(file), by, reason, datetime.now(UTC), valid_from)
        click.echo(f"policy {kept.version} holds from {kept.valid_from:%Y-%m-%d %H:%M} UTC")


@policy.command("history")
@home_option
def show_history(home: Path | None) -> None:
    """Every version the store knows: since when and until when it held, who published it and why."""
    from ..policy import history
    from ..visible import visible

    with open_store(read_settings(home)) as store, store.reading() as session, until_reader_leaves():
        for one in history(session):
            if one.valid_from is None:
                click.echo(f"{one.version}  used since {one.first_used_at:%Y-%m-%d}, never published")
            else:
                until = f"{one.valid_to:%Y-%m-%d %H:%M}" if one.valid_to else "now on"
                told = f"{visible(one.author or '')}: {visible(one.reason or '')}"
                click.echo(f"{one.version}  {one.valid_from:%Y-%m-%d %H:%M} to {until}  {told}")


@policy.command()
@click.argument("version")
@home_option
def show(version: str, home: Path | None) -> None:
    """VERSION as the store has it, word for word."""
    from ..policy import stored_document

    with open_store(read_settings(home)) as store, store.reading() as session, until_reader_leaves():
        click.echo(stored_document(session, version))


@policy.command()
@click.argument("rule")
@click.argument("text")
@click.option("--by", required=True, help="Who says so.")
@home_option
@policy_option
def feedback(rule: str, text: str, by: str, home: Path | None, policy: Path | None) -> None:
    """Say TEXT about RULE, such as that it is unclear; the next review shows it, without your name."""
    from ..policy import give_feedback, load_policy

    settings = read_settings(home, policy)
    with open_store(settings) as store, store.writing() as session:
        give_feedback(session, load_policy(settings.policy), rule, by, text, datetime.now(UTC))
    click.echo(f"kept, for the next review of `{rule}`")


@policy.command()
@click.argument("name", default="current")
@click.option("--since", metavar="OLD", help="Write for staff, too, what changed since OLD.")
@click.option("--out", type=folder, help="Folder for the pages (default: guidelines among the published files).")
@home_option
def guidelines(name: str, since: str | None, out: Path | None, home: Path | None) -> None:
    """The public page of a policy: its rules with examples, what follows, how to contest it; as HTML and Markdown.

    NAME and OLD are a file, a version in the store, `shipped`, or `current`.
    """
    from ..guidelines import change_notes, write_pages
    from ..guidelines import guidelines as page_of

    found = _named(name, home)
    pages = [page_of(found)]
    if since:
        pages.append(change_notes(_named(since, home), found, _reason(found.version, home)))
    target = out or read_settings(home).published / "guidelines"
    for page in pages:
        for path in write_pages(target, page):
            click.echo(str(path))


@policy.command()
@click.argument("draft", type=existing)
@click.option("--from", "first", type=day, help="First day of the comments (default: the oldest).")
@click.option("--to", "last", type=day, help="Last day of the comments (default: the newest).")
@click.option("--against", default="current", help="What to compare with (default: the version in force).")
@home_option
def replay(draft: Path, first: datetime | None, last: datetime | None, against: str, home: Path | None) -> None:
    """What the policy in DRAFT would have changed on past, decided cases. Nothing in the store is changed."""
    from ..policy import load_policy
    from ..replay import replay_policy
    from ..replay.page import lines
    from ..review.period import Period, covering_period

    drafted, before = load_policy(draft), _named(against, home)
    with open_store(read_settings(home)) as store, store.reading() as session:
        period = covering_period(session)
        if first or last:
            start = first.replace(tzinfo=UTC) if first else period.start
            end = last.replace(tzinfo=UTC) + timedelta(days=1) if last else period.end
            if start >= end:
                raise InputError(f"a replay must end after it starts: {start.date()} is not before {end.date()}")
            period = Period(start, end)
        found = replay_policy(session, drafted, before, period)
    with until_reader_leaves():
        for line in lines(found):
            click.echo(line)


def _named(name: str, home: Path | None) -> "Policy":
    """The policy that a file, a version or a word names."""
    from ..policy import SHIPPED, load_policy, stored_policy

    if name == "shipped":
        return load_policy(SHIPPED)
    if Path(name).is_file():
        return load_policy(Path(name))
    with open_store(read_settings(home)) as store, store.reading() as session:
        return stored_policy(session, _current(session) if name == "current" else name)


def _reason(version: str, home: Path | None) -> str | None:
    """Why the version was published, None where it was not."""
    from ..policy import history

    with open_store(read_settings(home)) as store, store.reading() as session:
        return next((one.reason for one in history(session) if one.version == version), None)


def _current(session: "Session") -> str:
    from ..policy import current_version

    found = current_version(session, datetime.now(UTC))
    if found is None:
        raise InputError("the store knows no policy yet; `becalm run` or `becalm policy publish` brings one")
    return found.version
