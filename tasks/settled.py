"""What of the stored groups stands as it was judged, and what goes."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from becalm.store import Campaign, Comment, Group, GroupText, RawRow
from becalm.store.upsert import chunks
from embeddings.settled import JudgedBefore, Reach, Settled, settled_groups
from tasks.describe import Found


def settled_since(session: Session, found: Found, batch: int) -> Settled:
    """The groups that nothing which came in after this batch can have changed."""
    return settled_groups(found.groups, _judged_before(session), found.comments, _news(session, batch))


def _judged_before(session: Session) -> Mapping[str, JudgedBefore]:
    texts: defaultdict[str, set[int]] = defaultdict(set)
    for group_id, text_id in session.execute(select(GroupText.group_id, GroupText.text_id)):
        texts[group_id].add(text_id)
    columns = (Group.id, Group.campaign_id, Group.comments, Group.first_seen, Group.last_seen)
    return {
        row.id: JudgedBefore(
            row.campaign_id,
            frozenset(texts[row.id]),
            row.comments,
            row.first_seen.timestamp(),
            row.last_seen.timestamp(),
        )
        for row in session.execute(select(*columns))
    }


def _news(session: Session, batch: int) -> Reach:
    """The times around the comments that came in after this batch, or were edited by it."""
    rows = select(RawRow.id).where(RawRow.batch_id > batch)
    times = session.scalars(select(Comment.published_at).where(Comment.raw_row_id.in_(rows)))
    return Reach.around(time.timestamp() for time in times)


def forget_groups(session: Session, settled: Settled) -> set[str]:
    """Drop all groups but the settled ones; the ids of the campaigns that stand."""
    campaign_of = dict(session.execute(select(Group.id, Group.campaign_id)).all())
    gone = sorted(campaign_of.keys() - settled.groups)
    for chunk in chunks(gone):
        session.execute(delete(GroupText).where(GroupText.group_id.in_(chunk)))
        session.execute(delete(Group).where(Group.id.in_(chunk)))
    standing = {name for one in settled.groups if (name := campaign_of[one]) is not None}
    current = set(session.scalars(select(Campaign.id).where(Campaign.is_current)))
    for chunk in chunks(sorted(current - standing)):
        session.execute(update(Campaign).where(Campaign.id.in_(chunk)).values(is_current=False))
    return standing
