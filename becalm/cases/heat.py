"""Heat: threads whose tone is turning, against their own past and against what is usual on their channel."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp, lgamma, log
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from ..policy import Policy
from ..policy.heat import Heat
from ..records import Reason
from ..store import Comment, Signals, Thread
from ..wording import counted

# So many made-up comments, harsh as the channel is, come before a thread's own past.
PRIOR = 10.0
# One harsh comment in so many is usual everywhere.
LEAST_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class ThreadFacts:
    """A thread with enough comments lately. `heat` is 1 - the chance of so many harsh ones as usual."""

    id: int
    platform: str
    thread_id: str
    heat: float
    comments: int  # of the window, the brand's own apart
    harsh: int
    harsh_accounts: int
    harsh_ids: tuple[int, ...]
    reasons: list[dict[str, Any]]

    @property
    def subject(self) -> str:
        return f"{self.platform}/{self.thread_id}"


@dataclass(frozen=True, slots=True)
class Tone:
    """So many comments, and how many of them are harsh."""

    comments: int = 0
    harsh: int = 0


def read_heat(session: Session, policy: Policy, as_of: datetime | None) -> tuple[ThreadFacts, ...]:
    """Every thread with enough comments within the window before `as_of`, the stream's own clock."""
    if as_of is None:
        return ()
    since = as_of - timedelta(hours=policy.heat.window_hours)
    lately = _tones(session, policy.heat, Comment.thread_id, Comment.published_at > since)
    threads = sorted(one for one, tone in lately.items() if tone.comments >= policy.heat.least_comments and tone.harsh)
    if not threads:
        return ()
    before = _tones(
        session, policy.heat, Comment.thread_id, Comment.thread_id.in_(threads), Comment.published_at <= since
    )
    oldest = since - timedelta(days=policy.heat.baseline_days)
    place = Comment.platform + " " + Comment.channel
    usual = _tones(session, policy.heat, place, Comment.published_at > oldest, Comment.published_at <= since)
    harsh = _harsh_comments(session, policy.heat, threads, since)
    rows = session.execute(
        select(Thread.id, Thread.platform, Thread.thread_id, Thread.channel).where(Thread.id.in_(threads))
    )
    return tuple(
        _facts(row, lately[row.id], before.get(row.id, Tone()), usual.get(f"{row.platform} {row.channel}", Tone()),
               harsh[row.id], policy.heat)
        for row in sorted(rows, key=lambda row: row.id)
    )  # fmt: skip


def _facts(
    row: Any, lately: Tone, before: Tone, usual: Tone, harsh: list[tuple[int, int, str | None]], heat: Heat
) -> ThreadFacts:
    channel = (usual.harsh + PRIOR * LEAST_SHARE) / (usual.comments + PRIOR)
    own = (before.harsh + PRIOR * channel) / (before.comments + PRIOR)
    expected = max(own, channel, LEAST_SHARE)
    chance = at_least_by_chance(lately.harsh, lately.comments, expected)
    accounts = len({account for _, account, _ in harsh})
    told = [
        Reason("heat", round(1 - chance, 4), f"{lately.harsh} of the last {counted(lately.comments, 'comment')} are "
               f"harsh, by {counted(accounts, 'account')}; {expected:.0%} would be usual here"),
        Reason("before", round(own, 4), f"before that {before.harsh} of {counted(before.comments, 'comment')} in this "
               f"thread, {usual.harsh} of {usual.comments} on its channel"),
    ]  # fmt: skip
    if language := _language(harsh):
        told.append(Reason("language", 1.0, f"most of them are written in: {language}"))
    ids = tuple(comment_id for comment_id, _, _ in harsh)
    return ThreadFacts(
        row.id, row.platform, row.thread_id, 1 - chance, lately.comments, lately.harsh, accounts, ids,
        [reason.as_dict() for reason in told],
    )  # fmt: skip


def at_least_by_chance(harsh: int, comments: int, share: float) -> float:
    """The chance of so many harsh comments or more, were each one harsh with this chance (binomial)."""
    if harsh <= 0:
        return 1.0
    total = sum(
        exp(lgamma(comments + 1) - lgamma(n + 1) - lgamma(comments - n + 1) + n * log(share)
            + (comments - n) * log(1 - share) if share < 1 else 0.0)
        for n in range(harsh, comments + 1)
    )  # fmt: skip
    return min(1.0, total)


def _is_harsh(heat: Heat) -> ColumnElement[bool]:
    """What a customer says in anger about a problem of theirs is not harsh."""
    sour = and_(Signals.sentiment <= heat.sentiment, Signals.complaint < heat.complaint)
    return or_(and_(Signals.abuse >= heat.abuse, Signals.complaint < heat.complaint), sour)


def _tones(
    session: Session, heat: Heat, by: ColumnElement[Any] | Any, *which: ColumnElement[bool]
) -> Mapping[Any, Tone]:
    harsh = func.sum(case((_is_harsh(heat), 1), else_=0))
    rows = (
        select(by, func.count(), harsh)
        .select_from(Comment)
        .join(Signals, Signals.comment_id == Comment.id)
        .where(Comment.is_brand.is_(False), *which)
        .group_by(by)
    )
    return {key: Tone(comments, found) for key, comments, found in session.execute(rows)}


def _harsh_comments(
    session: Session, heat: Heat, threads: list[int], since: datetime
) -> dict[int, list[tuple[int, int, str | None]]]:
    """By thread the harsh comments of the window: id, account and language."""
    found: dict[int, list[tuple[int, int, str | None]]] = {one: [] for one in threads}
    rows = (
        select(Comment.thread_id, Comment.id, Comment.account_id, Comment.language)
        .join(Signals, Signals.comment_id == Comment.id)
        .where(Comment.is_brand.is_(False), Comment.published_at > since, _is_harsh(heat))
        .order_by(Comment.published_at, Comment.id)
    )
    for thread_id, comment_id, account_id, language in session.execute(rows):
        if thread_id in found:
            found[thread_id].append((comment_id, account_id, language))
    return found


def _language(harsh: list[tuple[int, int, str | None]]) -> str | None:
    languages = [language for _, _, language in harsh if language]
    most = max(sorted(set(languages)), key=languages.count, default=None)
    return most if most and 2 * languages.count(most) > len(harsh) else None
