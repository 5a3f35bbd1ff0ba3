"""Groups as the stored neighbours make them, and what each looks like."""

from collections.abc import Mapping, Sequence

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from becalm.records import Channel
from becalm.signals.links import find_links
from becalm.store import Comment, NeighbourPair, Signals
from becalm.store.upsert import chunks
from embeddings.features import CommentFacts, Description, TextFacts, describe
from embeddings.groups import Group, find_groups
from embeddings.neighbours import Neighbours, Pairs
from tasks.lookup import texts_of, vectors_of


def described_groups(session: Session, model_id: int) -> list[tuple[Group, Description]]:
    """Every group that the stored neighbours make, with what it looks like."""
    comments = comments_of_texts(session)
    found = find_groups(_neighbours(session, comments), comments)
    ids = [one for group in found for one in group.text_ids]
    described = describe(found, _comment_facts(session, ids), _text_facts(session, model_id, ids))
    return list(zip(found, described, strict=True))


def comments_of_texts(session: Session) -> dict[int, int]:
    """How many comments each text has, the brand's own apart."""
    query = select(Comment.text_id, func.count()).where(Comment.is_brand.is_(False)).group_by(Comment.text_id)
    return dict(session.execute(query).all())


def _neighbours(session: Session, comments: Mapping[int, int]) -> Neighbours:
    """Ties between texts that people stand by: not those that only the brand wrote, or that were edited away."""
    columns = (
        NeighbourPair.first_id, NeighbourPair.second_id, NeighbourPair.characters, NeighbourPair.meaning,
        NeighbourPair.channel,
    )  # fmt: skip
    rows = session.execute(select(*columns).order_by(NeighbourPair.first_id, NeighbourPair.second_id)).all()
    first, second, characters, meaning, channel = zip(*rows, strict=True) if rows else ((),) * 5
    pairs = np.array([first, second], np.int64)
    kept = np.isin(pairs, np.fromiter(comments, np.int64, len(comments))).all(axis=0)
    return Neighbours(
        Pairs(*pairs[:, kept]),
        np.array(characters, float)[kept],
        np.array([np.nan if value is None else value for value in meaning], float)[kept],
        np.array([one == Channel.CHARACTERS for one in channel], bool)[kept],
    )


def _comment_facts(session: Session, text_ids: Sequence[int]) -> CommentFacts:
    columns = (Comment.text_id, Comment.account_id, Comment.thread_id, Comment.published_at)
    rows = [
        row
        for chunk in chunks(text_ids)
        for row in session.execute(
            select(*columns).where(Comment.text_id.in_(chunk), Comment.is_brand.is_(False)).order_by(Comment.id)
        )
    ]
    return CommentFacts(
        np.array([row.text_id for row in rows], np.int64),
        np.array([row.account_id for row in rows], np.int64),
        np.array([row.thread_id for row in rows], np.int64),
        np.array([row.published_at.timestamp() for row in rows], float),
    )


def _text_facts(session: Session, model_id: int, ids: Sequence[int]) -> dict[int, TextFacts]:
    scores = {
        row.text_id: row
        for chunk in chunks(ids)
        for row in session.execute(
            select(
                Comment.text_id, func.avg(Signals.spam).label("spam"), func.avg(Signals.complaint).label("complaint")
            )
            .join(Signals, Signals.comment_id == Comment.id)
            .where(Comment.text_id.in_(chunk), Comment.is_brand.is_(False))
            .group_by(Comment.text_id)
        )
    }
    vectors = vectors_of(session, model_id, ids)
    return {
        one: TextFacts(text, vectors.get(one), scores[one].spam, scores[one].complaint, bool(find_links(text)))
        for one, text in texts_of(session, ids).items()
    }
