"""A replay as people read it."""

from collections.abc import Iterator

from ..review.compare import Share
from ..review.wording import interval, percent
from ..visible import visible
from .agreement import RuleAgreement
from .replay import Replay

CHANGES = {"opened": "Newly opened", "dropped": "No longer opened", "moved": "Opened by another rule"}


def lines(replay: Replay) -> Iterator[str]:
    """The replay, line by line: the conclusion first, what could not be replayed last."""
    agreement = replay.agreement
    yield f"Policy {replay.draft_version} beside {replay.before_version}, comments of {replay.period.length}"
    yield agreement.conclusion
    yield ""
    yield f"Cases: {replay.cases_before:,} -> {replay.cases_after:,}"
    yield f"  {replay.opened:,} newly opened, {replay.dropped:,} no longer opened, {replay.moved:,} by another rule"
    yield f"Agreement with people: {share(agreement.before)} -> {share(agreement.after)}"
    for rule in agreement.rules:
        yield f"  {rule.rule}: {_rule(rule)}"
    yield "Channels"
    for channel in replay.channels:
        now = channel.agreement
        told = f"; agreement {share(now.before)} -> {share(now.after)}" if now.decided else ""
        yield f"  {visible(channel.channel)}: {channel.cases_before:,} -> {channel.cases_after:,} cases{told}"
    yield "Queues"
    for queue in replay.queues:
        yield (
            f"  {queue.queue}: {queue.cases_before:,} -> {queue.cases_after:,} cases, to wait "
            f"{_hours(queue.hours_before)} -> {_hours(queue.hours_after)} (median); decided in time "
            f"{share(queue.in_time_before)} -> {share(queue.in_time_after)}"
        )
    for example in replay.examples:
        found = f", people found {example.people}" if example.people else ""
        yield f"{CHANGES[example.change]}: {example.before or 'no rule'} -> {example.after or 'no rule'}{found}"
        yield f"  {visible(example.channel)} {visible(example.comment_id)}: {visible(example.text)}"
    if replay.unreadable or replay.untold:
        yield f"Left out: {replay.untold:,} without a person's decision, {replay.unreadable:,} with nothing scored left"
    yield from replay.limits


def share(found: Share) -> str:
    return f"{percent(found)} of {found.total:,} ({interval(found)})" if found.total else "none"


def _rule(rule: RuleAgreement) -> str:
    told = f"right {share(rule.right_before)} -> {share(rule.right_after)}, "
    told += f"caught {share(rule.caught_before)} -> {share(rule.caught_after)}"
    return told + (f"; too few to judge it by, {rule.missing} more needed" if rule.missing else "")


def _hours(hours: float | None) -> str:
    return "-" if hours is None else f"{hours:g} h"
