"""What a stage's stored result was made from, so that a stage without news has nothing to do."""

from collections.abc import Sequence
from hashlib import blake2b

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .intake import Batch
from .runs import StageMark
from .upsert import put

THREADS = "threads"


def data_version(session: Session) -> str:
    """Changes with every batch that brought something new, and with the threads."""
    newest = session.scalar(select(func.max(Batch.id))) or 0
    return f"{newest} {made_from(session, THREADS)}"


def mark_threads(session: Session, changed: Sequence[int]) -> None:
    """Note that these threads changed."""
    told = f"{made_from(session, THREADS)} {sorted(changed)}"
    mark_made_from(session, THREADS, blake2b(told.encode(), digest_size=8).hexdigest())


def made_from(session: Session, stage: str) -> str | None:
    return session.scalar(select(StageMark.made_from).where(StageMark.stage == stage))


def is_made_from(session: Session, stage: str, inputs: str) -> bool:
    return made_from(session, stage) == inputs


def mark_made_from(session: Session, stage: str, inputs: str) -> None:
    """To be called in the transaction that stores the result."""
    put(session, StageMark, [{"stage": stage, "made_from": inputs}])
