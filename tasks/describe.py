"""What the store knows of texts and their comments, as groups are described by it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from becalm.records import Channel
from becalm.signals.links import find_links, replace_links
from becalm.signals.markers import find_markers
from becalm.store import Comment, NeighbourPair, Signals
from becalm.store.upsert import chunks
from embeddings.facts import Background, CommentFacts, Facts, TextFacts
from embeddings.groups import Group, find_groups
from embeddings.neighbours import Neighbours, Pairs
from embeddings.rulings import Rulings
from embeddings.words import WordIndex, split
from tasks.lookup import texts_of, vectors_of


@dataclass(frozen=True, slots=True)
class Reading:
    """What facts are read from: the store, the vectors of one model, and the words of all texts."""

    session: Session
    model_id: int
    words: WordIndex

    def facts(self, text_ids: Sequence[int]) -> Facts:
        """The facts of these texts and of their comments, the brand's own apart."""
        texts = _text_facts(self.session, self.model_id, text_ids)
        words = set().union(*(one.words for one in texts.values()))
        background = Background(len(self.words), self.words.counts(words))
        return Facts(_comment_facts(self.session, text_ids), texts, background)


@dataclass(frozen=True, slots=True)
class Found:
    """Every group that the stored neighbours make, and the neighbours between texts that count."""

    groups: list[Group]
    neighbours: Neighbours
    comments: Mapping[int, int]

    @property
    def text_ids(self) -> list[int]:
        return [one for group in self.groups for one in group.text_ids]


def found_groups(session: Session, rulings: Rulings) -> Found:
    comments = comments_of_texts(session)
    neighbours = _neighbours(session, comments.keys() | rulings.remembered)
    return Found(find_groups(neighbours, comments, rulings), neighbours, comments)


def comments_of_texts(session: Session) -> dict[int, int]:
    """How many comments each text has, the brand's own apart."""
    query = select(Comment.text_id, func.count()).where(Comment.is_brand.is_(False)).group_by(Comment.text_id)
    return dict(session.execute(query).all())


def _neighbours(session: Session, counting: Collection[int]) -> Neighbours:
    """Ties between texts that count: not those that were edited away, or that only the brand wrote."""
    columns = (
        NeighbourPair.first_id, NeighbourPair.second_id, NeighbourPair.characters, NeighbourPair.meaning,
        NeighbourPair.channel,
    )  # fmt: skip
    rows = session.execute(select(*columns).order_by(NeighbourPair.first_id, NeighbourPair.second_id)).all()
    first, second, characters, meaning, channel = zip(*rows, strict=True) if rows else ((),) * 5
    pairs = np.array([first, second], np.int64)
    kept = np.isin(pairs, np.fromiter(counting, np.int64, len(counting))).all(axis=0)
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
        one: TextFacts(
            _said(text), tuple(sorted(set(split(text)))), vectors.get(one), scores[one].spam, scores[one].complaint,
            tuple(find_markers(text)),
        )
        for one, text in texts_of(session, ids).items()
    }  # fmt: skip


def _said(text: str) -> str:
    links = find_links(text)
    return " ".join(replace_links(text, links).split()) if links else text
