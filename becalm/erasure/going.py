"""What goes: comments, and what in the store is there for them alone."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from ..store import Account, Comment, CommentVersion, Measure, PairRuling, TextRuling
from ..store.upsert import chunks, known

Ids = frozenset[int]
NONE: Ids = frozenset()


@dataclass(frozen=True, slots=True)
class Going:
    """Ids of rows that go. `comment_names` (`platform/comment_id`) and `account_names` (`platform:author_id`) are what
    they are called elsewhere, `threads` where the comments stand."""

    comments: Ids = NONE
    texts: Ids = NONE
    raw_rows: Ids = NONE
    accounts: Ids = NONE
    threads: Ids = NONE
    comment_names: frozenset[str] = field(default_factory=frozenset)
    account_names: frozenset[str] = field(default_factory=frozenset)


def with_comments(session: Session, comment_ids: Collection[int], more_texts: Iterable[int] = ()) -> Going:
    """These comments with their rows as they came in, and the texts (`more_texts` among them) nobody else wrote."""
    rows = _columns(session, (Comment.platform, Comment.comment_id, Comment.text_id, Comment.raw_row_id,
                              Comment.thread_id), Comment.id, comment_ids)  # fmt: skip
    versions = _columns(session, (CommentVersion.raw_row_id,), CommentVersion.comment_id, comment_ids)
    texts = {row[2] for row in rows} | set(more_texts)
    return Going(
        comments=frozenset(comment_ids),
        texts=nobody_elses(session, texts, comment_ids),
        raw_rows=frozenset({row[3] for row in rows} | {row[0] for row in versions}),
        threads=frozenset(row[4] for row in rows),
        comment_names=frozenset(f"{row[0]}/{row[1]}" for row in rows),
    )


def nobody_elses(session: Session, texts: Collection[int], comment_ids: Collection[int]) -> Ids:
    """Those of the texts that no comment but these has."""
    others = _columns(session, (Comment.text_id, Comment.id), Comment.text_id, texts)
    own = frozenset(comment_ids)
    return frozenset(texts) - {text_id for text_id, comment_id in others if comment_id not in own}


def without_rulings(session: Session, texts: Ids) -> Ids:
    """Those of the texts that people said nothing about: what they ruled on binds later comments."""
    ruled: set[int] = set()
    for column in (TextRuling.text_id, PairRuling.first_id, PairRuling.second_id):
        ruled |= known(session, column, sorted(texts))
    return texts - ruled


def left_over_accounts(session: Session, comment_ids: Collection[int], now: datetime) -> Ids:
    """Who wrote these comments, nothing else, and has no measure in force at `now`; the brand's own accounts stay."""
    writers = {row[0] for row in _columns(session, (Comment.account_id,), Comment.id, comment_ids)}
    own = frozenset(comment_ids)
    written = _columns(session, (Comment.account_id, Comment.id), Comment.account_id, writers)
    writers -= {account_id for account_id, comment_id in written if comment_id not in own}
    in_force = (Measure.lifted_at.is_(None), or_(Measure.ends_at.is_(None), Measure.ends_at > now))
    for chunk in chunks(sorted(writers)):
        writers -= set(session.scalars(select(Measure.account_id).where(Measure.account_id.in_(chunk), *in_force)))
        writers -= set(session.scalars(select(Account.id).where(Account.id.in_(chunk), Account.is_brand)))
    return frozenset(writers)


def _columns(
    session: Session, columns: tuple[InstrumentedAttribute[Any], ...], among: InstrumentedAttribute[int],
    ids: Collection[int],
) -> list[tuple[Any, ...]]:  # fmt: skip
    found: list[tuple[Any, ...]] = []
    for chunk in chunks(sorted(ids)):
        rows = session.connection().execute(select(*columns).where(among.in_(chunk)))
        found.extend(tuple(row) for row in rows)
    return found
