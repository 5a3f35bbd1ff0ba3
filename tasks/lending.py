"""What groups lend to the spam of their comments, and whose published line is another for it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from becalm.records import Judgement
from becalm.signals.joined import lent_spam
from becalm.store import Comment, Group, GroupText, Signals
from becalm.store.unpublished import note_unpublished
from becalm.store.upsert import chunks
from embeddings.settled import Settled
from tasks.group_rows import StoredGroup

# Stored with the grouping: another way to lend groups anew.
LENDING = "lent-1"


@dataclass(slots=True)
class _Told:
    """Comments of a group, and the sums of what their signals say."""

    comments: int = 0
    complaint: float = 0.0
    spam: float = 0.0


def lend(session: Session, groups: Sequence[StoredGroup]) -> None:
    """Give each of these new groups its `lent_spam`."""
    told = _told(session, {member["text_id"]: str(one.row["id"]) for one in groups for member in one.members})
    for one in groups:
        said = told[one.row["id"]]
        means = (said.complaint / said.comments, said.spam / said.comments) if said.comments else (0.0, 0.0)
        one.row["lent_spam"] = lent_spam(Judgement(one.row["verdict"]), one.row["score"], *means)


def _told(session: Session, group_of: Mapping[int, str]) -> Mapping[str, _Told]:
    """By group, the brand's own comments apart."""
    found: defaultdict[str, _Told] = defaultdict(_Told)
    sums = (func.count(), func.sum(Signals.complaint), func.sum(Signals.spam))
    for chunk in chunks(sorted(group_of)):
        rows = (
            select(Comment.text_id, *sums)
            .join(Signals, Signals.comment_id == Comment.id)
            .where(Comment.text_id.in_(chunk), Comment.is_brand.is_(False))
            .group_by(Comment.text_id)
        )
        for text_id, comments, complaint, spam in session.execute(rows):
            said = found[group_of[text_id]]
            said.comments, said.complaint, said.spam = (
                said.comments + comments, said.complaint + complaint, said.spam + spam,
            )  # fmt: skip
    return found


def lent_by_text(session: Session, settled: Settled) -> dict[int, float]:
    """What each text is lent by its group, if anything; groups that are settled lend what they lent."""
    rows = (
        select(GroupText.text_id, Group.id, Group.lent_spam)
        .join(Group, Group.id == GroupText.group_id)
        .where(Group.lent_spam > 0)
    )
    return {text_id: lent for text_id, group_id, lent in session.execute(rows) if group_id not in settled.groups}


def note_lent(session: Session, before: Mapping[int, float], now: Mapping[int, float]) -> None:
    """Note the comments whose texts are lent something else than before."""
    changed = sorted(one for one in before.keys() | now.keys() if before.get(one) != now.get(one))
    for chunk in chunks(changed):
        note_unpublished(session, session.scalars(select(Comment.id).where(Comment.text_id.in_(chunk))))
