"""How right decisions were: overturned ones beside what second looks say, for machines, people and each rule."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..statements.export import midnight
from ..store import Decision, SecondLook
from .compare import Share

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """A decision that was judged again: whether the rule was met, by the first and by the second judge."""

    is_machine: bool
    rule: str
    first: bool
    second: bool


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Of whom (`kind` is all, decided_by or rule): measures overturned, and decisions found right by a second look.

    `precision` is the share of second looks at upheld decisions that upheld them too, `errors` of all looks those that
    said otherwise. An overturn rate alone would only tell how many complain.
    """

    kind: str
    name: str
    overturned: Share
    precision: Share
    errors: Share

    @property
    def has_anything(self) -> bool:
        return bool(self.overturned.total or self.errors.total)

    def as_dict(self) -> dict[str, Any]:
        """With 95 % intervals (Wilson) of what is a sample."""
        return {
            "kind": self.kind, "name": self.name, "measures": self.overturned.total,
            "overturned": self.overturned.hits, "overturn_rate": _rounded(self.overturned.value),
            "looked_at_again": self.precision.total, "confirmed": self.precision.hits,
            "precision": _rounded(self.precision.value), "precision_low": _rounded(_low(self.precision)),
            "precision_high": _rounded(_high(self.precision)), "judged_again": self.errors.total,
            "errors": self.errors.hits, "error_rate": _rounded(self.errors.value),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """A measure, and whether it was overturned."""

    is_machine: bool
    rule: str
    was_overturned: bool


def accuracies(outcomes: Sequence[Outcome], judged: Sequence[Judged]) -> list[Accuracy]:
    """All, machines and people, then each rule that there is something to say of."""
    measures: dict[Key, list[Outcome]] = defaultdict(list)
    looks: dict[Key, list[Judged]] = defaultdict(list)
    for outcome in outcomes:
        for key in _keys(outcome.is_machine, outcome.rule):
            measures[key].append(outcome)
    for judgement in judged:
        for key in _keys(judgement.is_machine, judgement.rule):
            looks[key].append(judgement)
    always = [("all", "all"), ("decided_by", "machine"), ("decided_by", "people")]
    rules = sorted((measures.keys() | looks.keys()) - set(always))
    return [_accuracy(key, measures[key], looks[key]) for key in (*always, *rules)]


def judged_again(session: Session, first: date | None, last: date | None) -> list[Judged]:
    """Second looks at decisions of these days."""
    statement = (
        select(Decision.is_machine, Decision.rule, Decision.outcome, SecondLook.outcome.label("second"))
        .join(SecondLook, SecondLook.decision_id == Decision.id)
        .where(SecondLook.outcome.is_not(None))
    )
    if first is not None:
        statement = statement.where(Decision.decided_at >= midnight(first))
    if last is not None:
        statement = statement.where(Decision.decided_at < midnight(last + timedelta(days=1)))
    return [
        Judged(row.is_machine, row.rule, row.outcome == "upheld", row.second == "upheld")
        for row in session.execute(statement)
    ]


def _keys(is_machine: bool, rule: str) -> tuple[Key, ...]:
    return ("all", "all"), ("decided_by", "machine" if is_machine else "people"), ("rule", rule)


def _accuracy(key: Key, outcomes: Iterable[Outcome], looks: Sequence[Judged]) -> Accuracy:
    overturned = [outcome.was_overturned for outcome in outcomes]
    upheld = [look.second for look in looks if look.first]
    wrong = [look.first != look.second for look in looks]
    return Accuracy(*key, *(Share(sum(each), len(each)) for each in (overturned, upheld, wrong)))


def _low(share: Share) -> float | None:
    return share.low if share.total else None


def _high(share: Share) -> float | None:
    return share.high if share.total else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
