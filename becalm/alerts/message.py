"""What people read: how many comments, the newest of them without private data, and where their cases are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..policy.alert_lists import KeywordList
from ..review.excerpt import excerpt
from ..store import Case, CaseComment, Comment, Signals
from ..store.upsert import chunks
from ..wording import counted

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Places:
    """Where cases are to be seen: `case_link` has {case} in it; without one, the file of the queue is named."""

    published: Path
    case_link: str | None = None

    def of(self, case_id: str, queue: str) -> str:
        if self.case_link:
            return self.case_link.replace("{case}", case_id)
        return f"case {case_id} in {(self.published / 'queues' / f'{queue}.jsonl').absolute().as_uri()}"


@dataclass(frozen=True, slots=True)
class Message:
    title: str
    body: str


def message(
    session: Session, keywords: KeywordList, comment_ids: Sequence[int], unsure: int, places: Places
) -> Message:
    """One message of all these comments; of `unsure` others nobody knows whether they were told."""
    told = f"{counted(len(comment_ids), 'comment')} on the alert list “{keywords.id}”"
    parts = [f"{told}, for {keywords.owner}. {_queue_of(keywords)}"] if comment_ids else []
    if unsure:
        parts.append(
            f"An earlier run was cut off while it told of {counted(unsure, 'comment')}. Whether that arrived is not "
            f"known, and they are not told again. {_queue_of(keywords)}"
        )
    newest = _newest(session, comment_ids)
    if newest:
        parts.append("The newest:" if len(newest) < len(comment_ids) else "What was said:")
        parts += [_example(session, keywords, one, places) for one in newest]
    return Message(f"becalm: {told}" if comment_ids else f"becalm: alert list “{keywords.id}”", "\n\n".join(parts))


def _queue_of(keywords: KeywordList) -> str:
    return f"They wait in the queue “{keywords.queue}”."


def _newest(session: Session, comment_ids: Sequence[int]) -> list[int]:
    found: list[tuple[datetime, int]] = []
    for chunk in chunks(comment_ids):
        query = select(Comment.published_at, Comment.id).where(Comment.id.in_(chunk))
        latest = query.order_by(Comment.published_at.desc(), Comment.id.desc()).limit(EXAMPLES)
        found += [(at, comment_id) for at, comment_id in session.execute(latest)]
    return [comment_id for _, comment_id in sorted(found, reverse=True)[:EXAMPLES]]


def _example(session: Session, keywords: KeywordList, comment_id: int, places: Places) -> str:
    query = select(Comment, Signals.keywords).join(Signals, Signals.comment_id == Comment.id)
    comment, met = session.execute(query.where(Comment.id == comment_id)).one()
    phrases = ", ".join(f"“{phrase}”" for phrase in met if phrase in keywords.phrases)
    head = f"{comment.published_at:%Y-%m-%d %H:%M} UTC, {comment.platform}/{comment.channel}, {phrases}:"
    return "\n".join([head, excerpt(comment.text), *_cases(session, comment_id, places)])


def _cases(session: Session, comment_id: int, places: Places) -> list[str]:
    query = select(Case.id, Case.queue).join(CaseComment, CaseComment.case_id == Case.id)
    found = session.execute(query.where(CaseComment.comment_id == comment_id, Case.state == "open").order_by(Case.id))
    return [places.of(case_id, queue) for case_id, queue in found]
