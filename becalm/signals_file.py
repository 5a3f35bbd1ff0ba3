"""The published signals: a line a comment, of which a run that brings a little changes but a few."""

from hashlib import blake2b
from pathlib import Path

import orjson
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .exports import Record, signals, signals_of
from .files import replacing
from .store import Comment, Signals
from .store.marks import made_from, mark_made_from
from .store.unpublished import forget_unpublished, unpublished

MARK = "signals file"
AFTER_IDENTITY = b',"spam":'


def publish_signals(session: Session, path: Path) -> int:
    """Write the records of `signals`, one a line; returns how many.

    Lines of comments that did not change are taken from the file as it stands, if it is the one that was written last.
    """
    lines = _patched(session, path)
    count, digest = 0, blake2b(digest_size=16)
    with replacing(path) as file:
        for line in map(_line, signals(session)) if lines is None else lines:
            file.write(line)
            digest.update(line)
            count += 1
    mark_made_from(session, MARK, digest.hexdigest())
    forget_unpublished(session)
    return count


def _patched(session: Session, path: Path) -> list[bytes] | None:
    """All lines in order, None where they can't be had from the file."""
    changed = unpublished(session)
    standing = path.read_bytes() if changed is not None and path.exists() else b""
    if changed is None or blake2b(standing, digest_size=16).hexdigest() != made_from(session, MARK):
        return None
    order = list(session.scalars(select(Comment.id).order_by(Comment.published_at, Comment.id)))
    fresh = {comment_id: _line(record) for comment_id, record in signals_of(session, sorted(changed))}
    replaced = {_identity(line) for line in fresh.values()}
    kept = [line for line in standing.splitlines(keepends=True) if _identity(line) not in replaced]
    scored = session.scalar(select(func.count()).select_from(Signals))
    if not scored == len(order) == len(kept) + len(fresh):
        return None
    rest = iter(kept)
    return [fresh[comment_id] if comment_id in fresh else next(rest) for comment_id in order]


def _line(record: Record) -> bytes:
    return orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)


def _identity(line: bytes) -> bytes:
    """Comment id and platform, as the line begins with them; inside of them such a mark would be escaped."""
    return line[: line.index(AFTER_IDENTITY)]
