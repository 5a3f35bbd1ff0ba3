"""Drawing decisions to be judged again, blind, and writing down what the second judge says."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, zip_longest

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from ..errors import InputError, PersonUnknown
from ..policy import Policy
from ..store import Comment, Decision, SecondLook
from ..store.upsert import add

JUDGED = ("upheld", "dismissed")
JUDGEMENTS = ("decision", "proposal")


@dataclass(frozen=True, slots=True)
class Blind:
    """What the second judge sees: the rule and the words, and neither who decided nor what."""

    decision_id: str
    rule: str
    title: str
    meaning: str
    texts: tuple[str, ...]


def draw(session: Session, size: int, seed: str, now: datetime, since: datetime | None = None) -> list[str]:
    """Ids of `size` decisions never drawn before, made `since`; the same `seed` draws the same from the same log.

    Each rule gets its turn, for people and for machines apart, so that rare rules are looked at as well.
    """
    undone = select(Decision.overrides).where(Decision.kind == "undo", Decision.overrides.is_not(None))
    which: list[ColumnElement[bool]] = [
        Decision.kind.in_(JUDGEMENTS),
        Decision.outcome.in_(JUDGED),
        Decision.id.not_in(undone),
        Decision.id.not_in(select(SecondLook.decision_id)),
    ]
    if since is not None:
        which.append(Decision.decided_at >= since)
    strata: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for decision_id, rule, is_machine in session.execute(
        select(Decision.id, Decision.rule, Decision.is_machine).where(*which)
    ):
        strata[rule, is_machine].append(decision_id)
    drawn = _in_turn([sorted(strata[key], key=lambda each: _lot(seed, each)) for key in sorted(strata)])[:size]
    add(session, SecondLook, [{"decision_id": each, "drawn_at": now} for each in drawn])
    return drawn


def waiting(session: Session, policy: Policy, by: str) -> list[Blind]:
    """What is drawn and not judged yet, without what `by` decided or answered themselves."""
    own = select(Decision.case_id).where(Decision.by == by)
    statement = (
        select(Decision.id, Decision.rule, Decision.subjects)
        .join(SecondLook, SecondLook.decision_id == Decision.id)
        .where(SecondLook.outcome.is_(None), Decision.case_id.not_in(own))
        .order_by(Decision.id)
    )
    return [_blind(session, policy, *row) for row in session.execute(statement)]


def judge_again(session: Session, policy: Policy, decision_id: str, by: str, outcome: str, now: datetime) -> None:
    """Writes down whether the rule was met. Raises `InputError` for what is not drawn, one's own, or judged already."""
    if by not in policy.people:
        raise PersonUnknown(by, "")
    if outcome not in JUDGED:
        raise InputError(f"the outcome is {' or '.join(JUDGED)}, not {outcome!r}")
    if decision_id not in {blind.decision_id for blind in waiting(session, policy, by)}:
        raise InputError(f"decision {decision_id!r} does not wait for {by}'s second look; nothing was changed")
    this = (SecondLook.decision_id == decision_id, SecondLook.outcome.is_(None))
    session.execute(update(SecondLook).where(*this).values(judged_by=by, judged_at=now, outcome=outcome))


def _blind(session: Session, policy: Policy, decision_id: str, rule_id: str, subjects: dict[str, list[int]]) -> Blind:
    rule = policy.rule(rule_id)
    statement = select(Comment.text).where(Comment.id.in_(subjects.get("comments", [])[:20])).order_by(Comment.id)
    title, meaning = (rule.title, rule.meaning) if rule else (rule_id, "")
    return Blind(decision_id, rule_id, title, meaning, tuple(session.scalars(statement)))


def _in_turn(strata: Sequence[Iterable[str]]) -> list[str]:
    return [each for each in chain.from_iterable(zip_longest(*strata)) if each is not None]


def _lot(seed: str, decision_id: str) -> str:
    return hashlib.sha256(f"{seed}/{decision_id}".encode()).hexdigest()
