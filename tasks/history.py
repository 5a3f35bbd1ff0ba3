"""Campaigns as they stood before, and what became of them."""

from collections import defaultdict
from collections.abc import Mapping, Set
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from becalm.store import Campaign, CampaignEvent, CampaignText
from becalm.store.upsert import add, put
from embeddings.campaigns import FoundCampaign
from embeddings.history import Standing, events


def standing_campaigns(session: Session) -> dict[str, Standing]:
    """Every campaign there ever was, with the texts that it was found in last."""
    texts: defaultdict[str, set[int]] = defaultdict(set)
    for text_id, campaign_id in session.execute(select(CampaignText.text_id, CampaignText.campaign_id)):
        texts[campaign_id].add(text_id)
    columns = (Campaign.id, Campaign.comments, Campaign.last_seen, Campaign.is_current)
    return {
        row.id: Standing(frozenset(texts[row.id]), row.comments, row.last_seen.timestamp(), row.is_current)
        for row in session.execute(select(*columns))
    }


def keep_history(
    session: Session, before: Mapping[str, Standing], found: Mapping[str, FoundCampaign], standing: Set[str]
) -> None:
    """Note what became of every campaign, and where its texts are now; those in `standing` are as they were."""
    now = {name: before[name] for name in standing}
    now |= {name: Standing(frozenset(one.text_ids), one.comments, one.last_seen) for name, one in found.items()}
    moved = {text_id: name for name, one in found.items() for text_id in one.text_ids}
    put(session, CampaignText, [{"text_id": text_id, "campaign_id": name} for text_id, name in moved.items()])
    add(
        session,
        CampaignEvent,
        [
            {
                "campaign_id": event.campaign,
                "kind": event.kind.value,
                "other_id": event.other,
                "comments": event.comments,
                "at": datetime.fromtimestamp(event.at, UTC),
            }
            for event in events(before, now)
        ],
    )
