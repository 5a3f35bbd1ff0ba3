"""The cases there are, and what people have already decided: the machine works around that."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import count
from typing import Any, NamedTuple

from sqlalchemy import JSON, ColumnElement, Text, cast, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from ..policy import Policy, Rule
from ..store import Case, CaseComment, Report
from ..store.cases import APPEAL

FOLLOW_UP = re.compile(r"~[1-9][0-9]*$")
SETTLED = ("held", "decided", "closed")


class KnownCase(NamedTuple):
    """A stored case; reasons and evidence are the JSON text that is stored."""

    id: str
    queue: str
    kind: str
    subject: str
    rule: str
    priority: float
    reasons: str
    opened_at: datetime
    suggested_action: str
    suggested_template: str
    evidence: str
    state: str
    version: int
    language: str | None
    lane: str
    claimed_until: datetime | None
    merged_into: str | None
    split_from: str | None

    @property
    def is_settled(self) -> bool:
        """Whether people have said what becomes of it, be it that a second one still has to agree."""
        return self.state in SETTLED and self.merged_into is None


class Part(NamedTuple):
    """A case that people split off `parent`, or off what became part of it, with the comments they took along."""

    case: KnownCase
    parent: str
    comments: frozenset[int]


@dataclass(frozen=True)
class History:
    """`comments` by case id; `decided` and `open_since` by (rule, kind, subject).

    `merged` leads from a case to the one that it was merged into in the end. `placed` are comments that people put
    into a case, by case id; `parts` are the cases that they split off.
    """

    cases: dict[str, KnownCase]
    comments: dict[str, frozenset[int]]
    decided: dict[tuple[str, str, str], frozenset[int]]
    open_since: dict[tuple[str, str, str], datetime]
    covered: frozenset[int]  # comments of decided cases
    settled: dict[int, float]  # the gravest severity under which a comment's own case was decided
    merged: dict[str, str]
    placed: dict[str, frozenset[int]]
    parts: tuple[Part, ...]
    owed: frozenset[int] = frozenset()  # comments whose reporters wait for an answer

    @cached_property
    def names(self) -> frozenset[tuple[str, str, str]]:
        """(rule, kind, subject) of every case there is."""
        return frozenset((case.rule, case.kind, case.subject) for case in self.cases.values())

    def is_settled(self, comment_id: int, rule: Rule) -> bool:
        """Whether a person has decided on this comment under a rule as grave as this one."""
        return self.settled.get(comment_id, 0.0) >= rule.severity

    def follow_up(self, rule: Rule, kind: str, subject: str, comment_ids: frozenset[int]) -> tuple[str, frozenset[int]]:
        """The subject for what came after the decided cases on `subject`, and the comments no decision covers.

        The first case is on `subject` itself; after a decision on it, new comments go to `subject~2`, and so on.
        """
        new, free = comment_ids, None
        for number in count(1):
            name = subject if number == 1 else f"{subject}~{number}"
            decided = self.decided.get((rule.id, kind, name))
            free = free or (name if decided is None else None)
            if decided is not None:
                new -= decided
            # A decision that was undone leaves a free name before others that are decided.
            elif (rule.id, kind, name) not in self.names:
                break
        return free or name, new


def root_subject(subject: str) -> str:
    """What a follow-up case is about in the end: the campaign id or account id without `~2`."""
    return FOLLOW_UP.sub("", subject)


def read_history(session: Session, policy: Policy) -> History:
    columns = [_as_text(getattr(Case, name)) for name in KnownCase._fields]
    connection = session.connection()
    # Appeals are opened by people and end with their answer: no rule has a say in that.
    ours = select(*columns).where(Case.kind != APPEAL)
    cases = {row[0]: KnownCase(*row) for row in connection.execute(ours).all()}
    members, put = defaultdict(set), defaultdict(set)
    columns_ = (CaseComment.case_id, CaseComment.comment_id, CaseComment.is_placed)
    for case_id, comment_id, is_placed in connection.execute(select(*columns_)).all():
        members[case_id].add(comment_id)
        if is_placed:
            put[case_id].add(comment_id)
    comments = {case_id: frozenset(ids) for case_id, ids in members.items()}
    placed = {case_id: frozenset(ids) for case_id, ids in put.items()}
    merged = {case.id: _end(cases, case) for case in cases.values() if case.merged_into}
    decided = [case for case in cases.values() if _stands(cases, case).is_settled]
    return History(
        cases=cases,
        comments=comments,
        decided={(case.rule, case.kind, case.subject): comments.get(case.id, frozenset()) for case in decided},
        open_since={
            (case.rule, case.kind, case.subject): case.opened_at for case in cases.values() if case.state == "open"
        },
        covered=frozenset().union(*(comments.get(case.id, frozenset()) for case in decided)),
        settled=_settled(policy, decided, comments),
        merged=merged,
        placed=placed,
        parts=_parts(cases, placed),
        owed=frozenset(session.scalars(select(Report.comment_id).where(Report.state == "open").distinct())),
    )


def _end(cases: dict[str, KnownCase], case: KnownCase) -> str:
    while case.merged_into:
        case = cases[case.merged_into]
    return case.id


def _stands(cases: dict[str, KnownCase], case: KnownCase) -> KnownCase:
    """The case that this one's comments are decided with."""
    return cases[_end(cases, case)]


def _parts(cases: dict[str, KnownCase], placed: dict[str, frozenset[int]]) -> tuple[Part, ...]:
    split = [(case, case.split_from) for case in cases.values() if case.split_from and case.state != "withdrawn"]
    return tuple(Part(case, _end(cases, cases[old]), placed.get(case.id, frozenset())) for case, old in split)


def _as_text(column: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    return cast(column, Text) if isinstance(column.type, JSON) else column.expression


def _settled(policy: Policy, decided: list[KnownCase], comments: dict[str, frozenset[int]]) -> dict[int, float]:
    severities: dict[int, float] = {}
    for case in decided:
        if case.kind == "comment":
            rule = policy.rule(case.rule)
            # A rule that is gone can't be compared, and a person's decision stands.
            severity = rule.severity if rule else 1.0
            for comment_id in comments.get(case.id, ()):
                severities[comment_id] = max(severity, severities.get(comment_id, 0.0))
    return severities
