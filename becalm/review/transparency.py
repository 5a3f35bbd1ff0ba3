"""What a transparency report tells (Implementing Regulation (EU) 2024/2835): measures by what, how and whom."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from statistics import median
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..statements.export import within
from ..statements.vocabulary import AUTOMATED, FULLY, SUSPENDED, TERMINATED, VOLUNTARY, YES
from ..store import Case, Decision, Statement
from ..store.upsert import chunks, known
from .accuracy import Accuracy, Outcome, accuracies, judged_again
from .intake import ComplaintFigures, NoticeFigures, complaint_figures, notice_figures

SPLIT_BY = ("source", "category", "keywords", "detection", "decision", "restriction")
MEASURE_COLUMNS = (*SPLIT_BY, "measures", "comments", "accounts", "overturned", "median_hours")


@dataclass(frozen=True, slots=True)
class Measure:
    """One restricting decision, as it is counted. `hours` run from the opening of its case until it was in force."""

    puid: str
    rule: str
    source: str
    category: str
    keywords: str
    detection: str
    decision: str
    restriction: str
    account: str | None
    comments: int
    accounts: int
    hours: float
    was_overturned: bool
    is_over: bool


@dataclass(frozen=True, slots=True)
class Transparency:
    """The figures of some days."""

    first: date | None
    last: date | None
    measures: tuple[Measure, ...]
    accuracies: tuple[Accuracy, ...]
    notices: NoticeFigures
    complaints: ComplaintFigures

    @property
    def own_initiative(self) -> tuple[Measure, ...]:
        return tuple(each for each in self.measures if each.source == VOLUNTARY)

    @property
    def solely_automated(self) -> int:
        """Measures that a machine found and took alone."""
        return sum(each.detection == YES and each.decision == FULLY for each in self.measures)

    @property
    def median_hours(self) -> float | None:
        return _median(self.measures)

    def suspensions(self, kind: str) -> dict[str, int]:
        """Of one kind of decision on accounts: decisions, accounts, and how many decisions hold no longer."""
        found = [each for each in self.measures if each.account == kind]
        return {
            "decisions": len(found), "accounts": sum(each.accounts for each in found),
            "over": sum(each.is_over for each in found),
        }  # fmt: skip

    def table(self) -> list[dict[str, Any]]:
        """Measures split by source, category, keywords, detection, decision and restriction, the most first."""
        parts: dict[tuple[str, ...], list[Measure]] = defaultdict(list)
        for each in self.measures:
            parts[tuple(getattr(each, name) for name in SPLIT_BY)].append(each)
        rows = [dict(zip(SPLIT_BY, key, strict=True)) | _counted(found) for key, found in parts.items()]
        return sorted(rows, key=lambda row: (-row["measures"], *(row[name] for name in SPLIT_BY)))

    def as_dict(self) -> dict[str, Any]:
        """All of it as JSON."""
        return {
            "period": {"from": _day(self.first), "to": _day(self.last)},
            "measures": {
                "all": len(self.measures), "own_initiative": len(self.own_initiative),
                "after_notices": len(self.measures) - len(self.own_initiative),
                "automatically_detected": sum(each.detection == YES for each in self.measures),
                "solely_automated": self.solely_automated,
                "by_decision": {name: sum(each.decision == name for each in self.measures) for name in AUTOMATED},
                "comments": sum(each.comments for each in self.measures),
                "overturned": sum(each.was_overturned for each in self.measures),
            },
            "suspensions": {
                "suspended": self.suspensions(SUSPENDED), "terminated": self.suspensions(TERMINATED),
            },
            "median_hours_to_measure": self.median_hours,
            "notices": asdict(self.notices),
            "complaints": asdict(self.complaints),
            "accuracy": [each.as_dict() for each in self.accuracies],
            "table": self.table(),
        }  # fmt: skip


def transparency(session: Session, first: date | None = None, last: date | None = None) -> Transparency:
    """The figures of what came into force from `first` to `last`, both days included (UTC), from the statements.

    Those that are held back count too: they are measures all the same.
    """
    measures = tuple(_measures(session, first, last))
    outcomes = [Outcome(each.decision == FULLY, each.rule, each.was_overturned) for each in measures]
    return Transparency(
        first=first,
        last=last,
        measures=measures,
        accuracies=tuple(accuracies(outcomes, judged_again(session, first, last))),
        notices=notice_figures(session, first, last),
        complaints=complaint_figures(session, first, last),
    )


def _measures(session: Session, first: date | None, last: date | None) -> list[Measure]:
    joined = select(Statement, Case.opened_at).join(Case, Case.id == Statement.case_id).order_by(Statement.seq)
    rows = session.execute(within(joined, first, last)).all()
    overturned = _overturned(session, [statement for statement, _ in rows])
    return [_measure(statement, opened_at, statement.puid in overturned) for statement, opened_at in rows]


def _measure(statement: Statement, opened_at: Any, was_overturned: bool) -> Measure:
    said = statement.fields
    account = said.get("decision_account")
    return Measure(
        puid=statement.puid,
        rule=statement.rule,
        source=said["source_type"],
        category=said["category"],
        keywords="; ".join(said.get("category_specification", ())),
        detection=said["automated_detection"],
        decision=said["automated_decision"],
        restriction="; ".join([*said.get("decision_visibility", ()), *([account] if account else [])]),
        account=account,
        comments=statement.comments,
        accounts=statement.accounts,
        hours=max(0.0, (statement.in_force_at - opened_at).total_seconds() / 3600),
        was_overturned=was_overturned,
        is_over=statement.ended_at is not None,
    )


def _overturned(session: Session, statements: Sequence[Statement]) -> set[str]:
    """Those that a person reversed, or put something in the place of that restricts nobody.

    What its own maker undid at once is no finding that it was wrong, and neither is a lesser restriction.
    """
    found = {each.puid for each in statements if each.ended_how == "reversal"}
    overridden = {str(each.ended_by): each.puid for each in statements if each.ended_how == "override"}
    successors: dict[str, str] = {}
    for chunk in chunks(list(overridden)):
        entries = select(Decision.id, Decision.answers).where(Decision.id.in_(chunk))
        successors |= {overridden[entry]: answers or entry for entry, answers in session.execute(entries)}
    stated = known(session, Statement.puid, list(successors.values()))
    return found | {puid for puid, successor in successors.items() if successor not in stated}


def _counted(measures: Sequence[Measure]) -> dict[str, Any]:
    return {
        "measures": len(measures), "comments": sum(each.comments for each in measures),
        "accounts": sum(each.accounts for each in measures),
        "overturned": sum(each.was_overturned for each in measures), "median_hours": _median(measures),
    }  # fmt: skip


def _median(measures: Sequence[Measure]) -> float | None:
    return round(median(each.hours for each in measures), 2) if measures else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
