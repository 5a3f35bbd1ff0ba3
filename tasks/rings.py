"""Accounts of the store that act together, kept under ids that last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from becalm.policy import Policy
from becalm.records import Judgement, Reason
from becalm.store import Account, Comment, Group, GroupText, Offender, RingAnswer, Text
from becalm.store import Ring as StoredRing
from becalm.store.upsert import add
from embeddings.arrays import Ids
from embeddings.coaction import Acts, Board
from embeddings.names import name_campaigns
from embeddings.rings import Answer, Found, Ring, find_rings

# What is shorter many say by themselves.
LEAST_CHARACTERS = 25
_DAY = 86_400

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wrote:
    """The comments of the window: accounts (places in `ids`), threads, messages (-1: none worth it) and times."""

    ids: list[int]
    account: Ids
    thread: Ids
    message: Ids
    time: np.ndarray

    @property
    def on_days(self) -> Ids:
        """Each message on each day by itself: to say the same again on another day is to meet again."""
        days = (self.time // _DAY).astype(np.int64)
        return np.unique(np.column_stack([self.message, days]), axis=0, return_inverse=True)[1].astype(np.int64)


def keep_rings(session: Session, policy: Policy, as_of: datetime) -> int:
    """Bring the rings to what the comments of the window say; returns how many there are. Only differences are
    written."""
    terms = policy.rings
    wrote = wrote_since(session, as_of - timedelta(days=terms.window_days))
    shared = wrote.message >= 0
    threads = Board(Acts(wrote.account, wrote.thread, wrote.time), 60.0 * terms.thread_minutes)
    said = Acts(wrote.account[shared], wrote.on_days[shared], wrote.time[shared])
    messages = Board(said, 60.0 * terms.message_minutes)
    found = find_rings(len(wrote.ids), threads, messages, terms.chance_ties, terms.least_accounts)
    rings = dict(zip(_names(session, wrote, found.rings), found.rings, strict=True))
    _write(
        session,
        [_row(session, name, ring, wrote) for name, ring in rings.items()],
        _answers(session, wrote, found, rings),
    )
    return len(rings)


def wrote_since(session: Session, since: datetime) -> Wrote:
    """The comments after that, the brand's own apart, and what others said too."""
    judged = {
        text_id: (group_id, verdict)
        for text_id, group_id, verdict in session.execute(
            select(GroupText.text_id, GroupText.group_id, Group.verdict).join(Group, Group.id == GroupText.group_id)
        )
    }
    columns = (Comment.account_id, Comment.thread_id, Comment.text_id, Comment.published_at)
    query = select(*columns, func.length(Text.normalised)).join(Text, Text.id == Comment.text_id)
    rows = session.execute(query.where(Comment.is_brand.is_(False), Comment.published_at > since)).all()
    ids = sorted({row[0] for row in rows})
    accounts, threads = _numbers(ids), _numbers(sorted({row[1] for row in rows}))
    said = [_message(judged.get(row[2]), row[2], row[4]) for row in rows]
    times = _numbers(sorted({one for one in said if one is not None}))
    counts: dict[str, int] = {}
    for one in said:
        if one is not None:
            counts[one] = counts.get(one, 0) + 1
    return Wrote(
        ids,
        np.array([accounts[row[0]] for row in rows], np.int64),
        np.array([threads[row[1]] for row in rows], np.int64),
        np.array([times[one] if one is not None and counts[one] > 1 else -1 for one in said], np.int64),
        np.array([row[3].timestamp() for row in rows], float),
    )


def _message(judged: tuple[str, str] | None, text_id: int, length: int) -> str | None:
    """What a comment says that others may say too; what a crowd says, and a few words, tie nobody."""
    if judged:
        return judged[0] if judged[1] != Judgement.ECHO else None
    return str(text_id) if length >= LEAST_CHARACTERS else None


def _numbers(values: Sequence[Any]) -> dict[Any, int]:
    return {value: number for number, value in enumerate(values)}


