"""Who looked at what is known of a person: written down beside the looking, which never fails for it."""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from .erasure.subject import split_name
from .errors import BecalmError
from .pseudonyms import Pseudonyms
from .store import Access, Account, CaseComment, Comment, Store
from .store.upsert import add

logger = logging.getLogger(__name__)

PURPOSE = "access"
# Who looks does not wait longer than this for somebody who writes.
WAIT_MILLISECONDS = 2_000
SEVERAL = 5


@dataclass(frozen=True, slots=True)
class Looked:
    """One look, as it was written down; `subject` is a pseudonym, or says in words whose data it was."""

    at: datetime
    by: str
    command: str
    subject: str


def note_access(store: Store, by: str, command: str, subjects: Collection[str], now: datetime) -> bool:
    """Note that `by` looked at these; False, and a line in the log, where that could not be written."""
    try:
        with store.writing() as session:
            if store.engine.dialect.name == "sqlite":
                session.execute(text(f"PRAGMA busy_timeout={WAIT_MILLISECONDS}"))
            rows = [{"at": now, "by": by, "command": command, "subject": one} for one in sorted(set(subjects))]
            add(session, Access, rows)
    except BecalmError:
        logger.warning("who looked could not be written down: the store is being written or can't be")
        return False
    return True


def key_of(session: Session, platform: str, author_id: str) -> str:
    """What stands for an account in the log: the same each time, and nothing to who has no store."""
    return Pseudonyms.of(session, PURPOSE).short(platform, author_id)


def keys_of_comment(session: Session, comment_id: int) -> list[str]:
    """Who wrote the comment (our own id)."""
    return _keys(session, Comment.id == comment_id)


def keys_of_case(session: Session, case_id: str) -> list[str]:
    """Whose comments the case is about; of more than a few, the case itself."""
    members = select(CaseComment.comment_id).where(CaseComment.case_id == case_id)
    keys = _keys(session, Comment.id.in_(members))
    return keys if 0 < len(keys) <= SEVERAL else [f"case {case_id}"]


def accesses(session: Session, account_id: str | None = None, limit: int | None = None) -> list[Looked]:
    """The looks, the latest first, at one account or at any. Raises `AccountUnknown` for what is no account id."""
    query = select(Access.at, Access.by, Access.command, Access.subject).order_by(Access.id.desc()).limit(limit)
    if account_id is not None:
        query = query.where(Access.subject == key_of(session, *split_name(account_id)))
    return [Looked(*row) for row in session.execute(query)]


def _keys(session: Session, which: object) -> list[str]:
    writers = select(Account.platform, Account.author_id).join(Comment, Comment.account_id == Account.id)
    rows = session.execute(writers.where(which).distinct().limit(SEVERAL + 1))  # type: ignore[arg-type]
    return sorted(key_of(session, platform, author_id) for platform, author_id in rows)
