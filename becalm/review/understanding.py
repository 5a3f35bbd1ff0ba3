"""Where staff and policy differ: which rules people answer otherwise than they were decided."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..store import QuizResult
from .compare import Share


@dataclass(frozen=True, slots=True)
class RuleUnderstanding:
    """First answers of `people` to scenarios about one rule of one policy version.

    `right` saw the rule and the action; `rules_right` the rule, whatever they would do. `instead` is what the others
    took it for most often (None: no rule), `times` how often.
    """

    rule: str
    policy_version: str
    people: int
    right: Share
    rules_right: Share
    instead: str | None
    times: int


def read_understanding(
    session: Session, start: datetime | None = None, end: datetime | None = None
) -> tuple[RuleUnderstanding, ...]:
    """By rule and version what people answered, the least agreed on first. Only first attempts count: at the second
    they know. What is only discussed has no right answer."""
    statement = select(
        QuizResult.rule, QuizResult.policy_version, QuizResult.taken_by, QuizResult.answered_rule, QuizResult.is_right,
        QuizResult.is_rule_right,
    ).where(QuizResult.attempt == 1, QuizResult.is_right.is_not(None))  # fmt: skip
    if start is not None:
        statement = statement.where(QuizResult.taken_at >= start)
    if end is not None:
        statement = statement.where(QuizResult.taken_at < end)
    answers: defaultdict[tuple[str, str], list[tuple[str, str | None, bool, bool]]] = defaultdict(list)
    for rule, version, by, answered, is_right, is_rule_right in session.execute(statement):
        answers[rule, version].append((by, answered, bool(is_right), bool(is_rule_right)))
    found = (_of_rule(rule, version, given) for (rule, version), given in answers.items())
    return tuple(sorted(found, key=lambda each: (each.right.value, each.rule, each.policy_version)))


def _of_rule(rule: str, version: str, given: list[tuple[str, str | None, bool, bool]]) -> RuleUnderstanding:
    taken_for = Counter(answered for _, answered, _, is_rule_right in given if not is_rule_right)
    instead, times = min(taken_for.items(), key=lambda item: (-item[1], item[0] or ""), default=(None, 0))
    return RuleUnderstanding(
        rule=rule,
        policy_version=version,
        people=len({by for by, *_ in given}),
        right=Share(sum(is_right for *_, is_right, _ in given), len(given)),
        rules_right=Share(sum(is_rule_right for *_, is_rule_right in given), len(given)),
        instead=instead,
        times=times,
    )
