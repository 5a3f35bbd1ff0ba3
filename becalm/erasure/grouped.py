"""Groups, campaigns and rings without what goes: the next run makes them anew from what is left."""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from ..store import Campaign, CampaignText, Group, GroupText, Ring, RingAnswer, Text, stable_id
from ..store.upsert import chunks, remove
from .going import Going
from .rows import Counts


def drop_groups(session: Session, going: Going) -> Counts:
    """Groups around a text that goes. Others lose the text and are judged anew, as they have fewer comments."""
    removed: Counts = Counts()
    gone: list[str] = [
        name for chunk in chunks(sorted(going.texts))
        for name in session.scalars(select(Group.id).where(Group.medoid_id.in_(chunk)))
    ]  # fmt: skip
    for part in chunks(gone):
        members = delete(GroupText).where(GroupText.group_id.in_(part))
        removed["group_texts"] += session.connection().execute(members).rowcount
    remove(session, Group.id, gone)
    removed["groups"] += len(gone)
    return +removed


def mend_campaigns(session: Session, going: Going) -> Counts:
    """Campaigns that any of the texts was found in keep their id and figures. What they say is said by the text of
    lowest id that is left, markers that no text left carries go, and one without texts does not stand any more."""
    changed: Counts = Counts()
    for name in sorted(_touched(session, going)):
        rest = _rest(session, name, going)
        campaign = session.execute(
            select(Campaign.medoid_text, Campaign.markers, Campaign.is_current).where(Campaign.id == name)
        ).one()
        is_gone = stable_id(campaign.medoid_text) in going.texts
        values = {
            "medoid_text": next(iter(rest.values()), "") if is_gone else campaign.medoid_text,
            "markers": [each for each in campaign.markers if _is_carried(str(each.get("value", "")), rest)],
            "is_current": campaign.is_current and bool(rest),
        }
        if values != campaign._asdict():
            session.execute(update(Campaign).where(Campaign.id == name).values(**values))
            changed["campaigns"] += 1
    return changed


def drop_rings(session: Session, going: Going) -> Counts:
    """Rings that one of the accounts is in, with what was answered for all their members."""
    rings: set[str] = set()
    for chunk in chunks(sorted(going.accounts)):
        found = select(RingAnswer.ring_id).where(RingAnswer.account_id.in_(chunk), RingAnswer.ring_id.is_not(None))
        rings |= {str(one) for one in session.scalars(found)}
    removed: Counts = Counts()
    for part in chunks(sorted(rings)):
        members = delete(RingAnswer).where(RingAnswer.ring_id.in_(part))
        removed["ring_answers"] += session.connection().execute(members).rowcount
    remove(session, Ring.id, sorted(rings))
    removed["rings"] += len(rings)
    return +removed


def _touched(session: Session, going: Going) -> set[str]:
    found = {
        name for chunk in chunks(sorted(going.texts))
        for name in session.scalars(select(CampaignText.campaign_id).where(CampaignText.text_id.in_(chunk)))
    }  # fmt: skip
    said = session.execute(select(Campaign.id, Campaign.medoid_text)) if going.texts else ()
    return found | {name for name, text in said if text and stable_id(text) in going.texts}


def _rest(session: Session, campaign_id: str, going: Going) -> dict[int, str]:
    """The texts that are left of a campaign, by ascending id."""
    held = session.scalars(select(CampaignText.text_id).where(CampaignText.campaign_id == campaign_id))
    rest = sorted(set(held) - going.texts)
    return {
        text_id: text for chunk in chunks(rest)
        for text_id, text in session.execute(
            select(Text.id, Text.normalised).where(Text.id.in_(chunk)).order_by(Text.id)
        )
    }  # fmt: skip


def _is_carried(value: str, texts: dict[int, str]) -> bool:
    return any(value.casefold() in text.casefold() for text in texts.values())
