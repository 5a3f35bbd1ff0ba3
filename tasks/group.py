"""Groups, their verdicts, and the campaigns they are."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from becalm.records import Judgement, Verdict
from becalm.runs import Counts
from becalm.settings import Settings
from becalm.signals import SCORER_VERSION
from becalm.signals.markers import shared_markers
from becalm.store import Campaign, Comment, Group, GroupText, Store
from becalm.store.marks import data_version, is_made_from, mark_made_from
from becalm.store.upsert import add, chunks, put
from embeddings.campaigns import name_campaigns
from embeddings.features import Description
from embeddings.groups import Group as Found
from embeddings.verdict import FITTED, fitted_model, judge
from tasks.compare import comparison
from tasks.describe import comments_of_texts, described_groups
from tasks.lookup import texts_of
from tasks.model import encoder_of, model_of
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
            _keep(session, _judged_groups(session, model_of(session, encoder)))
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


def _keep(session: Session, judged: Sequence[Judged]) -> None:
    """Replace the groups; campaigns are kept under their ids, and those without a group are no longer current."""
    offences = [one for one in judged if one.is_offence]
    names = dict(zip((one.id for one in offences), _names(session, offences), strict=True))
    session.execute(delete(GroupText))
    session.execute(delete(Group))
    session.execute(update(Campaign).values(is_current=False))
    ids = [text_id for one in offences for text_id in one.found.text_ids]
    texts, channels = texts_of(session, ids), _channels_of(session, ids)
    put(session, Campaign, [_campaign(names[one.id], one, texts, channels) for one in offences])
    add(session, Group, [_group(one, names.get(one.id)) for one in judged])
    add(session, GroupText, [row for one in judged for row in _members(one)])


def _names(session: Session, offences: Sequence[Judged]) -> list[str]:
    earlier = select(GroupText.text_id, Group.campaign_id).join(Group).where(Group.campaign_id.is_not(None))
    ids = [one.found.text_ids for one in offences]
    weights = comments_of_texts(session)
    taken = set(session.scalars(select(Campaign.id)))
    return name_campaigns(ids, dict(session.execute(earlier).all()), weights, taken)


def _channels_of(session: Session, text_ids: Sequence[int]) -> Mapping[int, set[str]]:
    """Where people wrote each text."""
    channels: defaultdict[int, set[str]] = defaultdict(set)
    for chunk in chunks(text_ids):
        places = select(Comment.text_id, Comment.channel).where(Comment.text_id.in_(chunk), Comment.is_brand.is_(False))
        for text_id, channel in session.execute(places.distinct()):
            channels[text_id].add(channel)
    return channels


def _campaign(name: str, one: Judged, texts: Mapping[int, str], channels: Mapping[int, set[str]]) -> dict[str, Any]:
    described, ids = one.described, one.found.text_ids
    return {
        "id": name,
        "verdict": one.verdict.judgement.value,
        "score": one.verdict.score,
        "reasons": [reason.as_dict() for reason in one.verdict.reasons],
        "medoid_text": texts[one.found.medoid_id],
        "comments": described.comments,
        "accounts": described.accounts,
        "threads": described.threads,
        "channels": sorted(set().union(*(channels[text_id] for text_id in ids))),
        "first_seen": datetime.fromtimestamp(described.first_seen, UTC),
        "last_seen": datetime.fromtimestamp(described.last_seen, UTC),
        "markers": shared_markers([texts[text_id] for text_id in ids]),
        "is_current": True,
    }


def _group(one: Judged, campaign: str | None) -> dict[str, Any]:
    return {
        "id": one.id,
        "verdict": one.verdict.judgement.value,
        "score": one.verdict.score,
        "reasons": [reason.as_dict() for reason in one.verdict.reasons],
        "medoid_id": one.found.medoid_id,
        "campaign_id": campaign,
    }


def _members(one: Judged) -> list[dict[str, Any]]:
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
    return {judgement.value: verdicts.get(judgement.value, 0) for judgement in Judgement}
