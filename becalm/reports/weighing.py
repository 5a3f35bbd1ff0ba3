"""What the open reports of a comment come to: a weight for the rules, and reasons for people."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..policy import Policy
from ..records import Reason
from ..store import Comment, Report, Reported, Reporter
from ..store.upsert import chunks, put, remove
from ..wording import counted, lasting
from .pseudonyms import pseudonym
from .reliability import Reliability, reliabilities
from .ties import Voice, tied

NAMED_AT_MOST = 5

Row = Any


def weigh_reports(session: Session, policy: Policy, now: datetime, comment_ids: Collection[int] | None = None) -> None:
    """Brings what is stored of reported comments (of these only, where given) to what their open reports come to.

    Only differences are written.
    """
    rows = _open_reports(session, comment_ids)
    found = reliabilities(session, policy, {row.reporter_id for row in rows}, now)
    by_comment: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_comment[row.comment_id].append(row)
    due = {comment_id: _weighed(policy, comment_id, each, found) for comment_id, each in by_comment.items()}
    before = _stored(session, comment_ids)
    put(session, Reported, [row for comment_id, row in due.items() if before.get(comment_id) != row])
    remove(session, Reported.comment_id, sorted(before.keys() - due.keys()))


def reports_version(session: Session) -> str:
    """Changes with every report that comes in or is answered."""
    told = func.count(), func.max(Report.received_at), func.max(Report.answered_at)
    rows = session.execute(select(Report.state, *told).group_by(Report.state).order_by(Report.state)).all()
    return blake2b(repr([tuple(row) for row in rows]).encode(), digest_size=4).hexdigest()


def _open_reports(session: Session, comment_ids: Collection[int] | None) -> list[Row]:
    columns = (Report.comment_id, Report.reporter_id, Report.reported_at, Report.reason, Report.is_trusted)
    statement = (
        select(*columns, Reporter.first_reported_at)
        .join(Reporter, Reporter.id == Report.reporter_id)
        .join(Comment, Comment.id == Report.comment_id)
        .where(Report.state == "open")
        .order_by(Report.reported_at, Report.id)
    )
    if comment_ids is None:
        return list(session.execute(statement).all())
    of_chunks = (statement.where(Report.comment_id.in_(chunk)) for chunk in chunks(sorted(comment_ids)))
    return [row for each in of_chunks for row in session.execute(each)]


def _stored(session: Session, comment_ids: Collection[int] | None) -> dict[int, dict[str, Any]]:
    statement = select(Reported.comment_id, Reported.weight, Reported.reasons)
    if comment_ids is None:
        rows = list(session.execute(statement))
    else:
        chosen = (statement.where(Reported.comment_id.in_(chunk)) for chunk in chunks(sorted(comment_ids)))
        rows = [row for each in chosen for row in session.execute(each)]
    return {row.comment_id: dict(row._mapping) for row in rows}


def _weighed(policy: Policy, comment_id: int, rows: Sequence[Row], found: Mapping[int, Reliability]) -> dict[str, Any]:
    voices = [
        Voice(row.reporter_id, row.reported_at, row.first_reported_at, _is_known(row, found[row.reporter_id]))
        for row in rows
    ]
    as_one = tied(voices, policy.reports)
    alone = [found[row.reporter_id].weight for row in rows if row.reporter_id not in as_one]
    together = max((found[each].weight for each in as_one), default=0.0)
    weight = round(sum(alone) + together, 4)
    reasons = [
        Reason("reports", _share(weight), _who(policy, rows)),
        *_of_tied([row for row in rows if row.reporter_id in as_one], len(rows)),
        *_of_reporters([row for row in rows if row.reporter_id not in as_one], found),
    ]
    return {"comment_id": comment_id, "weight": weight, "reasons": [reason.as_dict() for reason in reasons]}


def _is_known(row: Row, reliability: Reliability) -> bool:
    return bool(row.is_trusted) or reliability.answered > 0 or reliability.is_trusted


def _share(weight: float) -> float:
    return round(weight / (weight + 1), 4)


def _who(policy: Policy, rows: Sequence[Row]) -> str:
    titles = policy.reports.reasons
    named = Counter(titles[row.reason].title if row.reason in titles else "in their own words" for row in rows)
    said = "; ".join(
        f"{title} ({number})" for title, number in sorted(named.items(), key=lambda one: (-one[1], one[0]))
    )
    people = "1 person" if len(rows) == 1 else f"{len(rows):,} people"
    return f"reported by {people}: {said}"


def _of_tied(rows: Sequence[Row], of_all: int) -> list[Reason]:
    if not rows:
        return []
    span = rows[-1].reported_at - rows[0].reported_at
    words = (
        f"{len(rows):,} of {counted(of_all, 'report')} came within {lasting(span)}, by reporters of whom nothing is "
        "known yet: somebody may have called for them, and together they count as one"
    )
    return [Reason("tied_reports", 1.0, words)]


def _of_reporters(rows: Sequence[Row], found: Mapping[int, Reliability]) -> list[Reason]:
    """The most reliable first, and only some of them."""
    named = sorted(rows, key=lambda row: (-found[row.reporter_id].weight, row.reporter_id))
    return [
        Reason("reporter", round(found[row.reporter_id].mean, 4), _of_reporter(row, found[row.reporter_id]))
        for row in named[:NAMED_AT_MOST]
    ]


def _of_reporter(row: Row, reliability: Reliability) -> str:
    return f"reporter {pseudonym(row.reporter_id)}: {reliability.evidence}"
