"""Signals of the comments that the scoring in force has not seen."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from becalm.policy import Policy, load_policy, record_policy
from becalm.progress import progress
from becalm.runs import Counts
from becalm.settings import Settings
from becalm.signals import SCORER_VERSION, Evidence, KeywordLists, Scores, compile_keywords, trained_on
from becalm.signals import score_comments as score_batch
from becalm.store import Comment, Signals, Store, Text, Thread
from becalm.store.unpublished import note_unpublished
from becalm.store.upsert import chunks, put
from embeddings.arrays import Vectors
from embeddings.encoder import Encoder
from embeddings.normalise import normalise
from tasks.lookup import vectors_of
from tasks.model import encoder_of, model_of, reading
from tasks.stage import stage

COMMENTS_AT_ONCE = 20_000


@stage("score", timeout_seconds=3 * 3600)
def score_comments(settings: Settings) -> Counts:
    """Every comment once for its text, its thread and the scoring in force: words, rules and model.

    The first stage that acts by the policy: raises `PolicyInvalid` as `record_policy` does, before anything is done.
    """
    policy = load_policy(settings.policy)
    keywords = keyword_lists(policy)
    encoder = encoder_of(settings)
    scorer = f"{SCORER_VERSION} {words_digest(policy)} {reading(settings, encoder)}"
    with Store.open(settings.store_url) as store:
        with store.writing() as session:
            record_policy(session, policy, datetime.now(UTC))
            model_id = model_of(session, encoder)
        with store.reading() as session:
            pending = list(session.scalars(_pending(scorer)))
        contexts, is_known = Contexts(encoder), trained_on(encoder.fingerprint)
        with progress("score", len(pending)) as advance:
            for ids in chunks(pending, COMMENTS_AT_ONCE):
                with store.writing() as session:
                    rows = _scored(session, ids, model_id, contexts, keywords, scorer, is_known=is_known)
                    put(session, Signals, rows)
                    note_unpublished(session, ids)
                advance(len(ids))
    return {"scored": len(pending)}


class Contexts:
    """The vectors of threads, each made once: what a comment under them may be about."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: dict[int, Vectors | None] = {}

    def of(self, session: Session, thread_ids: Sequence[int]) -> Mapping[int, Vectors | None]:
        """A unit vector a thread, None for one without words."""
        missing = [one for one in set(thread_ids) if one not in self._vectors]
        words = dict.fromkeys(missing, "")
        for chunk in chunks(missing):
            for row in session.execute(select(Thread.id, Thread.title, Thread.text).where(Thread.id.in_(chunk))):
                words[row.id] = normalise(f"{row.title} {row.text}")
        spoken = [one for one in missing if words[one]]
        self._vectors |= dict.fromkeys(missing)
        self._vectors |= dict(zip(spoken, self._encoder.encode([words[one] for one in spoken]), strict=True))
        return self._vectors


def keyword_lists(policy: Policy) -> KeywordLists:
    """The policy's alert words, compiled once a run."""
    return compile_keywords(policy.phrases, normalise, policy.scopes)


def words_digest(policy: Policy) -> str:
    """Other words are another scoring, and so is another place to look for them."""
    told = f"{sorted(policy.phrases.items())} {sorted(policy.scopes.items())}"
    return blake2b(told.encode(), digest_size=4).hexdigest()


def _pending(scorer: str) -> Select[int]:
    return (
        select(Comment.id)
        .outerjoin(Signals, Signals.comment_id == Comment.id)
        .where(
            or_(
                Signals.comment_id.is_(None),
                Signals.scored_text_id != Comment.text_id,
                Signals.scorer != scorer,
            )
        )
        .order_by(Comment.id)
    )


def _scored(
    session: Session,
    ids: Sequence[int],
    model_id: int,
    contexts: Contexts,
    keywords: KeywordLists,
    scorer: str,
    *,
    is_known: bool,
) -> list[dict[str, Any]]:
    columns = (
        Comment.id, Comment.text_id, Comment.thread_id, Comment.text, Comment.rating, Comment.is_brand,
        Comment.platform, Comment.channel, Comment.language, Text.normalised,
    )  # fmt: skip
    comments = [
        row
        for chunk in chunks(ids)
        for row in session.execute(select(*columns).join(Text, Text.id == Comment.text_id).where(Comment.id.in_(chunk)))
    ]
    threads = contexts.of(session, [row.thread_id for row in comments])
    vectors = vectors_of(session, model_id, list({row.text_id for row in comments}))
    scores = score_batch([_evidence(row, vectors, threads, keywords, is_known=is_known) for row in comments])
    return [_row(row.id, row.text_id, scorer, one) for row, one in zip(comments, scores, strict=True)]


def _evidence(
    row: Any,
    vectors: Mapping[int, Vectors],
    threads: Mapping[int, Vectors | None],
    keywords: KeywordLists,
    *,
    is_known: bool,
) -> Evidence:
    """`is_known` says whether the trained models were fitted on vectors like these."""
    text, thread = vectors.get(row.text_id), threads[row.thread_id]
    similarity = None if text is None or thread is None else float(text @ thread)
    where = (row.platform, row.channel, row.language)
    vector = text if is_known else None
    return Evidence(row.text, row.normalised, similarity, row.rating, keywords, row.is_brand, *where, vector)


def _row(comment_id: int, text_id: int, scorer: str, scores: Scores) -> dict[str, Any]:
    return {
        "comment_id": comment_id, "scored_text_id": text_id, "scorer": scorer,
        "spam": scores.spam, "promotion": scores.promotion, "abuse": scores.abuse, "off_topic": scores.off_topic,
        "complaint": scores.complaint, "praise": scores.praise, "sentiment": scores.sentiment,
        "keywords": scores.keywords, "private_data": scores.private_data,
        "reasons": [reason.as_dict() for reason in scores.reasons],
    }  # fmt: skip
