"""What people say about texts and campaigns, written down so that every later grouping keeps to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, aliased

from ..errors import InputError
from ..store import Campaign, CampaignText, PairRuling, Text, TextRuling, stable_id
from ..store.upsert import put

BAD, GOOD, SAME, APART = "bad", "good", "same", "apart"


class NothingToRuleOn(InputError):
    """A campaign whose text is gone, or two that are one."""

    def __init__(self, campaign: str, why: str) -> None:
        super().__init__(f"campaign {campaign}: {why}")
        self.campaign, self.why = campaign, why


@dataclass(frozen=True, slots=True)
class Ruling:
    """One ruling in force: its kind, the texts it is about, who said so and when."""

    kind: str
    texts: tuple[str, ...]
    said_by: str
    said_at: datetime


def rule_on_texts(session: Session, text_ids: Sequence[int], *, is_bad: bool, by: str, at: datetime) -> None:
    """These texts were removed, or are never to be flagged; a later ruling replaces an earlier one."""
    put(
        session,
        TextRuling,
        [{"text_id": one, "is_bad": is_bad, "said_by": by, "said_at": at, "note": ""} for one in text_ids],
    )


def rule_on_pair(session: Session, one: Campaign, other: Campaign, *, is_same: bool, by: str, at: datetime) -> None:
    """The two campaigns are one, or are not. Raises `NothingToRuleOn`."""
    if one.id == other.id:
        raise NothingToRuleOn(one.id, "it was named twice")
    pair = sorted((_medoid(session, one), _medoid(session, other)))
    if pair[0] == pair[1]:
        raise NothingToRuleOn(one.id, f"it stands around the same text as {other.id}")
    row = {"first_id": pair[0], "second_id": pair[1], "is_same": is_same, "said_by": by, "said_at": at}
    put(session, PairRuling, [row])


def rule_on_campaign(session: Session, campaign: Campaign, *, is_bad: bool, by: str, at: datetime) -> int:
    """All texts of the campaign were removed, or are never to be flagged; how many they are.

    Raises `NothingToRuleOn`.
    """
    ids = list(session.scalars(select(CampaignText.text_id).where(CampaignText.campaign_id == campaign.id)))
    if not ids:
        raise NothingToRuleOn(campaign.id, "its texts stand in other campaigns by now")
    rule_on_texts(session, ids, is_bad=is_bad, by=by, at=at)
    return len(ids)


def withdraw(session: Session, text_ids: Sequence[int]) -> int:
    """Forget every ruling about these texts; how many there were."""
    texts = delete(TextRuling).where(TextRuling.text_id.in_(text_ids)).returning(TextRuling.text_id)
    pairs = (
        delete(PairRuling)
        .where(PairRuling.first_id.in_(text_ids) | PairRuling.second_id.in_(text_ids))
        .returning(PairRuling.first_id)
    )
    return len(session.scalars(texts).all()) + len(session.scalars(pairs).all())


def rulings(session: Session) -> Iterator[Ruling]:
    """Every ruling in force, the latest first."""
    texts = select(TextRuling, Text.normalised).join(Text, Text.id == TextRuling.text_id)
    found = [
        Ruling(BAD if row.is_bad else GOOD, (text,), row.said_by, row.said_at) for row, text in session.execute(texts)
    ]
    first, second = aliased(Text), aliased(Text)
    pairs = (
        select(PairRuling, first.normalised, second.normalised)
        .join(first, first.id == PairRuling.first_id)
        .join(second, second.id == PairRuling.second_id)
    )
    found += [
        Ruling(SAME if row.is_same else APART, (one, other), row.said_by, row.said_at)
        for row, one, other in session.execute(pairs)
    ]
    return iter(sorted(found, key=lambda ruling: (ruling.said_at, ruling.texts), reverse=True))


def _medoid(session: Session, campaign: Campaign) -> int:
    """Of a past campaign the text that it stood around last: what was called the same may be told apart again."""
    medoid = session.scalar(select(Text.id).where(Text.id == stable_id(campaign.medoid_text)))
    if medoid is None:
        raise NothingToRuleOn(campaign.id, "the text that it stood around is gone")
    return medoid
