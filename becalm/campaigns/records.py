"""Campaigns as records for JSON; names are those of the published files."""

from dataclasses import asdict
from typing import Any

from ..exports import campaign_record
from ..store import CampaignEvent
from .detail import Detail
from .groups import CampaignGroup
from .listing import Listed
from .timeline import Timeline
from .variation import Slot

Record = dict[str, Any]


def listed_record(listed: Listed) -> Record:
    """A line of the list."""
    return {**campaign_record(listed.campaign, listed.masked), "state": listed.state}


def detail_record(detail: Detail) -> Record:
    """Everything that is shown of one campaign."""
    return {
        **campaign_record(detail.campaign, detail.masked),
        "state": detail.state,
        "groups": [_group(group) for group in detail.groups],
        "timeline": _timeline(detail.timeline) if detail.timeline else None,
        "busiest_accounts": [asdict(one) for one in detail.accounts],
        "busiest_threads": [asdict(one) for one in detail.threads],
        "newest_comments": [asdict(one) for one in detail.examples],
        "history": [_event(one) for one in detail.history],
    }


def _event(event: CampaignEvent) -> Record:
    return {"kind": event.kind, "other_id": event.other_id, "comments": event.comments, "at": event.at}


def _timeline(found: Timeline) -> Record:
    return {"step": found.step, "steps": [{"from": start, "comments": comments} for start, comments in found.steps]}


def _group(group: CampaignGroup) -> Record:
    """Of the variation, fixed stretches are texts and slots are objects."""
    varies = group.variation
    return {
        "group_id": group.id,
        "medoid_text": group.medoid_text,
        "wordings": group.wordings,
        "comments": group.comments,
        "compared_comments": varies.comments if varies else 0,
        "parts": [_slot(part) if isinstance(part, Slot) else part for part in varies.parts] if varies else [],
    }


def _slot(slot: Slot) -> Record:
    return {
        "fillers": [{"text": text, "comments": comments} for text, comments in slot.fillers],
        "wordings": slot.wordings,
        "comments": slot.comments,
    }
