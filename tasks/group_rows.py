"""Campaigns and groups as rows of the store."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from becalm.records import Channel, Reason, Verdict
from becalm.store import Comment
from becalm.store.upsert import chunks
from embeddings.campaigns import FoundCampaign
from embeddings.groups import Member
from embeddings.judging import Judged

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class StoredGroup:
    """A row of `groups` with its rows of `group_texts`."""

    row: Row
    members: list[Row]


def campaign_row(name: str, one: FoundCampaign, medoid: str, channels: Mapping[int, set[str]]) -> Row:
    return {
        "id": name,
        "verdict": one.verdict.judgement.value,
        "score": one.verdict.score,
        "reasons": [reason.as_dict() for reason in one.verdict.reasons],
        "medoid_text": medoid,
        "comments": one.comments,
        "accounts": one.accounts,
        "threads": one.threads,
        "channels": sorted(set().union(*(channels[text_id] for text_id in one.text_ids))),
        "first_seen": datetime.fromtimestamp(one.first_seen, UTC),
        "last_seen": datetime.fromtimestamp(one.last_seen, UTC),
        "markers": one.markers,
        "is_current": True,
    }


def stored_groups(name: str, campaign: FoundCampaign) -> Iterator[StoredGroup]:
    """The groups of a campaign under its verdict, with what each of them was judged by; a stray is one by itself."""
    judgement = campaign.verdict.judgement
    for group in campaign.groups:
        verdict = Verdict(judgement, group.verdict.score, group.verdict.reasons)
        yield _stored(group.found.members, verdict, name)
    marks = ", ".join(str(marker["value"]) for marker in campaign.markers[:3])
    for stray in campaign.strays:
        reason = Reason("markers", stray.likelihood, f"carries what marks the campaign: {marks}" if marks else "alike")
        yield _stored(
            (Member(stray.text_id, 1.0, Channel.CHARACTERS),), Verdict(judgement, stray.likelihood, (reason,)), name
        )


def stored_echo(group: Judged) -> StoredGroup:
    return _stored(group.found.members, group.verdict, None)


def channels_of(session: Session, text_ids: Sequence[int]) -> Mapping[int, set[str]]:
    """Where people wrote each text."""
    channels: defaultdict[int, set[str]] = defaultdict(set)
    for chunk in chunks(text_ids):
        places = select(Comment.text_id, Comment.channel).where(Comment.text_id.in_(chunk), Comment.is_brand.is_(False))
        for text_id, channel in session.execute(places.distinct()):
            channels[text_id].add(channel)
    return channels


def _stored(members: Sequence[Member], verdict: Verdict, campaign: str | None) -> StoredGroup:
    group_id = f"g{members[0].text_id:016x}"
    row = {
        "id": group_id,
        "verdict": verdict.judgement.value,
        "score": verdict.score,
        "reasons": [reason.as_dict() for reason in verdict.reasons],
        "medoid_id": members[0].text_id,
        "campaign_id": campaign,
    }
    return StoredGroup(
        row,
        [
            {
                "text_id": member.text_id,
                "group_id": group_id,
                "similarity": member.similarity,
                "channel": member.channel.value,
            }
            for member in members
        ],
    )
