"""One statement for each restricting decision that came into force, and its end when it no longer is."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from ..decisions import Decided, decisions_of
from ..policy import Policy
from ..store import Decision, Measure, Statement
from ..store.marks import made_from, mark_made_from
from ..store.statements import HELD_BACK, UNCHECKED
from ..store.upsert import chunks, put
from .ends import end_of, measures_end
from .facts import facts_in_words
from .fields import Fields, fields_of, with_end
from .grounds import laws_named
from .matters import Opened, opened_cases, read_matter
from .notified import notices_known
from .origin import Notices, Notified, origin_of
from .policies import PoliciesOf
from .spans import Span, spans_of

MARK = "statements made"
CASES_AT_ONCE = 500
MADE_ONCE = ("fields", "comments", "accounts", "suggested")


@dataclass(frozen=True, slots=True)
class Made:
    """How many statements are new, and how many got another end."""

    new: int
    changed: int


@dataclass(frozen=True, slots=True)
class Batch:
    """What is known about some cases."""

    opened: dict[str, Opened]
    notified: dict[str, Notified]
    laws: dict[str, Any]
    measured: dict[str, datetime | None]
    known: dict[str, Statement]


def make_statements(session: Session, policy: Policy, now: datetime, notices: Notices | None = None) -> Made:
    """States what was decided since the last time; the same log again changes nothing.

    `policy` stands in for versions that can't be read any more. What is held back is made anew, so that what was mended
    shows; what is good keeps all but its end. Whatever changed is `unchecked`.
    """
    newest = session.scalar(select(func.max(Decision.seq))) or 0
    policies, new, changed = PoliciesOf(session, policy), 0, 0
    for case_ids in chunks(_cases_to_look_at(session), CASES_AT_ONCE):
        rows = list(_rows(session, policies, case_ids, now, notices or notices_known))
        put(session, Statement, [row for row, _ in rows])
        new += sum(is_new for _, is_new in rows)
        changed += sum(not is_new for _, is_new in rows)
    if made_from(session, MARK) != str(newest):
        mark_made_from(session, MARK, str(newest))
    return Made(new, changed)


def _cases_to_look_at(session: Session) -> list[str]:
    """Those with news in the log, with a statement held back, and with a restriction of an account that ends anew."""
    last = int(made_from(session, MARK) or 0)
    news = select(Decision.case_id).where(Decision.seq > last)
    bound = select(Statement.case_id).join(Measure, Measure.decision_id == Statement.puid)
    again = select(Statement.case_id).where(or_(Statement.state == HELD_BACK, Statement.case_id.in_(bound)))
    return sorted({*session.scalars(news), *session.scalars(again)})


def _rows(
    session: Session, policies: PoliciesOf, case_ids: Sequence[str], now: datetime, notices: Notices
) -> Iterator[tuple[dict[str, Any], bool]]:
    logs: dict[str, list[Decided]] = defaultdict(list)
    for each in decisions_of(session, *case_ids):
        logs[each.case_id].append(each)
    spans = [(span, log) for log in logs.values() for span in spans_of(log, policies.restricts)]
    ids = [span.decision.id for span, _ in spans]
    known = {each.puid: each for each in session.scalars(select(Statement).where(Statement.puid.in_(ids)))}
    batch = Batch(
        opened_cases(session, case_ids), dict(notices(session, case_ids)), dict(laws_named(session, ids)),
        measures_end(session, ids), known,
    )  # fmt: skip
    for span, log in spans:
        before = known.get(span.decision.id)
        row = _row(session, policies.of(span.decision), span, log, batch, now)
        if before is None or _is_other(before, row):
            yield row, before is None


def _row(
    session: Session, policy: Policy, span: Span, log: Sequence[Decided], batch: Batch, now: datetime
) -> dict[str, Any]:
    decided, before = span.decision, batch.known.get(span.decision.id)
    row: dict[str, Any] = {
        "puid": decided.id, "seq": decided.seq, "case_id": decided.case_id, "rule": decided.rule,
        "policy_version": decided.policy_version, "action": decided.action, "in_force_at": span.began_at,
        "ended_at": span.ended_at, "ended_by": span.ended_by.id if span.ended_by else None,
        "ended_how": span.ended_how, "state": UNCHECKED, "failures": [], "made_at": now,
    }  # fmt: skip
    if before is None or before.state == HELD_BACK:
        row |= _made(session, policy, span, log, batch)
    else:
        row |= {name: getattr(before, name) for name in MADE_ONCE}
    return row | {"fields": with_end(row["fields"], end_of(policy, span, batch.measured))}


def _made(session: Session, policy: Policy, span: Span, log: Sequence[Decided], batch: Batch) -> dict[str, Any]:
    decided, opened = span.decision, batch.opened[span.decision.case_id]
    matter, content = read_matter(session, opened, decided)
    notified = batch.notified.get(decided.case_id)
    origin = origin_of(decided, opened.suggested, notified)
    confirmed = any(each.kind == "approval" and each.answers == decided.id for each in log)
    words = facts_in_words(policy, decided, matter, opened.reasons, origin, notified, confirmed)
    began = span.began_at.astimezone(UTC).date()
    fields: Fields = fields_of(policy, decided, content, words, origin, batch.laws.get(decided.id), began)
    return {
        "fields": fields, "comments": matter.comments, "accounts": matter.accounts,
        "suggested": opened.suggested.action,
    }  # fmt: skip


def _is_other(before: Statement, row: dict[str, Any]) -> bool:
    same = (*MADE_ONCE, "in_force_at", "ended_at", "ended_by", "ended_how")
    return any(getattr(before, name) != row[name] for name in same)
