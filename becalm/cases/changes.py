"""Bringing the stored cases to what they ought to be, touching only rows that differ."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from ..policy import Policy
from ..store import Case, CaseComment, CaseEvent
from ..store.cases import lane
from ..store.decisions import MACHINE
from ..store.upsert import add, chunks, put
from .drafting import Draft
from .history import History, KnownCase, Part

Row = dict[str, Any]

# What may change while a case is open; since when it is open, until when and under which version may not.
CHANGING = ("queue", "priority", "reasons", "suggested_action", "suggested_template", "evidence", "language", "lane")
UNSYNCHRONISED: dict[str, Any] = {"execution_options": {"synchronize_session": False}}


@dataclass(frozen=True, slots=True)
class CaseChanges:
    """Rows to write: whole ones for `opened` and `reopened`, {case_id, changed columns} for `updated`."""

    opened: list[Row]
    reopened: list[Row]
    revived: list[str]  # withdrawn ones whose own cause is gone, wanted again for what was merged into them
    updated: list[Row]
    withdrawn: list[str]
    joined: list[Row]  # comments that come into a case
    left: list[Row]

    @property
    def opened_by_queue(self) -> dict[str, int]:
        return dict(sorted(Counter(row["queue"] for row in (*self.opened, *self.reopened)).items()))

    @property
    def moved(self) -> set[str]:
        """Ids of the cases that were there before and gained or lost comments."""
        opened = {row["id"] for row in self.opened}
        return {row["case_id"] for row in (*self.joined, *self.left)} - opened

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """How many comments came into each case and left it."""
        joined, left = (Counter(row["case_id"] for row in rows) for rows in (self.joined, self.left))
        return {case_id: {"joined": joined[case_id], "left": left[case_id]} for case_id in joined.keys() | left.keys()}

    @property
    def touched(self) -> set[str]:
        """Ids of the cases that were open before, stay open and are changed, be it only in their comments."""
        new = {row["id"] for row in (*self.opened, *self.reopened)}
        moved = {row["case_id"] for row in (*self.joined, *self.left)}
        return ({row["id"] for row in self.updated} | moved) - new


def compare(history: History, drafts: Sequence[Draft], rows: Mapping[str, Row], now: datetime) -> CaseChanges:
    """What has to be written so that the stored open cases are those of `drafts`, with the contents of `rows`.

    What people did stays: a merged case lives on in the one it was merged into, comments stay where they were put, and
    a case that somebody has is left as it is, but for comments that come in.
    """
    changes = CaseChanges([], [], [], [], [], [], [])
    taken = {case.id for case in history.cases.values() if is_taken(case, now)}
    wanted = _wanted(history, drafts, taken)
    for draft in drafts:
        if draft.id in wanted:
            _compare_contents(changes, history, draft, rows[draft.id], is_taken=draft.id in taken)
    for case_id, after in wanted.items():
        before = history.comments.get(case_id, frozenset())
        changes.joined.extend({"case_id": case_id, "comment_id": each} for each in sorted(after - before))
        if case_id not in taken:
            changes.left.extend({"case_id": case_id, "comment_id": each} for each in sorted(before - after))
    drafted = {draft.id for draft in drafts}
    known = history.cases
    changes.revived.extend(sorted(each for each in wanted.keys() - drafted if known[each].state == "withdrawn"))
    gone = _open_ids(history.cases) - wanted.keys() - taken
    changes.withdrawn.extend(sorted(gone - _owed(history, gone, wanted)))
    return changes


def is_taken(case: KnownCase, now: datetime) -> bool:
    """Whether somebody is at work on an open case."""
    return case.state == "open" and case.claimed_until is not None and case.claimed_until > now


def _wanted(history: History, drafts: Sequence[Draft], taken: set[str]) -> dict[str, frozenset[int]]:
    """The comments of each case that ought to be open."""
    drafted: dict[str, frozenset[int]] = {}
    for draft in drafts:
        case_id = history.merged.get(draft.id, draft.id)
        drafted[case_id] = drafted.get(case_id, frozenset()) | {comment.id for comment in draft.comments}
    parts = [part for part in history.parts if _has_cause(part, drafted, taken)]
    away = _kept_elsewhere(history, drafted, taken, drafts)
    wanted = {}
    for case_id, comments in drafted.items():
        parted = frozenset().union(*(part.comments for part in parts if part.parent == case_id))
        placed = history.placed.get(case_id, frozenset())
        wanted[case_id] = comments - parted - away.get(case_id, frozenset()) | placed
    for part in parts:
        if part.case.state == "open" and part.case.id not in wanted:
            wanted[part.case.id] = history.comments.get(part.case.id, frozenset())
    return {case_id: comments for case_id, comments in wanted.items() if comments}


def _has_cause(part: Part, drafted: Mapping[str, frozenset[int]], taken: set[str]) -> bool:
    """Whether what was split off still stands apart: decided, in somebody's hands, or as the rules want it."""
    if part.case.state != "open" or part.case.id in taken or part.case.id in drafted:
        return True
    return not part.comments.isdisjoint(drafted.get(part.parent, ()))


