"""What stands around comments that go: answers to them, and the company of their threads."""

from collections.abc import Collection

import orjson
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..store import Comment, CommentVersion, RawRow, Thread
from ..store.upsert import chunks
from .going import Going
from .rows import Counts


def forget_company(session: Session, going: Going) -> Counts:
    """Threads whose company had one of the texts."""
    changed: Counts = Counts()
    for chunk in chunks(sorted(going.threads)):
        rows = session.execute(select(Thread.id, Thread.company).where(Thread.id.in_(chunk)))
        for thread_id, company in rows.all():
            if company and not going.texts.isdisjoint(company):
                rest = [one for one in company if one not in going.texts]
                session.execute(update(Thread).where(Thread.id == thread_id).values(company=rest))
                changed["threads"] += 1
    return changed


def forget_answered(session: Session, platform: str, comment_ids: Collection[str], going: Going) -> Counts:
    """Comments of others that answered one of these; the rows they came in are mended too."""
    changed: Counts = Counts()
    for chunk in chunks(sorted(comment_ids)):
        answers = (Comment.platform == platform, Comment.parent_id.in_(chunk))
        found = [
            (comment, raw) for comment, raw in session.execute(select(Comment.id, Comment.raw_row_id).where(*answers))
            if comment not in going.comments
        ]  # fmt: skip
        ids, rows = [comment for comment, _ in found], [raw for _, raw in found]
        for part in chunks(ids):
            session.execute(update(Comment).where(Comment.id.in_(part)).values(parent_id=None))
            rows += session.scalars(select(CommentVersion.raw_row_id).where(CommentVersion.comment_id.in_(part)))
        changed["comments"] += len(ids)
        changed["raw_rows"] += mend_payloads(session, rows, frozenset(chunk))
    return +changed


def mend_payloads(session: Session, raw_row_ids: Collection[int], gone: frozenset[str]) -> int:
    """Rows as they came in, without the id of the comment that they answer; how many were changed."""
    changed = 0
    for chunk in chunks(sorted(raw_row_ids)):
        for row_id, payload in session.execute(select(RawRow.id, RawRow.payload).where(RawRow.id.in_(chunk))).all():
            fields = orjson.loads(payload) if payload else {}
            if str(fields.get("parent_id")) in gone:
                mended = orjson.dumps(fields | {"parent_id": None}).decode()
                session.execute(update(RawRow).where(RawRow.id == row_id).values(payload=mended))
                changed += 1
    return changed
