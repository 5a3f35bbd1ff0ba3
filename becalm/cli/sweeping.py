"""`becalm case sweep`: first the count and the list, then, where asked for, the decisions."""

from datetime import UTC, datetime
from typing import Any

import click

from .acting import Acting
from .surroundings import open_store, read_settings


def run_sweep(act: Acting, case_id: str, is_meant: bool) -> None:
    """Tell what a sweep reaches, and carry it out when it `is_meant`; both see the same cases."""
    from ..cases.find import find_case
    from ..cases.record import case_record
    from ..cases.sweeping import preview, sweep
    from ..policy import load_policy
    from ..screen import print_records
    from ..visible import visible

    settings, now = read_settings(act.home, act.policy), datetime.now(UTC)
    policy = load_policy(settings.policy)
    with open_store(settings) as store, store.writing() as session:
        found_id = find_case(session, case_id)
        found = preview(session, policy, found_id, act.by, now)
        swept = sweep(session, policy, found_id, act.by, now, found.versions) if is_meant else None
    done = len(swept.settled) if swept else 0
    if act.as_json:
        cases: list[dict[str, Any]] = [case_record(case, now) for case in found.reached]
        told = {"reached": found.count, "by_queue": found.by_queue, "left_out": found.left_out, "decided": done}
        print_records([{**told, "action": found.ruling.action, "cases": cases}])
        return
    click.echo(f"{found.count:,} open cases would be decided alike: {found.ruling.action} ({found.ruling.outcome})")
    for case in found.reached:
        click.echo(visible(f"  {case.id}  {case.queue}  {case.rule}  {case.subject}"))
    for other_id, why in found.left_out.items():
        click.echo(visible(f"  {other_id}  left out: {why}"))
    click.echo(f"{done:,} decided" if is_meant else "nothing was changed; --yes carries it out")
