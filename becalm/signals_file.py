"""The published signals: a line a comment, of which a run that brings a little changes but a few."""

from hashlib import blake2b
from pathlib import Path

import orjson
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .exports import Record, signals, signals_of
from .files import replacing
from .store import Base, Comment, Signals
from .store.marks import made_from, mark_made_from
from .store.unpublished import forget_unpublished, unpublished
from .store.upsert import chunks

MARK = "signals file"
AFTER_IDENTITY = b',"spam":'


def publish_signals(session: Session, path: Path) -> int:
    """Write the records of `signals`, one a line; returns how many.

    Lines of comments that did not change are taken from the file as it stands, if it is the one that was written last.
    """
    content = _patched(session, path)
    if content is None:
        content = b"".join(map(_line, signals(session)))
    with replacing(path) as file:
        file.write(content)
    mark_made_from(session, MARK, _digest(content))
    forget_unpublished(session)
    return content.count(b"\n")


def _patched(session: Session, path: Path) -> bytes | None:
    """The content made from the file as it stands, None where it can't be had from that."""
    changed = unpublished(session)
    standing = path.read_bytes() if changed is not None and path.exists() else b""
    if changed is None or _digest(standing) != made_from(session, MARK):
        return None
    fresh = {comment_id: _line(record) for comment_id, record in signals_of(session, sorted(changed))}
    replaced = {_identity(line) for line in fresh.values()}
    kept = [line for line in standing.splitlines(keepends=True) if _identity(line) not in replaced]
    if not _count(session, Signals) == _count(session, Comment) == len(kept) + len(fresh):
        return None
    late = _late(session, sorted(changed))
    early = len(kept) + len(fresh) - len(late)
    rest = iter(kept[early:])
    return b"".join([*kept[:early], *(fresh[each] if each in fresh else next(rest) for each in late)])


def _late(session: Session, changed: list[int]) -> list[int]:
    """The comments from the earliest changed one on, in order: up to there the file stays as it is."""
    times = [
        time
        for chunk in chunks(changed)
        if (time := session.scalar(select(func.min(Comment.published_at)).where(Comment.id.in_(chunk))))
    ]
    if not times:
        return []
    late = select(Comment.id).where(Comment.published_at >= min(times))
    return list(session.scalars(late.order_by(Comment.published_at, Comment.id)))


def _count(session: Session, table: type[Base]) -> int:
    return session.scalars(select(func.count()).select_from(table)).one()


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()


def _line(record: Record) -> bytes:
    return orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)


def _identity(line: bytes) -> bytes:
    """Comment id and platform, as the line begins with them; inside of them such a mark would be escaped."""
    return line[: line.index(AFTER_IDENTITY)]
