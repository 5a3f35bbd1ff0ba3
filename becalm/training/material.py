"""The rows of the store that one scenario is made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from ..store import Account, Case, CaseComment, Comment, Text, Thread

QUOTED = 5


@dataclass(frozen=True, slots=True)
class Said:
    """One comment as it is stored; ids are the store's."""

    id: int
    account_id: int
    platform: str
    parent_id: str | None
    text: str
    normalised: str
    language: str | None
    is_brand: bool
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Material:
    """Up to five comments of a case, wordings that differ first; what the first answers; the post; how many in all.

    `company` are all accounts that wrote in the case or in the thread, `reasons` what the machine pointed out.
    """

    said: tuple[Said, ...]
    parent: Said | None
    title: str
    post: str
    comments: int
    accounts: int
    threads: int
    company: frozenset[int]
    reasons: tuple[str, ...]


def read_material(session: Session, case_id: str) -> Material:
    """What a case with at least one stored comment is about."""
    of_case = select(CaseComment.comment_id).where(CaseComment.case_id == case_id)
    counts = (func.count(), func.count(Comment.account_id.distinct()), func.count(Comment.thread_id.distinct()))
    comments, accounts, threads = session.execute(select(*counts).where(Comment.id.in_(of_case))).one()
    said = _distinct(Said(*row) for row in session.execute(_said().where(Comment.id.in_(of_case))))
    thread = session.execute(
        select(Thread.id, Thread.title, Thread.text)
        .join(Comment, Comment.thread_id == Thread.id)
        .where(Comment.id == said[0].id)
    ).one()
    reasons = session.scalars(select(Case.reasons).where(Case.id == case_id)).one()
    return Material(
        said=said,
        parent=_parent(session, said[0]),
        title=thread.title,
        post=thread.text,
        comments=comments,
        accounts=accounts,
        threads=threads,
        company=_company(session, case_id, thread.id),
        reasons=tuple(str(each.get("text", "")) for each in reasons),
    )


def _said() -> Select[*tuple[Any, ...]]:
    columns = (
        Comment.id, Comment.account_id, Comment.platform, Comment.parent_id, Comment.text, Text.normalised,
        Comment.language, Comment.is_brand, Comment.published_at,
    )  # fmt: skip
    return select(*columns).join(Text, Text.id == Comment.text_id).order_by(Comment.published_at, Comment.id)


def _distinct(said: Iterable[Said]) -> tuple[Said, ...]:
    """In the order of time, wordings that repeat another left out."""
    first: dict[str, Said] = {}
    for each in said:
        first.setdefault(each.normalised, each)
    return tuple(first.values())[:QUOTED]


def _parent(session: Session, said: Said) -> Said | None:
    if said.parent_id is None:
        return None
    row = session.execute(
        _said().where(Comment.platform == said.platform, Comment.comment_id == said.parent_id)
    ).one_or_none()
    return Said(*row) if row else None


def _company(session: Session, case_id: str, thread_id: int) -> frozenset[int]:
    in_case = select(CaseComment.comment_id).where(CaseComment.case_id == case_id)
    writers = (
        select(Comment.account_id).join(Account, Account.id == Comment.account_id).where(Account.is_brand.is_(False))
    )
    found = (
        *session.scalars(writers.where(Comment.id.in_(in_case))),
        *session.scalars(writers.where(Comment.thread_id == thread_id)),
    )
    return frozenset(found)
