"""`becalm audit`."""

from datetime import UTC, datetime
from pathlib import Path

import click

from .accesses import note
from .options import day, home_option, policy_option
from .surroundings import open_store, read_settings


@click.group()
def audit() -> None:
    """Whether what was decided is still what the log says, and how well it was decided."""


@audit.command("verify")
@click.option("--noted", help="A digest that this command gave earlier and that was kept elsewhere.")
@home_option
@click.option("--json", "as_json", is_flag=True, help="JSON, one line.")
def verify(noted: str | None, home: Path | None, as_json: bool) -> None:
    """Read the chain of decisions from its first link to its head; status 1 where it is broken."""
    from dataclasses import asdict

    from ..decisions import verify_chain
    from ..screen import print_records

    with open_store(read_settings(home)) as store, store.reading() as session:
        verified = verify_chain(session, noted)
    if as_json:
        print_records([asdict(verified)])
    else:
        erased = f", {verified.erased:,} of them without what was erased" if verified.erased else ""
        click.echo(f"the chain holds: {verified.decisions:,} decisions{erased}; head {verified.head}")


@audit.command("sample")
@click.option("--size", type=click.IntRange(min=1), required=True, help="How many.")
@click.option("--seed", default="", help="Words that fix the lot, so that anybody can draw it again.")
@click.option("--since", type=day, help="Only decisions (comments, with --cleared) since this day.")
@click.option("--cleared", is_flag=True, help="Comments that are in no case, to learn what was missed.")
@home_option
def sample(size: int, seed: str, since: datetime | None, cleared: bool, home: Path | None) -> None:
    """Draw decisions of people and machines to be judged again, or cleared comments to be judged at all."""
    from ..decisions.cleared import draw_cleared
    from ..decisions.samples import draw

    start, now = since.replace(tzinfo=UTC) if since else None, datetime.now(UTC)
    with open_store(read_settings(home)) as store, store.writing() as session:
        if cleared:
            click.echo(f"{len(draw_cleared(session, size, seed, now, start)):,} cleared comments drawn")
        else:
            click.echo(f"{len(draw(session, size, seed, now, start)):,} decisions drawn")


@audit.command("waiting")
@click.option("--by", required=True, help="Who will judge.")
@click.option("--cleared", is_flag=True, help="The cleared comments.")
@home_option
@policy_option
def waiting(by: str, cleared: bool, home: Path | None, policy: Path | None) -> None:
    """What is drawn and not judged yet, one line of JSON each: the rule and the words, not what was decided."""
    from dataclasses import asdict

    from ..decisions.cleared import cleared_waiting
    from ..decisions.samples import waiting as read_waiting
    from ..policy import load_policy
    from ..screen import print_records

    settings = read_settings(home, policy)
    with open_store(settings) as store, store.reading() as session:
        read = cleared_waiting if cleared else read_waiting
        drawn = [asdict(each) for each in read(session, load_policy(settings.policy), by)]
        name = "comment" if cleared else "decision_id"
        note(store, by, "audit waiting", [f"{name.removesuffix('_id')} {each[name]}" for each in drawn])
        print_records(drawn)


@audit.command("judge")
@click.argument("decision_id", metavar="DECISION")
@click.argument("outcome", type=click.Choice(("upheld", "dismissed")))
@click.option("--by", required=True, help="Who judges; nobody judges what they decided themselves.")
@home_option
@policy_option
def judge(decision_id: str, outcome: str, by: str, home: Path | None, policy: Path | None) -> None:
    """Say of a drawn decision whether its rule was met."""
    from ..decisions.samples import judge_again
    from ..policy import load_policy

    settings = read_settings(home, policy)
    with open_store(settings) as store, store.writing() as session:
        judge_again(session, load_policy(settings.policy), decision_id, by, outcome, datetime.now(UTC))
    click.echo("noted")


@audit.command("judge-cleared")
@click.argument("comment", metavar="PLATFORM/COMMENT_ID")
@click.argument("found", metavar="fine|RULE")
@click.option("--by", required=True, help="Who judges.")
@home_option
@policy_option
def judge_one_cleared(comment: str, found: str, by: str, home: Path | None, policy: Path | None) -> None:
    """Say of a drawn cleared comment that it is fine, or which rule of the policy it should have met."""
    from ..decisions.cleared import judge_cleared
    from ..policy import load_policy

    settings = read_settings(home, policy)
    with open_store(settings) as store, store.writing() as session:
        judge_cleared(session, load_policy(settings.policy), comment, by, found, datetime.now(UTC))
    click.echo("noted")


@audit.command("agreement")
@home_option
@click.option("--json", "as_json", is_flag=True, help="JSON, one line for each rule and each who decided.")
def agreement(home: Path | None, as_json: bool) -> None:
    """How far second looks agree: per rule and per who decided, Cohen's kappa beside the base rate."""
    from ..decisions.agreement import agreements
    from ..screen import print_records
    from ..visible import visible

    with open_store(read_settings(home)) as store, store.reading() as session:
        found = agreements(session)
    records = [
        {"kind": each.kind, "name": each.name, "looks": each.looks, "agreed": each.agreed,
         "base_rate": each.base_rate, "kappa": each.kappa}
        for each in found
    ]  # fmt: skip
    if as_json:
        print_records(records)
        return
    for each in found:
        kappa = "no kappa: both always say the same" if each.kappa is None else f"kappa {each.kappa:.2f}"
        rates = f"agreed {each.agreed:.0%}, base rate {each.base_rate:.0%}, {kappa}"
        click.echo(visible(f"{each.kind} {each.name}: {each.looks:,} looked at twice, {rates}"))
