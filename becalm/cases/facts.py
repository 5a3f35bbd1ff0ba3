"""What the store knows, in the words that policy rules ask in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from statistics import fmean
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from ..policy import Policy
from ..store import Account, Alternate, Campaign, Comment, Group, GroupText, Offender, Reported, RingAnswer, Signals
from ..store.lists import unless_empty
from .candidates import candidates
from .heat import ThreadFacts


class CommentFacts(NamedTuple):
    """One comment with its signals and its place in a group; signals are None until its present text is scored."""

    id: int
    platform: str
    comment_id: str
    channel: str
    thread_id: int
    account_id: int
    text_id: int
    published_at: datetime
    rating: float | None
    likes: int | None
    is_brand: bool
    language: str | None
    spam: float | None
    abuse: float | None
    off_topic: float | None
    complaint: float | None
    praise: float | None
    sentiment: float | None
    praised: list[str] | None  # what praise names, None for nothing
    keywords: list[str] | None  # phrases met, None for none
    private_data: list[dict[str, Any]] | None  # each with its `kind`, None for none
    verdict: str | None
    campaign_id: str | None
    similarity: float | None  # of its text to the group's medoid, as `evidence_channel` measures it
    evidence_channel: str | None
    strikes: float  # of its author, and only those that people upheld: a machine's mark raises no machine's opinion
    reports: float = 0.0  # open ones, each by how reliable its reporter is

    @property
    def subject(self) -> str:
        return f"{self.platform}/{self.comment_id}"

    @property
    def private_data_of(self) -> list[str] | None:
        """Whose the private data is, each once, None for none."""
        if not self.private_data:
            return None
        return sorted({data.get("whose", "unclear") for data in self.private_data})

    @property
    def is_scored(self) -> bool:
        return self.spam is not None


def _mean_of(signal: str) -> property:
    """The mean over the comments that were scored, None where none was."""

    def mean(group: "GroupFacts") -> float | None:
        known = [value for member in group.members if (value := getattr(member, signal)) is not None]
        return fmean(known) if known else None

    return property(mean)


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """A campaign or flood over the comments that are not the brand's own; signals are means over those scored.

    The means are reckoned when a rule asks for them, as most rules ask for one or none.
    """

    id: str
    verdict: str
    score: float
    reasons: list[dict[str, Any]]
    members: tuple[CommentFacts, ...]
    comments: int
    accounts: int
    threads: int
    channels: int

    spam = _mean_of("spam")
    abuse = _mean_of("abuse")
    off_topic = _mean_of("off_topic")
    complaint = _mean_of("complaint")
    praise = _mean_of("praise")
    sentiment = _mean_of("sentiment")


class AccountFacts(NamedTuple):
    """An offender, an account that looks like one's other account, or both."""

    id: int
    platform: str
    author_id: str
    is_brand: bool
    strikes: float
    upheld: float  # of the strikes, what people upheld
    score: float
    alternate: float
    warnings: int
    after_warning: int  # comments against the rules after the latest warning
    suspensions: int
    reasons: list[dict[str, Any]]  # the offender's factors, and why it looks like another's other account

    @property
    def subject(self) -> str:
        return f"{self.platform}:{self.author_id}"


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that rules are asked about; comments that can't meet any are not among them."""

    comments: tuple[CommentFacts, ...]
    groups: tuple[GroupFacts, ...]
    accounts: tuple[AccountFacts, ...]
    threads: tuple[ThreadFacts, ...] = ()


def read_facts(session: Session, policy: Policy) -> Facts:
    """The facts about campaigns and floods, offenders and alternates, and all comments that could meet a rule."""
    return facts_about(session, Comment.id.in_(candidates(policy)))


def facts_about(session: Session, which: ColumnElement[bool]) -> Facts:
    """The facts about these comments, the campaigns and floods they are in, and about offenders and alternates.

    Of a group only the members among these comments count.
    """
    comments = read_comments(session, which)
    return Facts(comments, _groups(session, comments), _accounts(session))


def read_comments(session: Session, which: ColumnElement[bool]) -> tuple[CommentFacts, ...]:
    """The facts about these comments, in the order of time."""
    # Sorted here: asked for an order, SQLite walks through all comments in that order.
    # From the connection: the ORM's own way to the rows takes half as long again.
    found = map(CommentFacts._make, session.connection().execute(_comments().where(which)).all())
    return tuple(sorted(found, key=attrgetter("published_at", "id")))


