"""Accounts of the store as writers: what they wrote themselves, with its mean vector."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from becalm.records import Judgement
from becalm.store import Account, Campaign, Comment, Group, GroupText
from becalm.store.upsert import chunks
from embeddings.writers import Said, Writer, gather, with_meaning
from tasks.lookup import vectors_of
from tasks.model import model_in_force

# In a stage that runs every time, so many of the latest comments have to do.
COMMENTS_READ = 50
NO_CROWD = 3


def writers_of(session: Session, accounts: Sequence[int]) -> list[Writer]:
    """With what they wrote themselves: what a campaign or a crowd says tells nothing about who says it.

    Two or three accounts that say the same are no crowd: that may be one person's. Of an echo only what a crowd says
    word for word is left out: who says something like it, says it in a way of their own.
    """
    pushed = (
        select(GroupText.text_id)
        .join(Group, Group.id == GroupText.group_id)
        .join(Campaign, Campaign.id == Group.campaign_id)
        .where(Campaign.accounts > NO_CROWD)
    )
    echoed = (
        select(GroupText.text_id)
        .join(Group, Group.id == GroupText.group_id)
        .join(Comment, Comment.text_id == GroupText.text_id)
        .where(Group.verdict == Judgement.ECHO)
        .group_by(GroupText.text_id)
        .having(func.count(distinct(Comment.account_id)) > NO_CROWD)
    )
    columns = (
        Comment.account_id, Comment.text, Account.name, Comment.thread_id, Comment.published_at, Comment.parent_id,
        Comment.platform, Comment.text_id,
    )  # fmt: skip
    rows = [
        row
        for chunk in chunks(accounts)
        for row in session.execute(
            select(*columns)
            .join(Account, Account.id == Comment.account_id)
            .where(Comment.account_id.in_(chunk), Comment.text_id.not_in(pushed), Comment.text_id.not_in(echoed))
            .order_by(Comment.id)
        )
    ]
    answered = _authors(session, {(row.platform, row.parent_id) for row in rows if row.parent_id})
    texts = {(str(row.account_id), row.text): row.text_id for row in rows}
    said = [
        Said(
            str(row.account_id), row.text, row.name, str(row.thread_id), row.published_at.timestamp(),
            answered.get((row.platform, row.parent_id)),
        )
        for row in rows
    ]  # fmt: skip
    return _with_meaning(session, gather(said, COMMENTS_READ), texts)


def _authors(session: Session, comments: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for chunk in chunks(sorted({comment_id for _, comment_id in comments})):
        rows = select(Comment.platform, Comment.comment_id, Comment.account_id).where(Comment.comment_id.in_(chunk))
        found.update(((row.platform, row.comment_id), str(row.account_id)) for row in session.execute(rows))
    return found


def _with_meaning(session: Session, writers: list[Writer], texts: Mapping[tuple[str, str], int]) -> list[Writer]:
    own = [[texts[one.account_id, text] for text in one.texts] for one in writers]
    vectors = vectors_of(session, model_in_force(session), sorted({text for ids in own for text in ids}))
    if not vectors:
        return writers
    rows = [[vectors[text] for text in ids if text in vectors] for ids in own]
    return with_meaning(writers, [np.array(one, np.float32) for one in rows])
