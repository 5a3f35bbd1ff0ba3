"""Signals of the comments that the scoring in force has not seen."""

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from becalm.policy import Policy, load_policy, record_policy
from becalm.progress import progress
from becalm.runs import Counts
from becalm.settings import Settings
from becalm.signals import SCORER_VERSION, Evidence, KeywordLists, Scores, compile_keywords, trained_on
from becalm.signals import score_comments as score_batch
from becalm.signals.evidence import NOTHING_AROUND
from becalm.store import Comment, Signals, Store, Text
from becalm.store.unpublished import note_unpublished
from becalm.store.upsert import chunks, put
from embeddings.normalise import normalise
from tasks.lookup import vectors_of
from tasks.model import encoder_of, model_of, reading
from tasks.stage import stage
from tasks.surroundings import Around, Stand, keep_company

COMMENTS_AT_ONCE = 20_000


@stage("score", timeout_seconds=3 * 3600)
def score_comments(settings: Settings) -> Counts:
    """Every comment once for its text, its thread and the scoring in force: words, rules and model.

    The first stage that acts by the policy: raises `PolicyInvalid` as `record_policy` does, before anything is done.
    """
    policy = load_policy(settings.policy)
    keywords = keyword_lists(policy)
    encoder = encoder_of(settings)
    is_known = trained_on(encoder.fingerprint)
    scorer = f"{SCORER_VERSION} {words_digest(policy)} {reading(settings, encoder)}"
    with Store.open(settings.store_url) as store:
        with store.writing() as session:
            record_policy(session, policy, datetime.now(UTC))
            model_id = model_of(session, encoder)
            if is_known:
                keep_company(session, model_id, list(session.scalars(_pending(scorer))))
        with store.reading() as session:
            pending = list(session.scalars(_pending(scorer)))
        around = Around(encoder, model_id) if is_known else None
        with progress("score", len(pending)) as advance:
            for ids in chunks(pending, COMMENTS_AT_ONCE):
                with store.writing() as session:
                    rows = _scored(session, ids, model_id, around, keywords, scorer)
                    put(session, Signals, rows)
                    note_unpublished(session, ids)
                advance(len(ids))
    return {"scored": len(pending)}


def keyword_lists(policy: Policy) -> KeywordLists:
    """The policy's alert words, compiled once a run."""
    return compile_keywords(policy.phrases, normalise, policy.scopes)


def words_digest(policy: Policy) -> str:
    """Other words are another scoring, and so is another place to look for them."""
    told = f"{sorted(policy.phrases.items())} {sorted(policy.scopes.items())}"
    return blake2b(told.encode(), digest_size=4).hexdigest()


def _pending(scorer: str) -> Select[int]:
    """Comments that were never scored, or not as they are now, or that answer something else now."""
    answered = aliased(Comment)
    is_answered = and_(answered.platform == Comment.platform, answered.comment_id == Comment.parent_id)
    return (
        select(Comment.id)
        .outerjoin(Signals, Signals.comment_id == Comment.id)
        .outerjoin(answered, is_answered)
        .where(
            or_(
                Signals.comment_id.is_(None),
                Signals.scored_text_id != Comment.text_id,
                Signals.scorer != scorer,
                func.coalesce(Signals.parent_text_id, 0) != func.coalesce(answered.text_id, 0),
            )
        )
        .order_by(Comment.id)
    )


def _scored(
    session: Session, ids: Sequence[int], model_id: int, around: Around | None, keywords: KeywordLists, scorer: str
) -> list[dict[str, Any]]:
    """Rows of signals; `around` is None where the trained models were not fitted on vectors like these."""
    comments = _comments(session, ids)
    vectors = vectors_of(session, model_id, sorted({row.text_id for row in comments})) if around else {}
    stands = {
        row.id: Stand(row.thread_id, row.parent_text_id, row.text_id, vectors.get(row.text_id)) for row in comments
    }
    known = around.of(session, stands) if around else {}
    evidence = [
        Evidence(
            row.text, row.normalised, known.get(row.id, NOTHING_AROUND), row.rating, keywords, row.is_brand,
            row.platform, row.channel, row.language, vectors.get(row.text_id),
        )
        for row in comments
    ]  # fmt: skip
    return [_row(row, scorer, one) for row, one in zip(comments, score_batch(evidence), strict=True)]


def _comments(session: Session, ids: Sequence[int]) -> list[Any]:
    answered = aliased(Comment)
    is_answered = and_(answered.platform == Comment.platform, answered.comment_id == Comment.parent_id)
    statement = (
        select(
            Comment.id, Comment.text_id, Comment.thread_id, Comment.text, Comment.rating, Comment.is_brand,
            Comment.platform, Comment.channel, Comment.language, Text.normalised,
            answered.text_id.label("parent_text_id"),
        )
        .join(Text, Text.id == Comment.text_id)
        .outerjoin(answered, is_answered)
    )  # fmt: skip
    return [row for chunk in chunks(ids) for row in session.execute(statement.where(Comment.id.in_(chunk)))]


def _row(comment: Any, scorer: str, scores: Scores) -> dict[str, Any]:
    return {
        "comment_id": comment.id, "scored_text_id": comment.text_id, "scorer": scorer,
        "spam": scores.spam, "promotion": scores.promotion, "abuse": scores.abuse, "off_topic": scores.off_topic,
        "complaint": scores.complaint, "grievance": scores.grievance, "praise": scores.praise,
        "praised": scores.praised, "topics": scores.topics,
        "sentiment": scores.sentiment, "parent_text_id": comment.parent_text_id,
        "keywords": scores.keywords, "private_data": scores.private_data,
        "reasons": [reason.as_dict() for reason in scores.reasons],
    }  # fmt: skip
