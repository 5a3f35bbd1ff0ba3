"""The comments of a campaign."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..store import Comment, Group, GroupText


class Member(NamedTuple):
    """A comment, by the store's ids."""

    id: int
    text_id: int
    account_id: int
    thread_id: int
    published_at: datetime
    group_id: str


def read_members(session: Session, campaign_id: str) -> Sequence[Member]:
    """In the order of their ids, which are made of content: the first of them are a sample that nobody chose."""
    columns = (
        Comment.id, Comment.text_id, Comment.account_id, Comment.thread_id, Comment.published_at, GroupText.group_id,
    )  # fmt: skip
    query = (
        select(*columns)
        .join(GroupText, GroupText.text_id == Comment.text_id)
        .join(Group, Group.id == GroupText.group_id)
        .where(Group.campaign_id == campaign_id, Comment.is_brand.is_(False))
        .order_by(Comment.id)
    )
    return [Member(*row) for row in session.execute(query)]
