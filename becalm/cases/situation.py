"""What the response tree is asked about a case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..policy import Policy
from ..responses.once import Place, Planned, count_public_answers
from ..signals.lexicon import load_lexicon
from ..store import Account, Case, CaseComment, Comment, Offender
from .facts import CommentFacts, read_comments
from .history import root_subject
from .reasons import clearness
from .told import count_notices


@dataclass(frozen=True, slots=True)
class Situation:
    """Facts about one case. Signals are those of its clearest comment, or means over the comments of a group.

    `notices`: how many notices its accounts had from us before; `public_answers`: in its threads; `ladder`: of an
    account, the action of the ladder's step for the strikes that people upheld. None is unknown.
    """

    rule: str
    kind: str
    platform: str = ""
    channel: str = ""
    language: str | None = None
    spam: float | None = None
    abuse: float | None = None
    off_topic: float | None = None
    complaint: float | None = None
    praise: float | None = None
    sentiment: float | None = None
    keywords: Sequence[str] | None = None
    private_data: Sequence[Any] | None = None
    private_data_of: Sequence[str] | None = None
    rating: float | None = None
    verdict: str | None = None
    complaint_topics: tuple[str, ...] = ()
    notices: int = 0
    public_answers: int = 0
    ladder: str | None = None


def situation_of(
    policy: Policy,
    rule: str,
    kind: str,
    comments: Sequence[CommentFacts],
    reasons: Sequence[Mapping[str, Any]],
    answers: Mapping[Place, int],
    notices: Mapping[int, int],
    upheld: float = 0.0,
) -> Situation:
    """What is known of a case with these comments and reasons; `answers` and `notices` (by account) may hold more.

    `upheld`: of a case on an account, the weight of its strikes that people upheld.
    """
    step = policy.step(upheld) if kind == "account" else None
    told: dict[str, Any] = {
        "ladder": step.action if step else None,
        "rule": rule,
        "kind": kind,
        "complaint_topics": complaint_topics(reasons),
        "notices": max((notices.get(comment.account_id, 0) for comment in comments), default=0),
        "public_answers": max((answers.get(Place(one.account_id, one.thread_id), 0) for one in comments), default=0),
    }
    if not comments:
        return Situation(**told)
    opened_by = policy.rule(rule)
    if kind == "comment":
        # A rule that is gone can't tell which comment is the clearest.
        clearest = max(comments, key=lambda one: clearness(opened_by, one)) if opened_by else comments[0]
        return Situation(**told, **{name: getattr(clearest, name) for name in _OF_COMMENT})
    means: dict[str, Any] = {name: _mean(comments, name) for name in _SIGNALS}
    return Situation(**told, **means, verdict=comments[0].verdict if kind == "group" else None)


def read_situation(
    session: Session,
    policy: Policy,
    case: Case,
    planned: Planned | None = None,
    notices: Mapping[int, int] | None = None,
) -> Situation:
    """The situation of a stored case as it is now."""
    of_case = select(CaseComment.comment_id).where(CaseComment.case_id == case.id)
    comments = read_comments(session, Comment.id.in_(of_case))
    answers = count_public_answers(session, {comment.thread_id for comment in comments}, planned)
    if notices is None:
        notices = count_notices(session, {comment.account_id for comment in comments})
    upheld = upheld_of(session, case.subject) if case.kind == "account" else 0.0
    return situation_of(policy, case.rule, case.kind, comments, case.reasons, answers, notices, upheld)


def upheld_of(session: Session, subject: str) -> float:
    """Weight of the strikes that people upheld, of the account that the case `subject` is about."""
    platform, _, author_id = root_subject(subject).partition(":")
    statement = select(Offender.upheld).join(Account, Account.id == Offender.account_id)
    return session.scalar(statement.where(Account.platform == platform, Account.author_id == author_id)) or 0.0


def complaint_topics(reasons: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The kinds of complaint that the reasons of a case tell of, in their order."""
    says = _topics()
    told = (reason["text"].partition(": “")[0] for reason in reasons if reason["signal"] == "complaint")
    return tuple(dict.fromkeys(says[words] for words in told if words in says))


_SIGNALS = ("spam", "abuse", "off_topic", "complaint", "praise", "sentiment")
_OF_COMMENT = (
    *_SIGNALS, "platform", "channel", "language", "keywords", "private_data", "private_data_of", "rating", "verdict",
)  # fmt: skip


@lru_cache(maxsize=1)
def _topics() -> dict[str, str]:
    return {phrase.kind.says: phrase.kind.name for phrase in load_lexicon("complaint") if phrase.kind.weight}


def _mean(comments: Sequence[CommentFacts], signal: str) -> float | None:
    known = [value for comment in comments if (value := getattr(comment, signal)) is not None]
    return fmean(known) if known else None
