"""`becalm rulings`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

import click

from ..errors import InputError
from .lines import until_reader_leaves
from .options import home_option, user_option
from .surroundings import open_store, read_settings

texts_argument = click.argument("texts", type=click.File(encoding="utf-8"))
campaign_option = click.option("--campaign", "campaign_id", help="All texts of this campaign, besides those of TEXTS.")
two_campaigns = click.argument("campaign_ids", metavar="ID ID", nargs=2)


@click.group()
def rulings() -> None:
    """What people said about texts and campaigns; the next run keeps to it, and every one after."""


@rulings.command("list")
@home_option
def list_rulings(home: Path | None) -> None:
    """Every ruling in force, the latest first."""
    from ..campaigns import rulings as ruled
    from ..visible import visible

    with open_store(read_settings(home)) as store, store.reading() as session, until_reader_leaves():
        for one in ruled.rulings(session):
            click.echo(
                f"{one.said_at:%Y-%m-%d}  {one.kind:5}  {visible(' | '.join(one.texts))}  ({visible(one.said_by)})"
            )


@rulings.command("bad")
@click.argument("texts", type=click.File(encoding="utf-8"), required=False)
@campaign_option
@home_option
@user_option
def rule_bad(texts: TextIO | None, campaign_id: str | None, home: Path | None, by: str) -> None:
    """The texts in the file TEXTS (one a line, - for standard input) were removed: when they return, however
    disguised, they are a campaign or a flood at once."""
    _rule_on_texts(texts, campaign_id, home, by, is_bad=True)


@rulings.command("good")
@click.argument("texts", type=click.File(encoding="utf-8"), required=False)
@campaign_option
@home_option
@user_option
def rule_good(texts: TextIO | None, campaign_id: str | None, home: Path | None, by: str) -> None:
    """The texts in the file TEXTS (one a line, - for standard input) are never flagged: slogans, hashtags, support
    macros, song lyrics. What the brand's own accounts write is good anyway."""
    _rule_on_texts(texts, campaign_id, home, by, is_bad=False)


@rulings.command("same")
@two_campaigns
@home_option
@user_option
def rule_same(campaign_ids: tuple[str, str], home: Path | None, by: str) -> None:
    """Two campaigns are one push."""
    _rule_on_pair(campaign_ids, home, by, is_same=True)


@rulings.command("apart")
@two_campaigns
@home_option
@user_option
def rule_apart(campaign_ids: tuple[str, str], home: Path | None, by: str) -> None:
    """Two campaigns are not one push, now or later."""
    _rule_on_pair(campaign_ids, home, by, is_same=False)


@rulings.command("withdraw")
@texts_argument
@home_option
def withdraw(texts: TextIO, home: Path | None) -> None:
    """Forget every ruling about the texts in the file TEXTS (one a line, - for standard input)."""
    from ..campaigns import rulings as ruled
    from ..jobs import job

    lines = _lines(texts)
    with open_store(read_settings(home)) as store, store.writing() as session:
        click.echo(f"{ruled.withdraw(session, job('texts')(session, lines)):,} rulings withdrawn")


def _rule_on_texts(texts: TextIO | None, campaign_id: str | None, home: Path | None, by: str, *, is_bad: bool) -> None:
    from ..campaigns import rulings as ruled
    from ..campaigns.find import find_campaign
    from ..jobs import job

    lines = _lines(texts) if texts else []
    if not lines and campaign_id is None:
        raise click.UsageError("no texts: name a file with one a line, or --campaign")
    count, now = 0, datetime.now(UTC)
    with open_store(read_settings(home)) as store, store.writing() as session:
        if lines:
            ids = job("texts")(session, lines)
            ruled.rule_on_texts(session, ids, is_bad=is_bad, by=by, at=now)
            count = len(ids)
        if campaign_id is not None:
            campaign = find_campaign(session, campaign_id)
            count += ruled.rule_on_campaign(session, campaign, is_bad=is_bad, by=by, at=now)
    click.echo(f"{count:,} texts; the next run keeps to it")


def _rule_on_pair(campaign_ids: tuple[str, str], home: Path | None, by: str, *, is_same: bool) -> None:
    from ..campaigns import rulings as ruled
    from ..campaigns.find import find_campaign

    with open_store(read_settings(home)) as store, store.writing() as session:
        one, other = (find_campaign(session, begins) for begins in campaign_ids)
        ruled.rule_on_pair(session, one, other, is_same=is_same, by=by, at=datetime.now(UTC))
        click.echo(f"{one.id} and {other.id} are {'one' if is_same else 'two'}; the next run keeps to it")


def _lines(texts: TextIO) -> list[str]:
    try:
        return [line.strip() for line in texts if line.strip()]
    except UnicodeDecodeError as error:
        raise InputError(f"{texts.name}: not UTF-8 ({error.reason})") from error
