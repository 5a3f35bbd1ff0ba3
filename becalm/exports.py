"""The published files, row by row: what each of them says is fixed, since scripts outside depend on it."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import orjson
from sqlalchemy import Row, Select, Text, and_, cast, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from .campaigns.published import Masked, masked
from .signals.joined import joined_spam
from .store import (
    Account,
    Alternate,
    Campaign,
    Case,
    CaseComment,
    Comment,
    Group,
    GroupText,
    Offender,
    Ring,
    RingAnswer,
    Signals,
)  # fmt: skip
from .store.lists import unless_empty
from .store.upsert import chunks

Record = dict[str, Any]
STORED_AS_JSON = ("reasons", "evidence")  # of a case
_ROWS_AT_ONCE = 5_000


def assignments(session: Session) -> Iterator[Record]:
    """Every comment that is in a group."""
    judged = {name: told for name, *told in session.execute(select(Group.id, Group.verdict, Group.campaign_id))}
    query = (
        select(Comment.comment_id, Comment.platform, GroupText.group_id, GroupText.similarity, GroupText.channel)
        .join(GroupText, GroupText.text_id == Comment.text_id)
        .where(Comment.is_brand.is_(False))
        .order_by(GroupText.group_id, Comment.published_at, Comment.id)
    )
    for comment_id, platform, group_id, similarity, channel in _each(session, query):
        verdict, campaign_id = judged[group_id]
        yield {
            "comment_id": comment_id,
            "platform": platform,
            "group_id": group_id,
            "verdict": verdict,
            "campaign_id": campaign_id,
            "similarity": round(similarity, 4),
            "channel": channel,
        }


def campaigns(session: Session) -> Iterator[Record]:
    """Every campaign and flood that stands, largest first."""
    query = select(Campaign).where(Campaign.is_current).order_by(Campaign.comments.desc(), Campaign.id)
    found = session.scalars(query).all()
    yield from map(campaign_record, found, masked(session, found))


def campaign_record(one: Campaign, told: Masked) -> Record:
    """A line of the campaigns."""
    return {
        "campaign_id": one.id,
        "verdict": one.verdict,
        "score": round(one.score, 4),
        "reasons": one.reasons,
        "medoid_text": told.message,
        "comments": one.comments,
        "accounts": one.accounts,
        "threads": one.threads,
        "channels": one.channels,
        "first_seen": one.first_seen.isoformat(),
        "last_seen": one.last_seen.isoformat(),
        "markers": told.markers,
    }


def signals(session: Session) -> Iterator[Record]:
    """Every comment, in the order of time; the scores are stored rounded. Spam is joined with the group's verdict."""
    for row in _each(session, _signals().order_by(Comment.published_at, Comment.id)):
        yield _signals_record(*row)


def signals_of(session: Session, comment_ids: Sequence[int]) -> Iterator[tuple[int, Record]]:
    """Those of these comments (our own ids), in no order."""
    for chunk in chunks(comment_ids):
        for comment_id, *row in _each(session, _signals(Comment.id).where(Comment.id.in_(chunk))):
            yield comment_id, _signals_record(*row)


def _signals(*before: InstrumentedAttribute[int]) -> Select[*tuple[Any, ...]]:
    scores = (Signals.spam, Signals.abuse, Signals.off_topic, Signals.complaint, Signals.praise, Signals.sentiment)
    lists = (unless_empty(Signals.keywords), unless_empty(Signals.private_data))
    lent = func.coalesce(Group.lent_spam, 0.0)
    columns = (*before, Comment.comment_id, Comment.platform, lent, *scores, *lists)
    return (
        select(*columns)
        .join(Signals, Signals.comment_id == Comment.id)
        .outerjoin(GroupText, and_(GroupText.text_id == Comment.text_id, Comment.is_brand.is_(False)))
        .outerjoin(Group, Group.id == GroupText.group_id)
    )


def _signals_record(
    comment_id: str, platform: str, lent: float, spam: float, abuse: float, off_topic: float | None,
    complaint: float, praise: float, sentiment: float, keywords: list[str] | None, private_data: list[Record] | None,
) -> Record:  # fmt: skip
    return {
        "comment_id": comment_id, "platform": platform, "spam": joined_spam(spam, lent, complaint), "abuse": abuse,
        "off_topic": off_topic or 0.0, "complaint": complaint, "praise": praise, "sentiment": sentiment,
        "keywords": keywords or [], "private_data": private_data or [],
    }  # fmt: skip


