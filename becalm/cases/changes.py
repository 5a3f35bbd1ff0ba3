"""Bringing the stored cases to what they ought to be, touching only rows that differ."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import bindparam, delete, update
from sqlalchemy.orm import Session

from ..policy import Policy
from ..store import Case, CaseComment
from ..store.upsert import add, put
from .drafting import Draft
from .history import History, KnownCase

Row = dict[str, Any]

# What may change while a case is open; since when it is open, until when and under which version may not.
CHANGING = ("queue", "priority", "reasons", "suggested_action", "suggested_template", "evidence")


@dataclass(frozen=True, slots=True)
class CaseChanges:
    """Rows to write: whole ones for `opened` and `reopened`, {case_id, changed columns} for `updated`."""

    opened: list[Row]
    reopened: list[Row]
    updated: list[Row]
    withdrawn: list[str]
    joined: list[Row]  # comments that come into a case
    left: list[Row]

    @property
    def opened_by_queue(self) -> dict[str, int]:
        return dict(sorted(Counter(row["queue"] for row in (*self.opened, *self.reopened)).items()))

    @property
    def touched(self) -> set[str]:
        """Ids of the cases that were open before, stay open and are changed, be it only in their comments."""
        new = {row["id"] for row in (*self.opened, *self.reopened)}
        moved = {row["case_id"] for row in (*self.joined, *self.left)}
        return ({row["id"] for row in self.updated} | moved) - new


def compare(history: History, drafts: Sequence[Draft], rows: Mapping[str, Row]) -> CaseChanges:
    """What has to be written so that the stored open cases are those of `drafts`, with the contents of `rows`."""
    changes = CaseChanges([], [], [], [], [], [])
    for draft in drafts:
        row, known = rows[draft.id], history.cases.get(draft.id)
        if known is None:
            changes.opened.append(row)
        elif known.state == "withdrawn":
            changes.reopened.append(row)
        elif any(_as_stored(row[name]) != getattr(known, name) for name in CHANGING):
            changes.updated.append({"id": draft.id} | {name: row[name] for name in CHANGING})
        before = history.comments.get(draft.id, frozenset())
        after = {comment.id for comment in draft.comments}
        changes.joined.extend({"case_id": draft.id, "comment_id": each} for each in sorted(after - before))
        changes.left.extend({"case_id": draft.id, "comment_id": each} for each in sorted(before - after))
    changes.withdrawn.extend(sorted(_open_ids(history.cases) - rows.keys()))
    return changes


def write(session: Session, changes: CaseChanges) -> None:
    add(session, Case, changes.opened)
    put(session, Case, changes.reopened)
    if changes.updated:
        session.execute(update(Case), changes.updated)
    if changes.withdrawn:
        session.execute(update(Case), [{"id": case_id, "state": "withdrawn"} for case_id in changes.withdrawn])
    add(session, CaseComment, changes.joined)
    if changes.left:
        table = CaseComment.__table__
        gone = delete(CaseComment).where(
            table.c.case_id == bindparam("case_id"), table.c.comment_id == bindparam("comment_id")
        )
        session.connection().execute(gone, changes.left)


def row_of(draft: Draft, policy: Policy, now: datetime, contents: Row) -> Row:
    """The row of a case opened `now`; the more urgent, the earlier within the service level it is due."""
    hours = policy.queues[draft.rule.queue].service_hours
    hours *= 1 - policy.priority.shortens_wait * contents["priority"]
    return {
        "id": draft.id,
        "queue": draft.rule.queue,
        "kind": draft.kind,
        "subject": draft.subject,
        "rule": draft.rule.id,
        "policy_version": policy.version,
        "opened_at": now,
        "due_at": now + timedelta(hours=hours),
        "state": "open",
        **contents,
    }


def _as_stored(value: Any) -> Any:
    return orjson.dumps(value).decode() if isinstance(value, list) else value


def _open_ids(cases: Mapping[str, KnownCase]) -> set[str]:
    return {case.id for case in cases.values() if case.state == "open"}
