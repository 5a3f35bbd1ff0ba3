"""Statements of reasons beside what is known of their decisions from elsewhere."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from becalm.statements.notified import notices_known
from becalm.statements.origin import Notices
from becalm.statements.persons import names_of
from becalm.store import Case, Decision, Statement
from becalm.store.decisions import MACHINE
from becalm.store.statements import GOOD
from becalm.store.upsert import chunks

ROWS_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class StatedRow:
    """A statement, and what is known of its decision from elsewhere.

    `took_over`: rule and action are those that the machine suggested. `was_notified`: somebody had given notice before.
    `names` are those of the accounts that it is about.
    """

    puid: str
    fields: Mapping[str, Any]
    is_machine: bool
    took_over: bool
    was_notified: bool
    names: Collection[str] = ()


def statements_to_check(session: Session, notices: Notices | None = None) -> list[StatedRow]:
    """All that are not good yet, in the order of their decisions.

    The log of decisions and the case say who decided and what was suggested; the statement is not asked.
    """
    waiting = session.scalars(select(Statement.puid).where(Statement.state != GOOD).order_by(Statement.seq)).all()
    found: list[StatedRow] = []
    for puids in chunks(waiting, ROWS_AT_ONCE):
        found += _rows(session, puids, notices or notices_known)
    return found


def _rows(session: Session, puids: list[str], notices: Notices) -> list[StatedRow]:
    columns = (
        Statement.puid, Statement.fields, Decision.by, Decision.rule, Decision.action, Decision.decided_at,
        Decision.subjects, Decision.case_id, Case.rule.label("opened_under"), Statement.suggested,
    )  # fmt: skip
    joined = select(*columns).join(Decision, Decision.id == Statement.puid).join(Case, Case.id == Decision.case_id)
    rows = session.execute(joined.where(Statement.puid.in_(puids)).order_by(Statement.seq)).all()
    notified = notices(session, [row.case_id for row in rows])
    return [
        StatedRow(
            puid=row.puid,
            fields=row.fields,
            is_machine=row.by == MACHINE,
            took_over=(row.rule, row.action) == (row.opened_under, row.suggested),
            was_notified=row.case_id in notified and notified[row.case_id].at <= row.decided_at,
            names=_names(session, row.fields, row.subjects),
        )
        for row in rows
    ]


def _names(session: Session, fields: Mapping[str, Any], subjects: Mapping[str, list[int]]) -> set[str]:
    """Only where a law is named does a text stand that a person wrote."""
    return names_of(session, subjects.get("accounts", [])) if "illegal_content_explanation" in fields else set()
