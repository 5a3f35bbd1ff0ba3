"""Keeping things no longer than the policy says: counted first, then done in batches that can be broken off."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..errors import CountsDiffer
from ..policy import Policy
from ..policy.retention import Keeping
from ..progress import progress
from ..settings import Settings
from ..store import Store
from .files import files_of, fits
from .subject import TextIds
from .term import Term, Work
from .terms import FILE_TERMS, TERMS

# One transaction; a run that dies loses so much work.
ROWS_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Due:
    """How much is due under one name of the policy's `retention`."""

    name: str
    keeping: Keeping
    rows: int
    files: int

    @property
    def is_nothing(self) -> bool:
        return not (self.rows or self.files)


def due(session: Session, settings: Settings, policy: Policy, now: datetime, text_ids: TextIds) -> list[Due]:
    """What is due at `now`, in the order of the policy; what it names nothing for is kept without end."""
    return [
        Due(
            name,
            keeping,
            _rows(session, name, _work(settings, keeping, now, text_ids)),
            len(_old(settings, name, keeping, now)),
        )
        for name, keeping in policy.retention.items()
    ]


def _due_of(session: Session, settings: Settings, name: str, keeping: Keeping, now: datetime, text_ids: TextIds) -> Due:
    rows = _rows(session, name, _work(settings, keeping, now, text_ids))
    return Due(name, keeping, rows, len(_old(settings, name, keeping, now)))


def keep_to_policy(
    store: Store, settings: Settings, policy: Policy, now: datetime, text_ids: TextIds
) -> dict[str, int]:
    """Does what is due, each batch in one transaction, and says how much it was by name; whatever dies is run again.

    The bytes of what went are still in the database and the indexes until those are made anew, as `maintain` does.
    """
    done: Counter[str] = Counter()
    for name, keeping in policy.retention.items():
        for term in TERMS.get(name, ()):
            done[name] += _carry(store, name, term, _work(settings, keeping, now, text_ids))
        for path in _old(settings, name, keeping, now):
            path.unlink(missing_ok=True)
            done[name] += 1
    return dict(+done)


def _carry(store: Store, name: str, term: Term, work: Work) -> int:
    done, before = 0, None
    with store.reading() as session:
        total = _count(session, term, work)
    with progress(f"keep {name}"[:12], total) as advance:
        while total:
            with store.writing() as session:
                keys = session.execute(term.due(session, work).limit(ROWS_AT_ONCE)).all()
                if not keys:
                    break
                if keys == before:
                    raise CountsDiffer(f"due rows of {name}", expected=0, found=len(keys))
                term.carry(session, keys, work)
            done, before = done + len(keys), keys
            advance(len(keys))
    return done


def _rows(session: Session, name: str, work: Work) -> int:
    return sum(_count(session, term, work) for term in TERMS.get(name, ()))


def _count(session: Session, term: Term, work: Work) -> int:
    return session.scalars(select(func.count()).select_from(term.due(session, work).subquery())).one()


def _work(settings: Settings, keeping: Keeping, now: datetime, text_ids: TextIds) -> Work:
    return Work(now - timedelta(days=keeping.days), now, keeping.then, text_ids, settings.home)


def _old(settings: Settings, name: str, keeping: Keeping, now: datetime) -> list[Path]:
    """Files that were written before."""
    patterns, before = FILE_TERMS.get(name, ()), now - timedelta(days=keeping.days)
    return [
        found.path for found in (files_of(settings.home) if patterns else ())
        if any(fits(found.path.relative_to(settings.home).as_posix(), pattern) for pattern in patterns)
        and datetime.fromtimestamp(found.path.stat().st_mtime, UTC) < before
    ]  # fmt: skip
