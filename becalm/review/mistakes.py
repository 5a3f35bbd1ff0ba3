"""What the machine took for something that it was not, and what it overlooked: by rule and by channel."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from ..decisions import Decided, force_of
from ..decisions.cleared import MISSED, cleared_in
from ..decisions.forces import logs, was_overturned
from ..policy import AppliesTo
from ..store import Case, CaseComment, ClearedLook, Comment, Decision, Signals
from .compare import Share
from .names import PolicyNames
from .period import Period
from .rules import cases_of
from .volumes import published_in

# A comment as likely a complaint as not may be a customer's.
PERHAPS_A_CUSTOMER = 0.5


@dataclass(frozen=True, slots=True)
class Mistakes:
    """Of one rule, or of one channel (`kind`). Wrong: cases that people dismissed, reversed or put under another rule,
    of all they decided; `customers` of these wrote as customers, and were no matter for care to the machine.

    `overturned`: of the same cases, those on which a decision was taken back or replaced. Missed: comments that
    people found to break the rule, of the cleared ones they looked at; `elsewhere` were in cases under another rule,
    and `reported` in none until users reported them.
    """

    kind: str
    name: str
    wrong: Share
    customers: int
    overturned: Share
    missed: Share
    elsewhere: int
    reported: int

    @property
    def right(self) -> Share:
        """The precision."""
        return Share(self.wrong.total - self.wrong.hits, self.wrong.total)


@dataclass(frozen=True, slots=True)
class Errors:
    """`lines` with the most wronged customers first. `missed` is over the whole sample of `cleared` comments."""

    lines: tuple[Mistakes, ...]
    missed: Share
    cleared: int

    @property
    def missed_estimate(self) -> tuple[int, int] | None:
        """How many cleared comments break a rule, from and to, by the 95 % interval; None without a sample."""
        if not self.missed.total:
            return None
        seen, rest = self.missed.hits, self.cleared - self.missed.total
        return seen + int(self.missed.low * rest), seen + -int(-self.missed.high * rest // 1)

    @property
    def customers(self) -> int:
        return sum(line.customers for line in self.lines if line.kind == "rule")


class _Told(NamedTuple):
    """A case that people decided."""

    rule: str
    channel: str
    is_wrong: bool
    is_customer: bool
    is_overturned: bool
    found: str | None
    by_report: bool


class _Looked(NamedTuple):
    """A cleared comment that somebody looked at."""

    channel: str
    missed: str | None


def measure_mistakes(session: Session, period: Period, names: PolicyNames) -> Errors:
    """What people found about the cases and about the sample of cleared comments of `period`.

    What a machine alone decided says nothing of its mistakes, nor do cases on accounts and threads.
    """
    told, looked = list(_told(session, period, names)), list(_looked(session, period))
    cleared = session.scalars(select(func.count(Comment.id)).where(*cleared_in(*_span(period)))).one()
    lines = [*_lines("rule", told, looked, attrgetter("rule")), *_lines("channel", told, looked, attrgetter("channel"))]
    lines.sort(key=lambda line: (line.kind == "channel", -line.customers, -line.wrong.hits, line.name))
    return Errors(tuple(lines), Share(sum(one.missed is not None for one in looked), len(looked)), cleared)


def _span(period: Period) -> tuple[datetime | None, datetime | None]:
    return (None, None) if period.is_whole else (period.start, period.end)


def _lines(kind: str, told: list[_Told], looked: list[_Looked], name_of: Callable[[_Told], str]) -> Iterator[Mistakes]:
    """One for each name that anything is known of. What only users found says nothing of the machine's precision."""
    own = [one for one in told if not one.by_report]
    by_name = {name: list(found) for name, found in groupby(sorted(own, key=name_of), name_of)}
    is_rule = kind == "rule"
    missed = Counter(one.missed if is_rule else one.channel for one in looked if one.missed)
    seen = Counter(one.channel for one in looked)
    elsewhere = Counter(one.found if is_rule else one.channel for one in own if one.found and one.found != one.rule)
    reported = Counter(one.found if is_rule else one.channel for one in told if one.by_report and one.found)
    for name in sorted({*by_name, *missed, *elsewhere, *reported, *(() if is_rule else seen)} - {None}):
        found = by_name.get(name, [])
        yield Mistakes(
            kind=kind,
            name=name,
            wrong=Share(sum(one.is_wrong for one in found), len(found)),
            customers=sum(one.is_wrong and one.is_customer for one in found),
            overturned=Share(sum(one.is_overturned for one in found), len(found)),
            missed=Share(missed[name], len(looked) if is_rule else seen[name]),
            elsewhere=elsewhere[name],
            reported=reported[name],
        )


def _told(session: Session, period: Period, names: PolicyNames) -> Iterator[_Told]:
    wanted = cases_of(period, Case.id).where(Case.kind.in_((AppliesTo.COMMENT.value, AppliesTo.GROUP.value)))
    about = _about(session, wanted, names)
    for case_id, log in logs(session, Decision.case_id.in_(wanted)):
        decided = force_of(log).in_force
        if decided is not None and not decided.is_machine and case_id in about:
            rule, channel, is_customer = about[case_id]
            found = decided.rule if decided.outcome == "upheld" else None
            yield _Told(
                rule, channel, found != rule, is_customer or _is_care(decided, names), was_overturned(log), found,
                rule in names.report_rules,
            )  # fmt: skip


def _is_care(decided: Decided, names: PolicyNames) -> bool:
    return decided.outcome == "upheld" and decided.rule in names.care_rules


def _about(session: Session, wanted: Select[str], names: PolicyNames) -> dict[str, tuple[str, str, bool]]:
    """By case id its rule, the first of its channels, and whether it wronged a customer if it was wrong."""
    complains = func.max(case((Signals.complaint >= PERHAPS_A_CUSTOMER, 1), else_=0))
    statement = (
        select(Case.id, Case.rule, Case.queue, func.min(Comment.platform + "/" + Comment.channel), complains)
        .join(CaseComment, CaseComment.case_id == Case.id)
        .join(Comment, Comment.id == CaseComment.comment_id)
        .outerjoin(Signals, Signals.comment_id == Comment.id)
        .where(Case.id.in_(wanted))
        .group_by(Case.id)
    )
    helping = (names.care_queue, names.praise_queue)
    return {
        case_id: (rule, channel, bool(complaint) and queue not in helping)
        for case_id, rule, queue, channel, complaint in session.execute(statement)
    }


def _looked(session: Session, period: Period) -> Iterable[_Looked]:
    within = () if period.is_whole else (published_in(period),)
    statement = (
        select(Comment.platform + "/" + Comment.channel, ClearedLook.outcome, ClearedLook.rule)
        .join(ClearedLook, ClearedLook.comment_id == Comment.id)
        .where(ClearedLook.outcome.is_not(None), *within)
    )
    return [
        _Looked(channel, rule if outcome == MISSED else None) for channel, outcome, rule in session.execute(statement)
    ]