def accounts(session: Session) -> Iterator[Record]:
    """Every account with strikes or alternates, highest score first, with the accounts that look like its others."""
    alternates: dict[int, list[Record]] = {}
    likely = (
        select(Alternate.offender_id, Account.platform, Account.author_id, Alternate.score, Alternate.reasons)
        .join(Account, Account.id == Alternate.account_id)
        .order_by(Alternate.offender_id, Alternate.score.desc(), Alternate.account_id)
    )
    for row in session.execute(likely):
        alternate = {
            "account_id": f"{row.platform}:{row.author_id}",
            "score": round(row.score, 4),
            "reasons": row.reasons,
        }
        alternates.setdefault(row.offender_id, []).append(alternate)
    score = func.coalesce(Offender.score, 0.0)
    query = (
        select(
            Account.id, Account.platform, Account.author_id, Offender.strikes, score.label("score"), Offender.factors
        )
        .outerjoin(Offender, Offender.account_id == Account.id)
        .where(or_(Offender.account_id.is_not(None), Account.id.in_(select(Alternate.offender_id))))
        .order_by(score.desc(), Account.id)
    )
    for row in session.execute(query):
        yield {
            "account_id": f"{row.platform}:{row.author_id}",
            "strikes": row.strikes or 0.0,
            "score": round(row.score, 4),
            "factors": row.factors or [],
            "alternates": alternates.get(row.id, []),
        }


def rings(session: Session) -> Iterator[Record]:
    """Every ring with its accounts and what ties them, the largest first."""
    accounts: dict[str, list[str]] = {}
    members = select(RingAnswer.ring_id, Account.platform, Account.author_id).join(
        Account, Account.id == RingAnswer.account_id
    )
    for ring_id, platform, author_id in session.execute(members.where(RingAnswer.ring_id.is_not(None))):
        accounts.setdefault(str(ring_id), []).append(f"{platform}:{author_id}")
    for ring in sorted(session.scalars(select(Ring)), key=lambda one: (-len(accounts[one.id]), one.id)):
        yield {
            "ring_id": ring.id,
            "score": ring.score,
            "reasons": ring.reasons,
            "accounts": sorted(accounts[ring.id]),
            "ties": ring.ties,
            "first_seen": ring.first_seen.isoformat(),
            "last_seen": ring.last_seen.isoformat(),
        }


def queues(session: Session) -> Iterator[Record]:
    """Every open case, by queue, the most urgent first."""
    for case in queues_as_stored(session):
        yield case | {name: orjson.loads(case[name]) for name in STORED_AS_JSON}


def queues_as_stored(session: Session) -> Iterator[Record]:
    """The same with the JSON text of reasons and evidence: it need not be read to be written again."""
    subjects = _subjects(session)
    columns = (
        Case.id, Case.queue, Case.kind, Case.subject, Case.priority, Case.opened_at, Case.due_at, Case.rule,
        Case.policy_version, cast(Case.reasons, Text).label("reasons"), Case.suggested_action, Case.suggested_template,
        cast(Case.evidence, Text).label("evidence"),
    )  # fmt: skip
    query = select(*columns).where(Case.state == "open")
    for case in _each(session, query.order_by(Case.queue, Case.priority.desc(), Case.due_at, Case.id)):
        yield {
            "case_id": case.id,
            "queue": case.queue,
            "kind": case.kind,
            "subject": case.subject,
            "subject_ids": subjects.get(case.id, [case.subject]),
            "priority": round(case.priority, 4),
            "opened_at": case.opened_at.isoformat(),
            "due_at": case.due_at.isoformat(),
            "rule": case.rule,
            "policy_version": case.policy_version,
            "reasons": case.reasons,
            "suggested_action": case.suggested_action,
            "suggested_template": case.suggested_template,
            "evidence": case.evidence,
        }


EXPORTS: dict[str, Callable[[Session], Iterator[Record]]] = {
    "assignments": assignments,
    "campaigns": campaigns,
    "signals": signals,
    "accounts": accounts,
    "rings": rings,
    "queues": queues,
}


def counts(session: Session) -> dict[str, dict[str, int]]:
    """Groups by verdict, and open cases by queue."""
    groups = session.execute(select(Group.verdict, func.count()).group_by(Group.verdict).order_by(Group.verdict))
    cases = session.execute(
        select(Case.queue, func.count()).where(Case.state == "open").group_by(Case.queue).order_by(Case.queue)
    )
    return {"groups": dict(groups.all()), "cases": dict(cases.all())}


def _subjects(session: Session) -> dict[str, list[str]]:
    """The comments that each open case is about, oldest first."""
    query = (
        select(CaseComment.case_id, Comment.comment_id)
        .join(Comment, Comment.id == CaseComment.comment_id)
        .where(CaseComment.case_id.in_(select(Case.id).where(Case.state == "open")))
        .order_by(CaseComment.case_id, Comment.published_at, Comment.id)
    )
    subjects: dict[str, list[str]] = {}
    for case_id, comment_id in _each(session, query):
        subjects.setdefault(case_id, []).append(comment_id)
    return subjects


def _each(session: Session, query: Select[*tuple[Any, ...]]) -> Iterator[Row[*tuple[Any, ...]]]:
    """Rows straight from the connection: the ORM's own way to them takes half as long again."""
    rows = session.connection().execute(query.execution_options(yield_per=_ROWS_AT_ONCE))
    for part in rows.partitions():
        yield from part