def _comments() -> Select[*tuple[Any, ...]]:
    scored = and_(Signals.comment_id == Comment.id, Signals.scored_text_id == Comment.text_id)
    return (
        select(
            Comment.id, Comment.platform, Comment.comment_id, Comment.channel, Comment.thread_id, Comment.account_id,
            Comment.text_id, Comment.published_at, Comment.rating, Comment.likes, Comment.is_brand,
            Comment.language,
            Signals.spam, Signals.abuse, Signals.off_topic, Signals.complaint, Signals.praise, Signals.sentiment,
            unless_empty(Signals.praised), unless_empty(Signals.keywords), unless_empty(Signals.private_data),
            Group.verdict, Group.campaign_id, GroupText.similarity, GroupText.channel,
            func.coalesce(Offender.upheld, 0.0), func.coalesce(Reported.weight, 0.0),
        )
        .outerjoin(Signals, scored)
        .outerjoin(GroupText, GroupText.text_id == Comment.text_id)
        .outerjoin(Group, Group.id == GroupText.group_id)
        .outerjoin(Offender, Offender.account_id == Comment.account_id)
        .outerjoin(Reported, Reported.comment_id == Comment.id)
    )  # fmt: skip


def _groups(session: Session, comments: Iterable[CommentFacts]) -> tuple[GroupFacts, ...]:
    members = defaultdict(list)
    for comment in comments:
        if comment.campaign_id is not None and not comment.is_brand:
            members[comment.campaign_id].append(comment)
    rows = session.execute(
        select(Campaign.id, Campaign.verdict, Campaign.score, Campaign.reasons)
        .where(Campaign.is_current)
        .order_by(Campaign.id)
    )
    return tuple(
        _group(campaign_id, verdict, score, reasons, tuple(members[campaign_id]))
        for campaign_id, verdict, score, reasons in rows
        if campaign_id in members
    )


def _group(
    campaign_id: str, verdict: str, score: float, reasons: list[Any], members: tuple[CommentFacts, ...]
) -> GroupFacts:
    return GroupFacts(
        id=campaign_id,
        verdict=verdict,
        score=score,
        reasons=reasons,
        members=members,
        comments=len(members),
        accounts=len({member.account_id for member in members}),
        threads=len({member.thread_id for member in members}),
        channels=len({(member.platform, member.channel) for member in members}),
    )


def _accounts(session: Session) -> tuple[AccountFacts, ...]:
    alike: dict[int, tuple[float, list[Any]]] = {}
    pairs = select(Alternate.account_id, Alternate.score, Alternate.reasons)
    for account_id, likeness, reasons in session.execute(pairs.order_by(Alternate.score.desc(), Alternate.offender_id)):
        alike.setdefault(account_id, (likeness, reasons))
    for account_id, told in session.execute(select(RingAnswer.account_id, RingAnswer.reasons)):
        likeness, reasons = alike.get(account_id, (0.0, []))
        alike[account_id] = (likeness, [*reasons, *told])
    rows = session.execute(
        select(Account.id, Account.platform, Account.author_id, Account.is_brand)
        .add_columns(
            *(func.coalesce(one, 0.0) for one in (Offender.strikes, Offender.upheld, Offender.score)), Offender.factors
        )
        .add_columns(
            *(func.coalesce(one, 0) for one in (Offender.warnings, Offender.after_warning, Offender.suspensions))
        )
        .outerjoin(Offender, Offender.account_id == Account.id)
        .where(or_(Offender.account_id.is_not(None), Account.id.in_(select(Alternate.account_id))))
        .order_by(Account.id)
    )
    return tuple(_account(row, *alike.get(row.id, (0.0, []))) for row in rows)


def _account(row: Row[*tuple[Any, ...]], likeness: float, reasons: list[Any]) -> AccountFacts:
    *known, score, factors, warnings, after_warning, suspensions = row
    told = [*(factors or ()), *reasons]
    return AccountFacts._make((*known, score, likeness, warnings, after_warning, suspensions, told))
