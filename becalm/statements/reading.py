"""Statements as people look at them."""

from collections import Counter
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..errors import InputError
from ..store import Statement
from ..store.beginnings import ids_beginning
from ..store.statements import GOOD, HELD_BACK, UNCHECKED
from .export import within

Record = dict[str, Any]
KEPT = (
    "puid", "case_id", "rule", "policy_version", "action", "comments", "accounts", "in_force_at", "ended_at",
    "ended_by", "ended_how", "state", "failures", "made_at",
)  # fmt: skip


def summaries(
    session: Session, first: date | None = None, last: date | None = None, state: str | None = None
) -> list[Record]:
    """One record a statement, the latest first."""
    chosen = within(select(Statement), first, last)
    if state is not None:
        chosen = chosen.where(Statement.state == state)
    return [_summary(one) for one in session.scalars(chosen.order_by(Statement.seq.desc()))]


def whole(session: Session, begins: str) -> Record:
    """The statement whose id begins so, and what is kept beside its fields; raises `InputError` unless it is one."""
    found = ids_beginning(session, Statement.puid, begins)
    if len(found) != 1:
        what = "several statements begin so" if found else "there is no statement with this id"
        raise InputError(f"statement {begins!r}: {what}")
    one = session.get_one(Statement, found[0])
    return {"statement": one.fields} | {name: _plain(getattr(one, name)) for name in KEPT}


def held_back(session: Session, first: date | None = None, last: date | None = None) -> list[Record]:
    """Those that won't be exported, and each expectation that they failed, in the order of their decisions."""
    columns = select(Statement.puid, Statement.case_id, Statement.failures).where(Statement.state == HELD_BACK)
    return [
        {"puid": puid, "case_id": case_id, "failures": [failure["expectation"] for failure in failures]}
        for puid, case_id, failures in session.execute(within(columns, first, last).order_by(Statement.seq))
    ]


def count_states(session: Session) -> Counter[str]:
    """How many are unchecked, good and held back."""
    rows = session.execute(select(Statement.state, func.count()).group_by(Statement.state))
    return Counter(dict.fromkeys((UNCHECKED, GOOD, HELD_BACK), 0)) + Counter(dict(rows.all()))


def line_of(one: Record) -> str:
    """A summary in one line."""
    ended = f"  {one['ended_how']} {one['ended_at'][:10]}" if one["ended_at"] else ""
    restriction = one["restriction"].replace("DECISION_", "")
    automation = f"{one['automated_detection']}/{one['automated_decision'].removeprefix('AUTOMATED_DECISION_')}"
    return (
        f"{one['in_force_at'][:10]}  {one['puid']}  {one['state']}  {one['rule']}  {restriction}  {automation}{ended}"
    )


def _summary(one: Statement) -> Record:
    said = one.fields
    account = [said["decision_account"]] if "decision_account" in said else []
    return {name: _plain(getattr(one, name)) for name in KEPT} | {
        "restriction": "; ".join([*said.get("decision_visibility", ()), *account]),
        "category": said.get("category"),
        "source_type": said.get("source_type"),
        "automated_detection": said.get("automated_detection"),
        "automated_decision": said.get("automated_decision"),
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
