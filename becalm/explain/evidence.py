"""What the signals say of a comment, and why."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..records import Judgement, Reason
from ..signals.joined import joined_spam
from ..store import Campaign, Comment, Group, GroupText, Signals
from ..wording import counted

SCORES = ("spam", "abuse", "off_topic", "complaint", "praise", "sentiment")
LISTS = ("keywords", "private_data")


@dataclass(frozen=True, slots=True)
class Told:
    """A signal (0..1, sentiment -1..1, lists by how much they found) and the reasons {score, text} given for it.

    None where nobody can say.
    """

    name: str
    value: float | None
    reasons: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """All signals of one comment, by which version of the scoring; `is_stale` where an older text was scored."""

    scorer: str
    is_stale: bool
    signals: tuple[Told, ...]


def read_evidence(session: Session, comment: Comment) -> Evidence | None:
    """None for a comment that was not scored yet. Spam is joined with the verdict on the comment's group."""
    row = session.get(Signals, comment.id)
    if row is None:
        return None
    signals = [_joined(session, comment, row)]
    signals += [_told(row, name, getattr(row, name)) for name in SCORES if name != "spam"]
    signals += [_told(row, name, float(len(getattr(row, name)))) for name in LISTS]
    return Evidence(row.scorer, row.scored_text_id != comment.text_id, tuple(signals))


def _told(row: Signals, name: str, value: float | None) -> Told:
    reasons = ({"score": one["score"], "text": one["text"]} for one in row.reasons if one["signal"] == name)
    return Told(name, value, tuple(reasons))


def _joined(session: Session, comment: Comment, row: Signals) -> Told:
    """The group's reason first; without one, spam as it was scored."""
    alone = _told(row, "spam", row.spam)
    group, campaign = _group(session, comment)
    if group is None or campaign is None:
        return alone
    spam = joined_spam(row.spam, group.lent_spam, row.complaint)
    if spam == row.spam:
        return alone
    reason = Reason("spam", group.lent_spam, f"{_membership(campaign)}; {row.spam:.2f} by itself")
    return Told(alone.name, spam, ({"score": reason.score, "text": reason.text}, *alone.reasons))


def _group(session: Session, comment: Comment) -> tuple[Group | None, Campaign | None]:
    """Nothing for the brand's own."""
    found = session.execute(
        select(Group, Campaign)
        .join(GroupText, GroupText.group_id == Group.id)
        .join(Campaign, Campaign.id == Group.campaign_id)
        .where(GroupText.text_id == comment.text_id)
    ).one_or_none()
    return (None, None) if found is None or comment.is_brand else (found[0], found[1])


def _membership(campaign: Campaign) -> str:
    if campaign.verdict == Judgement.FLOOD:
        return f"one of {counted(campaign.comments, 'comment')} by which one account floods ({campaign.id})"
    accounts = counted(campaign.accounts, "account")
    return f"one of {counted(campaign.comments, 'comment')} of campaign {campaign.id}, by {accounts}"
