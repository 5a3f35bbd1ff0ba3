"""What was decided about comments: the offences that people upheld, and what needs no machine's opinion any more."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from ..decisions import Decided
from ..decisions.forces import forces
from ..decisions.originals import originals
from ..policy import Policy, Rule
from ..store import Case, CaseComment, Comment, Decision
from ..store.upsert import chunks
from .history import root_subject

JUDGED_KINDS = ("comment", "group")  # cases on accounts and threads are about other things than whether a rule was met


class Offence(NamedTuple):
    """A comment of which a person said that it breaks the rule; `cause` as the strikes name it."""

    rule: str
    cause: str
    account_id: int
    comment_id: int
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Verdicts:
    """`upheld` by people and in force. `settled` is the severity up to which rules on a comment are decided, `ruled`
    holds (rule, comment) of what was decided for a whole group."""

    upheld: tuple[Offence, ...]
    settled: dict[int, float]
    ruled: frozenset[tuple[str, int]]

    def settles(self, rule: Rule, comment_id: int) -> bool:
        """Whether it is decided if this comment breaks this rule, one way or the other."""
        return self.settled.get(comment_id, 0.0) >= rule.severity or (rule.id, comment_id) in self.ruled


class _Member(NamedTuple):
    case_id: str
    kind: str
    case_subject: str
    case_rule: str
    comment_id: int
    account_id: int
    name: str
    published_at: datetime
    is_brand: bool


def read_verdicts(session: Session, policy: Policy, *which: ColumnElement[bool]) -> Verdicts:
    """What is in force on all cases, or on those that `which` chooses.

    A person's decision settles it, and so does a machine's that the rule was not met. What a machine alone found to
    be met is still what a machine thinks. As with opening, a decision on a comment settles all rules as grave or less,
    and one on a group only the rule that it was about; what its members merely copied is no offence.
    """
    touched = select(Decision.case_id) if not which else select(Case.id).where(*which)
    decided = {
        case_id: force.in_force
        for case_id, force in forces(session, Decision.case_id.in_(touched))
        if force.in_force and not (force.in_force.is_machine and force.in_force.outcome == "upheld")
    }
    upheld: list[Offence] = []
    settled: dict[int, float] = {}
    ruled: set[tuple[str, int]] = set()
    members = list(_members(session, sorted(decided)))
    in_groups = [one.comment_id for one in members if one.kind == "group"]
    copied = originals(session, policy.outbox.spares_below_spam, in_groups)
    for member in members:
        decision = decided[member.case_id]
        rules = {member.case_rule, decision.rule}
        if member.kind == "group":
            ruled.update((rule, member.comment_id) for rule in rules)
        else:
            severity = max(_severity(policy, rule) for rule in rules)
            settled[member.comment_id] = max(severity, settled.get(member.comment_id, 0.0))
        offence = _offence(decision, member)
        if offence and not (member.kind == "group" and member.comment_id in copied):
            upheld.append(offence)
    return Verdicts(tuple(upheld), settled, frozenset(ruled))


def _offence(decision: Decided, member: _Member) -> Offence | None:
    if decision.outcome != "upheld" or member.is_brand:
        return None
    cause = root_subject(member.case_subject) if member.kind == "group" else member.name
    return Offence(decision.rule, cause, member.account_id, member.comment_id, member.published_at)


def _severity(policy: Policy, rule_id: str) -> float:
    """A rule that is gone can't be compared, and a person's decision stands."""
    rule = policy.rule(rule_id)
    return rule.severity if rule else 1.0


def _members(session: Session, case_ids: list[str]) -> Iterator[_Member]:
    name = Comment.platform + "/" + Comment.comment_id
    columns = (Case.id, Case.kind, Case.subject, Case.rule, Comment.id, Comment.account_id, name)
    statement = (
        select(*columns, Comment.published_at, Comment.is_brand)
        .join(CaseComment, CaseComment.case_id == Case.id)
        .join(Comment, Comment.id == CaseComment.comment_id)
        .where(Case.kind.in_(JUDGED_KINDS))
    )
    for chunk in chunks(case_ids):
        for row in session.connection().execute(statement.where(Case.id.in_(chunk))):
            yield _Member(*row)
