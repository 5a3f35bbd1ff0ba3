"""What comments stand under, as their signals see it: the post, the comment that is answered, others in the thread."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from sqlalchemy import and_, delete, func, select, update
from sqlalchemy.orm import Session

from becalm.signals import Company, Context, Surroundings
from becalm.store import Comment, Signals, Thread, Vector
from becalm.store.upsert import chunks
from embeddings.arrays import Vectors
from embeddings.encoder import Encoder
from embeddings.normalise import normalise
from tasks.lookup import texts_of, vectors_of

# So many others show what a thread talks about: with 8 the AUC of own threads against others was .02 less, with 128
# hardly more.
COMPANY = 32


class Stand(NamedTuple):
    """Where a comment stands: its thread, the text that it answers, its own text and the vector of that."""

    thread: int
    answered: int | None
    text: int
    vector: Vectors | None


class Around:
    """The surroundings of comments; each post is encoded once a run."""

    def __init__(self, encoder: Encoder, model_id: int) -> None:
        self._encoder, self._model_id = encoder, model_id
        self._posts: dict[int, Context | None] = {}

    def of(self, session: Session, stands: Mapping[int, Stand]) -> dict[int, Surroundings]:
        """By comment id."""
        threads = sorted({one.thread for one in stands.values()})
        answered = self._answered(
            session, sorted({one.answered for one in stands.values() if one.answered is not None})
        )
        self._read_posts(session, [one for one in threads if one not in self._posts])
        company = self._company(session, threads)
        return {
            comment: Surroundings(
                self._posts[one.thread],
                None if one.answered is None else answered.get(one.answered),
                _amid(company.get(one.thread), one),
            )
            for comment, one in stands.items()
        }

    def _answered(self, session: Session, text_ids: Sequence[int]) -> dict[int, Context]:
        texts, vectors = texts_of(session, text_ids), vectors_of(session, self._model_id, text_ids)
        return {text_id: Context(texts[text_id], vector) for text_id, vector in vectors.items()}

    def _read_posts(self, session: Session, missing: Sequence[int]) -> None:
        words = dict.fromkeys(missing, "")
        for chunk in chunks(missing):
            for row in session.execute(select(Thread.id, Thread.title, Thread.text).where(Thread.id.in_(chunk))):
                words[row.id] = normalise(f"{row.title} {row.text}")
        spoken = [one for one in missing if words[one]]
        self._posts |= dict.fromkeys(missing)
        vectors = self._encoder.encode([words[one] for one in spoken])
        self._posts |= {one: Context(words[one], vector) for one, vector in zip(spoken, vectors, strict=True)}

    def _company(self, session: Session, threads: Sequence[int]) -> dict[int, Company | None]:
        rows = [
            row
            for chunk in chunks(threads)
            for row in session.execute(select(Thread.id, Thread.company).where(Thread.id.in_(chunk)))
        ]
        vectors = vectors_of(session, self._model_id, sorted({one for row in rows for one in row.company or ()}))
        return {row.id: Company.of({one: vectors[one] for one in row.company or () if one in vectors}) for row in rows}


def _amid(company: Company | None, one: Stand) -> Vectors | None:
    return None if company is None or one.vector is None else company.without(one.text, one.vector)


def keep_company(session: Session, model_id: int, comment_ids: Sequence[int]) -> None:
    """Choose the company of the threads in which these comments are; where it changed, all there is to be scored again.

    It is the thread's texts of lowest id: ids are made of content, so neither order nor size of batches matter, and
    the more texts a thread has, the less often one more is among them.
    """
    threads = {
        thread
        for chunk in chunks(comment_ids)
        for thread in session.scalars(select(Comment.thread_id).where(Comment.id.in_(chunk)).distinct())
    }
    for chunk in chunks(sorted(threads)):
        rows = session.execute(select(Thread.id, Thread.company).where(Thread.id.in_(chunk)))
        stored = {row.id: row.company for row in rows}
        chosen = _chosen(session, model_id, chunk)
        changed = {one: chosen[one] for one in chunk if one in chosen and chosen[one] != stored[one]}
        for thread, company in changed.items():
            session.execute(update(Thread).where(Thread.id == thread).values(company=company))
        under_them = select(Comment.id).where(Comment.thread_id.in_(changed))
        session.execute(delete(Signals).where(Signals.comment_id.in_(under_them)))


def _chosen(session: Session, model_id: int, threads: Iterable[int]) -> dict[int, list[int]]:
    read = and_(Vector.text_id == Comment.text_id, Vector.model_id == model_id)
    texts = (
        select(Comment.thread_id, Comment.text_id)
        .join(Vector, read)
        .where(Comment.thread_id.in_(threads))
        .distinct()
        .subquery()
    )
    place = func.row_number().over(partition_by=texts.c.thread_id, order_by=texts.c.text_id).label("place")
    ranked = select(texts, place).subquery()
    rows = session.execute(
        select(ranked.c.thread_id, ranked.c.text_id)
        .where(ranked.c.place <= COMPANY)
        .order_by(ranked.c.thread_id, ranked.c.text_id)
    )
    return {thread: [row.text_id for row in part] for thread, part in groupby(rows, attrgetter("thread_id"))}
