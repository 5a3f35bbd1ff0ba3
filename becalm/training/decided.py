"""Decided cases that people can learn from, with what is right about each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..decisions import Decided, force_of
from ..decisions.forces import logs
from ..store import Appeal, Case, CaseComment, Comment, Decision
from ..store.upsert import chunks
from .difficulty import hardness, marks_of, read_events, read_looks

STATES = ("decided", "closed")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is done about a case: under which rule, None where none is met."""

    rule: str | None
    action: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """A decided case. `decision` is what is in force, and `right` what it comes to.

    `about` is the rule that it upholds or dismisses. `tried` are other answers that were given on the way. A case
    `is_open` to discussion when a second look disagreed with what is in force, or while an appeal against it waits:
    then nobody's answer is scored.
    """

    case_id: str
    kind: str
    rule: str
    decision: Decided
    right: Answer
    tried: tuple[Answer, ...]
    marks: tuple[str, ...]
    is_open: bool

    @property
    def about(self) -> str:
        return self.decision.rule

    @property
    def hardness(self) -> int:
        return hardness(self.marks)


@dataclass(frozen=True, slots=True)
class Found:
    """`lessons` by case id; `cases` were decided then, so many `by_machine` alone; of `gone` no comment is left."""

    lessons: tuple[Lesson, ...]
    cases: int
    by_machine: int
    gone: int


def find_lessons(session: Session, start: datetime | None = None, end: datetime | None = None) -> Found:
    """Every case whose decision in force is a person's, made from `start` until before `end`.

    What a machine decided alone teaches nothing, unless somebody looked at it again and agreed. A case that waits for a
    second person is not decided.
    """
    cases = [lesson for lesson in _lessons(session) if _lies_in(lesson.decision.decided_at, start, end)]
    people = [lesson for lesson in cases if not lesson.decision.is_machine]
    shown = _with_comments(session, [lesson.case_id for lesson in people])
    lessons = tuple(lesson for lesson in people if lesson.case_id in shown)
    return Found(lessons, len(cases), len(cases) - len(people), len(people) - len(lessons))


def answer_of(decision: Decided) -> Answer:
    """A rule is upheld, or it is not met and nothing is done about it."""
    return Answer(decision.rule if decision.outcome == "upheld" else None, _action(decision))


def _action(decision: Decided) -> str:
    """A dismissal may still do something (thank, answer); a reversal does nothing."""
    return decision.action if decision.outcome in ("upheld", "dismissed") else "none"


def _lessons(session: Session) -> Iterator[Lesson]:
    settled = select(Case.id).where(Case.state.in_(STATES), Case.merged_into.is_(None))
    kinds = {row.id: row for row in session.execute(select(Case.id, Case.kind, Case.rule).where(Case.id.in_(settled)))}
    events, looks = read_events(session, sorted(kinds)), read_looks(session)
    contested = set(session.scalars(select(Appeal.original_case_id).where(Appeal.outcome.is_(None))))
    for case_id, log in logs(session, Decision.case_id.in_(settled)):
        force = force_of(log)
        decision = force.in_force
        if decision is None or force.pending is not None:
            continue
        look, right = looks.get(decision.id), answer_of(decision)
        if decision.is_machine and look == decision.outcome:
            decision = _confirmed(decision)
        tried = {answer_of(each) for each in log if each.kind in ("decision", "proposal")} - {right}
        yield Lesson(
            case_id=case_id,
            kind=kinds[case_id].kind,
            rule=kinds[case_id].rule,
            decision=decision,
            right=right,
            tried=tuple(sorted(tried, key=lambda each: (each.rule or "", each.action))),
            marks=marks_of(log, events.get(case_id, ()), looks),
            is_open=case_id in contested or (look is not None and look != decision.outcome),
        )


def _confirmed(decision: Decided) -> Decided:
    """A machine's decision that a person agreed with is no machine's alone."""
    return replace(decision, is_machine=False)


def _lies_in(moment: datetime, start: datetime | None, end: datetime | None) -> bool:
    return (start is None or moment >= start) and (end is None or moment < end)


def _with_comments(session: Session, case_ids: Sequence[str]) -> set[str]:
    """Those of which a comment is still stored; a thread's case too is about the comments that it holds."""
    found: set[str] = set()
    for chunk in chunks(case_ids):
        statement = select(CaseComment.case_id).join(Comment, Comment.id == CaseComment.comment_id)
        found.update(session.scalars(statement.where(CaseComment.case_id.in_(chunk)).distinct()))
    return found
