"""`becalm erase` and `becalm erasures`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import home_option, policy_option
from .surroundings import open_store, read_settings

if TYPE_CHECKING:
    from ..erasure.erase import Erased

json_option = click.option("--json", "as_json", is_flag=True, help="JSON, one line for each.")


@click.command()
@click.argument("account_id", metavar="PLATFORM:AUTHOR_ID")
@click.option("--by", required=True, help="Who erases: one of the policy's people.")
@click.option("--reason", required=True, help="Why; kept without what names the person.")
@click.option("--yes", is_flag=True, help="Carry it out; else it is only counted.")
@click.option("--may-return", is_flag=True, help="Take its comments in again when they are sent again.")
@home_option
@policy_option
@json_option
def erase(
    account_id: str, by: str, reason: str, yes: bool, may_return: bool, home: Path | None, policy: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Erase an account: its comments, texts that nobody else wrote, and what was made of them, in the store and in
    every file of the home. Figures stay, and so do decisions, without telling about whom.
    """
    from ..erasure import erase as erasing
    from ..jobs import job
    from ..policy import load_policy
    from ..screen import print_records

    settings, now = read_settings(home, policy), datetime.now(UTC)
    rules, text_ids = load_policy(settings.policy), job("texts")
    open_store(settings).close()
    if yes:
        erased = erasing.erase(settings, rules, account_id, by, reason, now, text_ids, may_return=may_return)
    else:
        erased = erasing.preview(settings, rules, account_id, by, now, text_ids)
    if as_json:
        print_records([erased.as_dict() | {"done": yes}])
    else:
        _tell(erased, yes)


@click.command()
@home_option
@json_option
def erasures(home: Path | None, as_json: bool) -> None:
    """Erasures so far, the latest first: who did them, why and how much, not whose."""
    from sqlalchemy import select

    from ..screen import print_records
    from ..store import Erasure
    from ..visible import visible

    with open_store(read_settings(home)) as store, store.reading() as session:
        found = session.scalars(select(Erasure).order_by(Erasure.id.desc())).all()
    if as_json:
        columns = ("who", "by", "reason", "state", "counts")
        print_records([
            {name: getattr(one, name) for name in columns} | {"erased_at": one.erased_at.isoformat()} for one in found
        ])  # fmt: skip
        return
    for one in found:
        rows = sum(one.counts.get("removed", {}).values())
        told = f"{one.erased_at:%Y-%m-%d %H:%M}  {one.who[:8]}  {one.state:<8}  {rows:,} rows  {one.by}: {one.reason}"
        click.echo(visible(told))


def _tell(erased: "Erased", is_done: bool) -> None:
    if erased.earlier:
        finished = "; what had been broken off is finished now" if erased.files else ""
        click.echo(f"erased on {erased.earlier:%Y-%m-%d %H:%M} UTC already, and nothing has come since{finished}")
        return
    carried = erased.carried
    click.echo(f"{'table':<18}{'before':>10}{'after':>10}{'changed':>10}")
    for name, before in carried.before.items():
        click.echo(f"{name:<18}{before:>10,}{carried.after[name]:>10,}{carried.changed.get(name, 0):>10,}")
    told = ", ".join(f"{count:,} {what}" for what, count in erased.files.items())
    click.echo(f"files: {told}")
    for path in erased.left:
        click.echo(f"not becalm's own, and still tells of the account: {path}")
    click.echo("erased" if is_done else "nothing is changed yet; add --yes to carry it out")
