"""What the store knows of texts and their comments, as groups are described by it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import compress
from operator import not_
from typing import Self

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from becalm.records import Channel
from becalm.signals.links import find_links, replace_links
from becalm.signals.markers import find_markers
from becalm.store import Comment, NeighbourPair, Signals
from becalm.store.upsert import chunks
from embeddings.disguises import is_disguised
from embeddings.facts import Background, CommentFacts, Facts, TextFacts
from embeddings.groups import Group, find_groups
from embeddings.neighbours import Neighbours, Pairs
from embeddings.rulings import Rulings
from embeddings.settled import Reach
from embeddings.words import WordIndex, split
from tasks.lookup import texts_of, vectors_of


@dataclass(frozen=True, slots=True)
class Reading:
    """What facts are read from: the store, the vectors of one model, the words of all texts, and all comments."""

    session: Session
    model_id: int
    words: WordIndex
    comments: CommentFacts

    @classmethod
    def of(cls, session: Session, model_id: int, words: WordIndex) -> Self:
        return cls(session, model_id, words, _comments(session))

    def facts(
        self,
        text_ids: Iterable[int],
        *,
        known: Mapping[int, TextFacts] | None = None,
        beside: Sequence[int] = (),
        settled: Set[int] = frozenset(),
    ) -> Facts:
        """The facts of these texts beside those that are `known`, and of their comments, the brand's own apart.

        Of the texts `beside` only the comments are told. The words of `settled` ones count for nothing.
        """
        texts = dict(known or {})
        texts |= _text_facts(self.session, self.model_id, [one for one in text_ids if one not in texts])
        words = set().union(*(one.words for one in texts.values()))
        counts, in_settled = self.words.counts(words), self.words.counts(words, settled) if settled else {}
        return Facts(self.comments.of([*texts, *beside]), texts, Background(len(self.words), counts, in_settled))

    def within(self, text_ids: Collection[int], reach: Reach) -> set[int]:
        """Those of these texts whose comments, from the first to the last, are touched by the reach."""
        ids, first, last = self.comments.of(text_ids).spans()
        return set(ids[reach.touches(first, last)].tolist())

    def found_groups(self, rulings: Rulings) -> "Found":
        """Every group that the stored neighbours make."""
        comments = self.comments.counts
        neighbours = _neighbours(self.session, comments.keys() | rulings.remembered)
        return Found(find_groups(neighbours, comments, rulings), neighbours, comments)


@dataclass(frozen=True, slots=True)
class Found:
    """Groups, the neighbours between texts that count, and how many comments each text has."""

    groups: list[Group]
    neighbours: Neighbours
    comments: Mapping[int, int]

    def parted(self, text_ids: Set[int]) -> tuple[list[Group], list[Group]]:
        """The groups that hold none of these texts, and those that do."""
        holds = [not text_ids.isdisjoint(group.text_ids) for group in self.groups]
        return list(compress(self.groups, map(not_, holds))), list(compress(self.groups, holds))


def text_ids_of(groups: Iterable[Group]) -> list[int]:
    return [one for group in groups for one in group.text_ids]


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


def _comments(session: Session) -> CommentFacts:
    """Every comment but the brand's own, in the order of their ids."""
    columns = (Comment.text_id, Comment.account_id, Comment.thread_id, Comment.published_at)
    rows = session.execute(select(*columns).where(Comment.is_brand.is_(False)).order_by(Comment.id)).all()
    texts, accounts, threads, times = zip(*rows, strict=True) if rows else ((),) * 4
    return CommentFacts(
        np.array(texts, np.int64),
        np.array(accounts, np.int64),
        np.array(threads, np.int64),
        np.array([time.timestamp() for time in times], float),
    )


def _text_facts(session: Session, model_id: int, ids: Sequence[int]) -> dict[int, TextFacts]:
    scores = {
        row.text_id: row
        for chunk in chunks(ids)
        for row in session.execute(
            select(
                Comment.text_id,
                func.avg(Signals.promotion).label("promotion"),
                func.avg(Signals.grievance).label("complaint"),
            )
            .join(Signals, Signals.comment_id == Comment.id)
            .where(Comment.text_id.in_(chunk), Comment.is_brand.is_(False))
            .group_by(Comment.text_id)
        )
    }
    vectors, disguised = vectors_of(session, model_id, ids), _disguised(session, ids)
    return {
        one: TextFacts(
            _said(text), tuple(sorted(set(split(text)))), vectors.get(one), scores[one].promotion,
            scores[one].complaint, tuple(find_markers(text)), disguised.get(one, 0.0),
        )
        for one, text in texts_of(session, ids).items()
    }  # fmt: skip


def _disguised(session: Session, ids: Sequence[int]) -> dict[int, float]:
    """Of each text, the share of its comments that hide its wording."""
    hiding: defaultdict[int, list[bool]] = defaultdict(list)
    for chunk in chunks(ids):
        rows = select(Comment.text_id, Comment.text).where(Comment.text_id.in_(chunk), Comment.is_brand.is_(False))
        for text_id, raw in session.execute(rows):
            hiding[text_id].append(is_disguised(raw))
    return {one: sum(said) / len(said) for one, said in hiding.items()}


def _said(text: str) -> str:
    links = find_links(text)
    return " ".join(replace_links(text, links).split()) if links else text