def _names(session: Session, wrote: Wrote, rings: Sequence[Ring]) -> list[str]:
    """A ring keeps its id while most of its accounts stay."""
    known = session.execute(select(RingAnswer.account_id, RingAnswer.ring_id).where(RingAnswer.ring_id.is_not(None)))
    earlier = {account: f"c{name[1:]}" for account, name in known}
    groups = [[wrote.ids[one] for one in ring.accounts] for ring in rings]
    return [f"r{name[1:]}" for name in name_campaigns(groups, earlier, {}, set(earlier.values()))]


def _row(session: Session, name: str, ring: Ring, wrote: Wrote) -> Row:
    members = [wrote.ids[one] for one in ring.accounts]
    accounts = {one.id: one.account_id for one in session.scalars(select(Account).where(Account.id.in_(members)))}
    times = wrote.time[np.isin(wrote.account, ring.accounts)]
    ties = [
        {
            "accounts": [accounts[wrote.ids[tie.first]], accounts[wrote.ids[tie.second]]],
            "messages": tie.messages, "messages_by_chance": round(tie.expected_messages, 4),
            "threads": tie.threads, "threads_by_chance": round(tie.expected_threads, 4),
        }
        for tie in ring.ties
    ]  # fmt: skip
    return {
        "id": name, "score": round(ring.density, 4), "ties": ties,
        "reasons": [reason.as_dict() for reason in _reasons(ring)],
        "first_seen": datetime.fromtimestamp(times.min(), UTC), "last_seen": datetime.fromtimestamp(times.max(), UTC),
    }  # fmt: skip


def _reasons(ring: Ring) -> list[Reason]:
    pairs = len(ring.accounts) * (len(ring.accounts) - 1) // 2
    reasons = [Reason("ties", ring.density, f"{len(ring.ties)} of {pairs} pairs act together more than chance has it")]
    for what in ("messages", "threads"):
        together = sum(getattr(tie, what) for tie in ring.ties)
        chance = sum(getattr(tie, f"expected_{what}") for tie in ring.ties)
        if together and chance:
            told = "say the same" if what == "messages" else "come to the same thread"
            reasons.append(Reason(what, 1 - min(1.0, chance / together), f"tied pairs {told} {together} times in short "
                                  f"time, by chance {chance:.1f}"))  # fmt: skip
    return reasons


def _answers(session: Session, wrote: Wrote, found: Found, rings: Mapping[str, Ring]) -> list[Row]:
    """One for each member and each offender."""
    ring_of = {wrote.ids[one]: (name, len(ring.accounts)) for name, ring in rings.items() for one in ring.accounts}
    places = _numbers(wrote.ids)
    asked = sorted({*ring_of, *session.scalars(select(Offender.account_id))})
    rows = []
    for account_id in asked:
        name, size = ring_of.get(account_id, (None, 0))
        answer = found.answer(places[account_id]) if account_id in places else Answer.INSUFFICIENT_DATA
        reasons = [_told(answer, size).as_dict()]
        rows.append({"account_id": account_id, "answer": answer.value, "ring_id": name, "reasons": reasons})
    return rows


def _told(answer: Answer, size: int) -> Reason:
    if answer == Answer.RING:
        return Reason("ring", 1.0, f"acts together with {size - 1} other accounts more than chance has it")
    if answer == Answer.NONE:
        return Reason("ring", 0.0, "acts together with nobody more than chance has it")
    return Reason("ring", 0.0, "wrote too little to say whether it acts together with others")


def _write(session: Session, rings: list[Row], answers: list[Row]) -> None:
    before = [row._asdict() for row in session.execute(select(*StoredRing.__table__.columns))]
    told = [row._asdict() for row in session.execute(select(*RingAnswer.__table__.columns))]
    if _by(before, "id") != _by(rings, "id") or _by(told, "account_id") != _by(answers, "account_id"):
        session.execute(delete(RingAnswer))
        session.execute(delete(StoredRing))
        add(session, StoredRing, rings)
        add(session, RingAnswer, answers)


def _by(rows: Sequence[Row], key: str) -> dict[Any, Row]:
    return {row[key]: row for row in rows}
