"""What cases and decisions are about, read for many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..decisions import Decided
from ..store import Case, Comment
from ..store.upsert import chunks
from .facts import Matter
from .fields import Content, language_of
from .origin import Suggested


@dataclass(frozen=True, slots=True)
class Opened:
    """A case as the machine opened it."""

    kind: str
    suggested: Suggested
    reasons: Sequence[dict[str, Any]]
    opened_at: datetime


def opened_cases(session: Session, case_ids: Sequence[str]) -> dict[str, Opened]:
    """By id."""
    columns = (Case.id, Case.kind, Case.rule, Case.suggested_action, Case.reasons, Case.opened_at)
    return {
        name: Opened(kind, Suggested(rule, action), reasons, opened_at)
        for name, kind, rule, action, reasons, opened_at in session.execute(
            select(*columns).where(Case.id.in_(case_ids))
        )
    }


def read_matter(session: Session, opened: Opened, decided: Decided) -> tuple[Matter, Content]:
    """What the decision was on, in numbers, with its first day and its language.

    Where its comments are gone, erased or never were, the day is that on which the case was opened.
    """
    ids = (decided.subjects or {}).get("comments", [])
    days: set[date] = set()
    accounts: set[int] = set()
    threads: set[int] = set()
    languages: list[str | None] = []
    for chunk in chunks(ids):
        columns = (Comment.published_at, Comment.account_id, Comment.thread_id, Comment.language)
        for published_at, account, thread, language in session.execute(select(*columns).where(Comment.id.in_(chunk))):
            days.add(published_at.astimezone(UTC).date())
            accounts.add(account)
            threads.add(thread)
            languages.append(language)
    first, last = (min(days), max(days)) if days else (opened.opened_at.astimezone(UTC).date(),) * 2
    matter = Matter(opened.kind, len(languages), len(accounts), len(threads), first, last)
    return matter, Content(first, language_of(languages))
