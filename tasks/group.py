"""Groups, their verdicts, and the campaigns they are."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b

import numpy as np
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from becalm.records import Channel, Judgement, Verdict
from becalm.runs import Counts
from becalm.settings import Settings
from becalm.signals import SCORER_VERSION
from becalm.signals.links import find_links
from becalm.signals.markers import shared_markers
from becalm.store import Campaign, Comment, Group, GroupText, NeighbourPair, Signals, Store
from becalm.store.marks import data_version, is_made_from, mark_made_from
from becalm.store.upsert import add, chunks, put
from embeddings.campaigns import name_campaigns
from embeddings.features import CommentFacts, Description, TextFacts, describe
from embeddings.groups import Group as Found
from embeddings.groups import find_groups
from embeddings.neighbours import Neighbours, Pairs
from embeddings.verdict import FITTED, fitted_model, judge
from tasks.compare import comparison
from tasks.embed import encoder_of, keep_model
from tasks.lookup import texts_of, vectors_of
from tasks.stage import stage

STAGE = "group"


@dataclass(frozen=True, slots=True)
class Judged:
    """A group with what it looks like and what it is."""

    found: Found
    described: Description
    verdict: Verdict

    @property
    def is_offence(self) -> bool:
        return self.verdict.judgement is not Judgement.ECHO

    @property
    def id(self) -> str:
        return f"g{self.found.medoid_id:016x}"


@stage(STAGE, timeout_seconds=3600)
def group_texts(settings: Settings) -> Counts:
    """All groups anew from the neighbours, if anything came in since; campaigns keep their ids."""
    encoder = encoder_of(settings)
    with Store.open(settings.store_url) as store, store.writing() as session:
        inputs = f"{data_version(session)} {comparison(settings, encoder)} {verdicts()}"
        if not is_made_from(session, STAGE, inputs):
            _keep(session, _judged_groups(session, keep_model(session, encoder)))
            mark_made_from(session, STAGE, inputs)
        return _counts(session)


def verdicts() -> str:
    """What verdicts depend on: the fitted numbers and the scoring."""
    return f"{blake2b(FITTED.read_bytes(), digest_size=4).hexdigest()}-{SCORER_VERSION}"


def _judged_groups(session: Session, model_id: int) -> list[Judged]:
    model = fitted_model()
    return [
        Judged(found, described, judge(described, model)) for found, described in described_groups(session, model_id)
    ]


def described_groups(session: Session, model_id: int) -> list[tuple[Found, Description]]:
    """Every group that the stored neighbours make, with what it looks like."""
    comments = _comments_of_texts(session)
    found = find_groups(_neighbours(session, comments), comments)
    ids = [one for group in found for one in group.text_ids]
    described = describe(found, _comment_facts(session, ids), _text_facts(session, model_id, ids))
    return list(zip(found, described, strict=True))


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


def _comments_of_texts(session: Session) -> dict[int, int]:
    """How many comments each text has, the brand's own apart."""
    query = select(Comment.text_id, func.count()).where(Comment.is_brand.is_(False)).group_by(Comment.text_id)
    return dict(session.execute(query).all())


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


def _keep(session: Session, judged: Sequence[Judged]) -> None:
    """Replace the groups; campaigns are kept under their ids, and those without a group are no longer current."""
    offences = [one for one in judged if one.is_offence]
    names = dict(zip((one.id for one in offences), _names(session, offences), strict=True))
    session.execute(delete(GroupText))
    session.execute(delete(Group))
    session.execute(update(Campaign).values(is_current=False))
    put(session, Campaign, [_campaign(session, names[one.id], one) for one in offences])
    add(session, Group, [_group(one, names.get(one.id)) for one in judged])
    add(session, GroupText, [row for one in judged for row in _members(one)])


def _names(session: Session, offences: Sequence[Judged]) -> list[str]:
    earlier = select(GroupText.text_id, Group.campaign_id).join(Group).where(Group.campaign_id.is_not(None))
    ids = [one.found.text_ids for one in offences]
    weights = _comments_of_texts(session)
    taken = set(session.scalars(select(Campaign.id)))
    return name_campaigns(ids, dict(session.execute(earlier).all()), weights, taken)


def _campaign(session: Session, name: str, one: Judged) -> dict[str, object]:
    described = one.described
    texts = texts_of(session, one.found.text_ids)
    channels = {
        channel
        for chunk in chunks(one.found.text_ids)
        for channel in session.scalars(
            select(Comment.channel).where(Comment.text_id.in_(chunk), Comment.is_brand.is_(False)).distinct()
        )
    }
    return {
        "id": name,
        "verdict": one.verdict.judgement.value,
        "score": one.verdict.score,
        "reasons": [reason.as_dict() for reason in one.verdict.reasons],
        "medoid_text": texts[one.found.medoid_id],
        "comments": described.comments,
        "accounts": described.accounts,
        "threads": described.threads,
        "channels": sorted(channels),
        "first_seen": datetime.fromtimestamp(described.first_seen, UTC),
        "last_seen": datetime.fromtimestamp(described.last_seen, UTC),
        "markers": shared_markers(list(texts.values())),
        "is_current": True,
    }


def _group(one: Judged, campaign: str | None) -> dict[str, object]:
    return {
        "id": one.id,
        "verdict": one.verdict.judgement.value,
        "score": one.verdict.score,
        "reasons": [reason.as_dict() for reason in one.verdict.reasons],
        "medoid_id": one.found.medoid_id,
        "campaign_id": campaign,
    }


def _members(one: Judged) -> list[dict[str, object]]:
    return [
        {
            "text_id": member.text_id,
            "group_id": one.id,
            "similarity": member.similarity,
            "channel": member.channel.value,
        }
        for member in one.found.members
    ]


def _counts(session: Session) -> Counts:
    verdicts = Counter(session.scalars(select(Group.verdict)))
    return {f"{judgement.value}": verdicts.get(judgement.value, 0) for judgement in Judgement}
