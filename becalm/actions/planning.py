"""Rows of the outbox for a decision that came into force."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..decisions import Decided
from ..decisions.targets import Subject, Targets
from ..policy import Policy
from ..store import Action
from ..store.upsert import add

PLANNED, DONE, FAILED, DEAD, CANCELLED, COVERED = "planned", "done", "failed", "dead", "cancelled", "covered"
OPEN = (PLANNED, FAILED)


class Target(NamedTuple):
    """One comment, account, thread or address, by its id on the platform."""

    platform: str
    kind: str
    id: str


def plan_effects(
    session: Session, policy: Policy, decided: Decided, targets: Targets, details: dict[int, dict[str, Any]],
    now: datetime,
) -> set[Target]:  # fmt: skip
    """Notes what the decision does to each of its targets; which those are.

    `details` go with the actions on these accounts. What nothing takes back waits till it can't be undone any more.
    """
    effect = policy.outbox.effects.get(decided.action)
    if effect is None:
        return set()
    wait = timedelta(0) if effect.taken_back_by else timedelta(minutes=policy.work.undo_minutes)
    rows = [
        new_row(policy, decided.id, decided.case_id, decided.action, target, now + wait, now)
        | {"level": effect.level, "account_id": comment.account_id}
        | {"detail": _detail(comment, effect.on, details) | {"taken_back_by": effect.taken_back_by}}
        for target, comment in _on(effect.on, targets)
    ]
    add_rows(session, rows)
    return {Target(row["platform"], row["target_kind"], row["target"]) for row in rows}


def new_row(
    policy: Policy, decision_id: str | None, case_id: str, kind: str, target: Target, next_at: datetime, now: datetime
) -> dict[str, Any]:
    """A planned action of this decision, without what tells of its effect."""
    return {
        "decision_id": decision_id, "case_id": case_id, "kind": kind, "platform": target.platform,
        "target_kind": target.kind, "target": target.id, "round": 1, "level": 0, "takes_back": None, "notice_id": None,
        "account_id": None, "detail": {}, "state": PLANNED, "planned_at": now, "next_at": next_at, "attempts": 0,
        "misses": 0, "attempts_at_most": policy.outbox.retries.attempts, "leased_by": None, "leased_until": None,
        "last_error": None, "connector": None, "results": None, "done_at": None, "taken_back_at": None,
    }  # fmt: skip


def add_rows(session: Session, rows: list[dict[str, Any]]) -> None:
    """Writes them down; each is in the first round that its decision has not had on its target yet."""
    decisions = sorted({row["decision_id"] for row in rows})
    identity = (Action.decision_id, Action.platform, Action.target_kind, Action.target, Action.kind)
    statement = select(*identity, func.max(Action.round)).where(Action.decision_id.in_(decisions)).group_by(*identity)
    rounds: Counter[tuple[Any, ...]] = Counter({tuple(known): last for *known, last in session.execute(statement)})
    for row in rows:
        known = tuple(row[column.key] for column in identity)
        rounds[known] += 1
        row["round"] = rounds[known]
        row["key"] = key_of(*known, str(rounds[known]))
    add(session, Action, rows)


def key_of(*parts: str) -> str:
    """What connectors know an action by, made from what it is: the same action never has another."""
    return "a" + blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def account_target(comment: Subject) -> Target:
    return Target(comment.platform, "account", comment.author)


def comment_target(comment: Subject) -> Target:
    return Target(comment.platform, "comment", comment.comment)


def thread_target(comment: Subject) -> Target:
    return Target(comment.platform, "thread", comment.thread)


def _on(kind: str, targets: Targets) -> Iterable[tuple[Target, Subject]]:
    return _comments(targets) if kind == "comment" else _accounts(targets)


def _comments(targets: Targets) -> Iterator[tuple[Target, Subject]]:
    for comment in targets.comments:
        yield comment_target(comment), comment


def _accounts(targets: Targets) -> Iterator[tuple[Target, Subject]]:
    for comments in targets.accounts.values():
        yield account_target(comments[-1]), comments[-1]


def _detail(comment: Subject, kind: str, details: dict[int, dict[str, Any]]) -> dict[str, Any]:
    where = {"channel": comment.channel}
    return where | ({"thread": comment.thread} if kind == "comment" else details.get(comment.account_id, {}))
