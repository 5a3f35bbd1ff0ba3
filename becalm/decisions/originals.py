"""The comments that others copied: whoever wrote first is not acted on because of the copies."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..store import Comment, GroupText, Signals
from ..store.upsert import chunks


def originals(session: Session, spares_below_spam: float, comment_ids: Sequence[int]) -> frozenset[int]:
    """Of the groups that these comments are in, the oldest comment each, where other accounts said the same later.

    All comments of a group are looked at, also those that the decision is not about. One whose own words are spam by
    that score is no original but the campaign's first.
    """
    found: set[int] = set()
    for _, rows in groupby(_members(session, _groups(session, comment_ids)), key=lambda row: row[0]):
        comments = list(rows)
        _, first, _, spam = comments[0]
        if len({account_id for _, _, account_id, _ in comments}) > 1 and (spam or 0.0) < spares_below_spam:
            found.add(first)
    return frozenset(found)


def _groups(session: Session, comment_ids: Sequence[int]) -> list[str]:
    found: set[str] = set()
    statement = select(GroupText.group_id).join(Comment, Comment.text_id == GroupText.text_id).distinct()
    for chunk in chunks(comment_ids):
        found.update(session.scalars(statement.where(Comment.id.in_(chunk))))
    return sorted(found)


def _members(session: Session, groups: list[str]) -> Iterator[tuple[str, int, int, float | None]]:
    """Group, comment, account and spam score, each group from its oldest comment on."""
    statement = (
        select(GroupText.group_id, Comment.id, Comment.account_id, Signals.spam)
        .join(Comment, Comment.text_id == GroupText.text_id)
        .outerjoin(Signals, Signals.comment_id == Comment.id)
        .order_by(GroupText.group_id, Comment.published_at, Comment.id)
    )
    for chunk in chunks(groups):
        rows = session.execute(statement.where(GroupText.group_id.in_(chunk)))
        yield from ((row[0], row[1], row[2], row[3]) for row in rows)
