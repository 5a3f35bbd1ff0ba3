"""Campaigns and groups as rows of the store."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Self

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from becalm.records import Channel, Reason, Verdict
from becalm.store import Comment
from becalm.store.upsert import chunks
from embeddings.arrays import Ids
from embeddings.campaigns import FoundCampaign
from embeddings.facts import CommentFacts
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


@dataclass(frozen=True, slots=True)
class GroupRows:
    """Makes groups to rows; `comments` are those of all their texts."""

    comments: CommentFacts
    rows_of_texts: Mapping[int, Ids]

    @classmethod
    def of(cls, comments: CommentFacts) -> Self:
        return cls(comments, comments.rows_of_texts())

    def of_campaign(self, name: str, campaign: FoundCampaign) -> Iterator[StoredGroup]:
        """Its groups under its verdict, with what each of them was judged by; a stray is one by itself."""
        judgement = campaign.verdict.judgement
        for group in campaign.groups:
            yield self._stored(group.found.members, replace(group.verdict, judgement=judgement), name)
        marks = ", ".join(str(marker["value"]) for marker in campaign.markers[:3])
        for stray in campaign.strays:
            reason = Reason(
                "markers", stray.likelihood, f"carries what marks the campaign: {marks}" if marks else "alike"
            )
            member = Member(stray.text_id, 1.0, Channel.CHARACTERS)
            yield self._stored((member,), Verdict(judgement, stray.likelihood, (reason,)), name)

    def of_echo(self, group: Judged) -> StoredGroup:
        return self._stored(group.found.members, group.verdict, None)

    def _stored(self, members: Sequence[Member], verdict: Verdict, campaign: str | None) -> StoredGroup:
        times = np.concatenate([self.comments.time[self.rows_of_texts[one.text_id]] for one in members])
        group_id = f"g{members[0].text_id:016x}"
        row = {
            "id": group_id,
            "verdict": verdict.judgement.value,
            "score": verdict.score,
            "reasons": [reason.as_dict() for reason in verdict.reasons],
            "medoid_id": members[0].text_id,
            "campaign_id": campaign,
            "comments": len(times),
            "first_seen": datetime.fromtimestamp(times.min(), UTC),
            "last_seen": datetime.fromtimestamp(times.max(), UTC),
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


def channels_of(session: Session, text_ids: Sequence[int]) -> Mapping[int, set[str]]:
    """Where people wrote each text."""
    channels: defaultdict[int, set[str]] = defaultdict(set)
    for chunk in chunks(text_ids):
        places = select(Comment.text_id, Comment.channel).where(Comment.text_id.in_(chunk), Comment.is_brand.is_(False))
        for text_id, channel in session.execute(places.distinct()):
            channels[text_id].add(channel)
    return channels
