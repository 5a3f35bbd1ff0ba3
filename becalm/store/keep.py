"""Keeping checked comments: each under its identity, an edited one with what it said before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

import orjson
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from .base import stable_id
from .comments import Account, Comment, CommentVersion, Text, Thread
from .intake import RawRow
from .marks import mark_threads
from .signals import Signals
from .unpublished import note_unpublished
from .upsert import Row, add, add_missing, chunks, put

_COLUMNS = frozenset(
    {
        "comment_id", "platform", "channel", "thread_id", "author_id", "author_name", "text", "published_at",
        "parent_id", "language", "likes", "rating", "is_brand",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row that met every expectation, with what was made of it on the way, and the ids of what it speaks of."""

    raw_row_id: int
    fields: Mapping[str, Any]
    published_at: datetime
    normalised: str
    script: str
    comment: int
    account: int
    thread: int
    text: int

    @classmethod
    def of(
        cls, raw_row_id: int, fields: Mapping[str, Any], published_at: datetime, normalised: str, script: str
    ) -> Self:
        platform = fields["platform"]
        return cls(
            raw_row_id,
            fields,
            published_at,
            normalised,
            script,
            comment=stable_id(platform, fields["comment_id"]),
            account=stable_id(platform, fields["author_id"]),
            thread=stable_id(platform, fields["thread_id"]),
            text=stable_id(normalised),
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """Of the rows given, how many made a comment and how many changed one."""

    new: int
    changed: int


def raw_row_id(row: Mapping[str, Any]) -> int:
    """The id of a row's content: the same fields in any order and file are the same row."""
    return stable_id(orjson.dumps(row, option=orjson.OPT_SORT_KEYS, default=str).decode())


def keep_raw(session: Session, batch_id: int, rows: Sequence[tuple[int, int, Mapping[str, Any]]]) -> None:
    """Keep rows as they came: (id, line, fields)."""
    add_missing(
        session,
        RawRow,
        [
            {"id": row_id, "batch_id": batch_id, "line": line, "payload": orjson.dumps(fields, default=str).decode()}
            for row_id, line, fields in rows
        ],
    )


def keep_comments(session: Session, rows: Sequence[CheckedRow], now: datetime) -> Kept:
    """Store the comments with their accounts, threads and texts. Of two rows for one comment the later holds."""
    brand = _keep_accounts(session, rows)
    add_missing(session, Thread, _once([_thread(row) for row in rows]))
    add_missing(session, Text, _once([_text(row) for row in rows]))
    before = _current(session, [row.comment for row in rows])
    known = set(before)
    versions = []
    for row in rows:
        old = before.get(row.comment)
        if old is not None and old[1] != row.fields["text"]:
            versions.append({"raw_row_id": old[0], "comment_id": row.comment, "text": old[1], "replaced_at": now})
        before[row.comment] = (row.raw_row_id, row.fields["text"])
    comments = _once([_comment(row, is_brand=row.account in brand) for row in rows])
    add(session, Comment, [comment for comment in comments if comment["id"] not in known])
    put(session, Comment, [comment for comment in comments if comment["id"] in known])
    if known:
        note_unpublished(session, known)  # their time may be another
    add_missing(session, CommentVersion, versions)
    changed = len(rows) - len(set(before) - known)
    return Kept(len(rows) - changed, changed)


def keep_threads(session: Session, threads: Sequence[Mapping[str, Any]]) -> int:
    """Store titles and texts of threads; returns how many are new or changed.

    What comments under a changed thread are about is another thing now, so their signals go, to be scored again.
    """
    rows = _once(
        [
            {
                "id": stable_id(str(thread["platform"]), str(thread["thread_id"])),
                "platform": str(thread["platform"]),
                "thread_id": str(thread["thread_id"]),
                "channel": str(thread.get("channel") or ""),
                "title": str(thread.get("title") or ""),
                "text": str(thread.get("text") or ""),
                "published_at": thread.get("published_at"),
            }
            for thread in threads
        ]
    )
    columns = (Thread.id, Thread.channel, Thread.title, Thread.text, Thread.published_at)
    stored = {row.id: tuple(row) for row in _by_id(session, columns, [row["id"] for row in rows])}
    changed = [row for row in rows if stored.get(row["id"]) != tuple(row[column.key] for column in columns)]
    put(session, Thread, changed)
    if changed:
        ids = [row["id"] for row in changed]
        for chunk in chunks(ids):
            under_them = select(Comment.id).where(Comment.thread_id.in_(chunk))
            session.execute(delete(Signals).where(Signals.comment_id.in_(under_them)))
        mark_threads(session, ids)
    return len(changed)


def _keep_accounts(session: Session, rows: Sequence[CheckedRow]) -> set[int]:
    """Keep who wrote, and say which of them speak for the brand.

    A name that is given replaces the one before. Who once spoke for the brand stays the brand, in earlier comments too.
    """
    columns = (Account.id, Account.name, Account.is_brand)
    stored = {row.id: (row.name, row.is_brand) for row in _by_id(session, columns, list({row.account for row in rows}))}
    merged: dict[int, Row] = {}
    for row in rows:
        known = merged.get(row.account)
        name, is_brand = (known["name"], known["is_brand"]) if known else stored.get(row.account, (None, False))
        merged[row.account] = {
            "id": row.account,
            "platform": row.fields["platform"],
            "author_id": row.fields["author_id"],
            "name": row.fields.get("author_name") or name,
            "is_brand": is_brand or bool(row.fields.get("is_brand")),
        }
    add(session, Account, [row for row in merged.values() if row["id"] not in stored])
    changed = [
        row for row in merged.values() if row["id"] in stored and stored[row["id"]] != (row["name"], row["is_brand"])
    ]
    put(session, Account, changed)
    brand = {account for account, row in merged.items() if row["is_brand"]}
    revealed = [account for account in brand if account in stored and not stored[account][1]]
    for chunk in chunks(revealed):
        session.execute(update(Comment).where(Comment.account_id.in_(chunk)).values(is_brand=True))
    return brand


def _current(session: Session, ids: Sequence[int]) -> dict[int, tuple[int, str]]:
    columns = (Comment.id, Comment.raw_row_id, Comment.text)
    return {row.id: (row.raw_row_id, row.text) for row in _by_id(session, columns, list(set(ids)))}


def _by_id(session: Session, columns: Sequence[Any], ids: Sequence[int]) -> list[Any]:
    return [row for chunk in chunks(ids) for row in session.execute(select(*columns).where(columns[0].in_(chunk)))]


def _once(rows: Sequence[Row]) -> list[Row]:
    """The last row of each id."""
    return list({row["id"]: row for row in rows}.values())


def _thread(row: CheckedRow) -> Row:
    fields = row.fields
    return {
        "id": row.thread, "platform": fields["platform"], "thread_id": fields["thread_id"],
        "channel": fields["channel"], "title": "", "text": "", "published_at": None,
    }  # fmt: skip


def _text(row: CheckedRow) -> Row:
    return {"id": row.text, "normalised": row.normalised, "script": row.script}


def _comment(row: CheckedRow, *, is_brand: bool) -> Row:
    fields = row.fields
    return {
        "id": row.comment, "platform": fields["platform"], "comment_id": fields["comment_id"],
        "channel": fields["channel"], "thread_id": row.thread, "account_id": row.account, "text_id": row.text,
        "raw_row_id": row.raw_row_id, "text": fields["text"], "published_at": row.published_at,
        "parent_id": fields.get("parent_id"), "language": fields.get("language"), "likes": fields.get("likes"),
        "rating": fields.get("rating"), "is_brand": is_brand,
        "raw": {name: value for name, value in fields.items() if name not in _COLUMNS},
    }  # fmt: skip