def _kept_elsewhere(
    history: History, drafted: Mapping[str, frozenset[int]], taken: set[str], drafts: Sequence[Draft]
) -> dict[str, frozenset[int]]:
    """Of each case, the comments that a case of the same rule holds which somebody has and no rule wants any more."""
    kept: dict[str, set[int]] = defaultdict(set)
    for case_id in taken - drafted.keys():
        kept[history.cases[case_id].rule].update(history.comments.get(case_id, ()))
    return {draft.id: frozenset(kept[draft.rule.id]) for draft in drafts if draft.rule.id in kept}


def _owed(history: History, gone: set[str], wanted: Mapping[str, frozenset[int]]) -> set[str]:
    """Of the cases that no rule wants any more, those without which somebody who reported would never be answered."""
    elsewhere = frozenset().union(*wanted.values()) if history.owed else frozenset()
    waiting = history.owed - elsewhere
    return {each for each in gone if not waiting.isdisjoint(history.comments.get(each, ()))}


def _compare_contents(changes: CaseChanges, history: History, draft: Draft, row: Row, *, is_taken: bool) -> None:
    known = history.cases.get(draft.id)
    if known is None:
        changes.opened.append(row)
    elif known.state == "withdrawn":
        changes.reopened.append(row)
    elif not is_taken and any(_as_stored(row[name]) != getattr(known, name) for name in CHANGING):
        changes.updated.append({"id": draft.id} | {name: row[name] for name in CHANGING})


def write(session: Session, changes: CaseChanges, now: datetime) -> None:
    """Changes that a person would notice on a case raise its version and are noted as events."""
    add(session, Case, changes.opened)
    put(session, Case, changes.reopened)
    if changes.updated:
        session.execute(update(Case), changes.updated)
    if changes.withdrawn:
        gone = {"state": "withdrawn", "claimed_by": None, "claimed_at": None, "claimed_until": None}
        session.execute(update(Case), [{"id": case_id, **gone} for case_id in changes.withdrawn])
        _unplace(session, changes.withdrawn)
    if changes.revived:
        session.execute(update(Case), [{"id": case_id, "state": "open"} for case_id in changes.revived])
    add(session, CaseComment, changes.joined)
    if changes.left:
        table = CaseComment.__table__
        same = (table.c.case_id == bindparam("case_id"), table.c.comment_id == bindparam("comment_id"))
        session.connection().execute(delete(CaseComment).where(*same), changes.left)
    _note(session, changes, now)


def _unplace(session: Session, case_ids: list[str]) -> None:
    """What people put into a case that is withdrawn goes where the rules want it from now on."""
    for chunk in chunks(case_ids):
        placed = (CaseComment.case_id.in_(chunk), CaseComment.is_placed)
        session.execute(update(CaseComment).where(*placed).values(is_placed=False), **UNSYNCHRONISED)


def _note(session: Session, changes: CaseChanges, now: datetime) -> None:
    """One event for each case that was there before; of one that opens its own row tells as much."""
    kinds: dict[str, str] = dict.fromkeys(changes.moved, "comments")
    kinds |= dict.fromkeys((row["id"] for row in changes.reopened), "reopen")
    kinds |= dict.fromkeys(changes.revived, "reopen")
    kinds |= dict.fromkeys(changes.withdrawn, "withdraw")
    details = changes.counts
    for chunk in chunks(sorted(kinds)):
        session.execute(update(Case).where(Case.id.in_(chunk)).values(version=Case.version + 1), **UNSYNCHRONISED)
        versions = session.execute(select(Case.id, Case.version).where(Case.id.in_(chunk))).all()
        add(session, CaseEvent, [
            {"case_id": case_id, "version": version, "kind": kinds[case_id], "by": MACHINE, "at": now,
             "detail": details.get(case_id, {})}
            for case_id, version in versions
        ])  # fmt: skip


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
        "language": draft.language,
        "lane": lane(draft.rule.queue, draft.rule.id, draft.language),
        **contents,
    }


def _as_stored(value: Any) -> Any:
    return orjson.dumps(value).decode() if isinstance(value, list) else value


def _open_ids(cases: Mapping[str, KnownCase]) -> set[str]:
    return {case.id for case in cases.values() if case.state == "open"}
