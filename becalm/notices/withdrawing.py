"""Notices of a decision that is no longer in force: called off, or followed by a word that it was wrong."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.orm import Session

from ..decisions import Decided
from ..policy import Policy
from ..policy.templates import Audience
from ..store import Action, Notice, NoticeCause
from ..store.upsert import add_missing
from .owed import Owed
from .owing import BLOCKED, CANCELLED, READY, WAITING, due_at, new_row, note

Found = Row[tuple[str, str, str, int | None, str | None, str, int | None, int | None]]


def withdraw_notices(
    session: Session, policy: Policy, taken_back: Decided, taken_up: Decided | None, cause: Decided, now: datetime
) -> None:
    """What was not sent is not sent any more; who was told already and is no longer meant, is to be told so.

    Somebody to whom the new decision would say the same again, is not told twice.
    """
    wronged: list[Found] = []
    for notice in _notices_of(session, taken_back):
        if notice.attempts is None or notice.attempts <= (notice.misses or 0):
            _drop(session, notice.id, taken_back.id)
        elif notice.audience == Audience.AUTHOR and is_restricting(policy, notice.action):
            if _says_the_same(taken_back, taken_up):
                cause_row = {"notice_id": notice.id, "decision_id": taken_up.id if taken_up else "", "comments": []}
                add_missing(session, NoticeCause, [cause_row])
            elif taken_up is None or taken_up.outcome != "upheld" or not is_restricting(policy, taken_up.action):
                wronged.append(notice)
    _owe_apologies(session, policy, wronged, cause, now)


def is_restricting(policy: Policy, action: str) -> bool:
    """Whether it takes something from a person: their comment, their voice, or their good standing."""
    return action in policy.outbox.effects or action == "warn"


def _notices_of(session: Session, decided: Decided) -> list[Found]:
    columns = (Notice.id, Notice.audience, Notice.action, Notice.account_id, Notice.language, Notice.recipient)
    statement = (
        select(*columns, Action.attempts, Action.misses)
        .join(NoticeCause, NoticeCause.notice_id == Notice.id)
        .outerjoin(Action, (Action.notice_id == Notice.id) & (Action.attempts > Action.misses))
        .where(NoticeCause.decision_id == decided.id, Notice.state.in_((WAITING, BLOCKED, READY)))
        .order_by(Notice.id)
    )
    return list(session.execute(statement))


def _drop(session: Session, notice_id: str, decision_id: str) -> None:
    """The notice tells of this decision no more; without another one it goes, and what waited in the outbox too."""
    own = (NoticeCause.notice_id == notice_id, NoticeCause.decision_id == decision_id)
    session.execute(delete(NoticeCause).where(*own))
    left = session.scalars(select(func.count()).select_from(NoticeCause).where(NoticeCause.notice_id == notice_id))
    state = WAITING if left.one() else CANCELLED
    this = update(Notice).where(Notice.id == notice_id)
    session.execute(this.values(state=state, text=None, ready_at=None, appeal_until=None, tried_under=None))
    waiting = (Action.notice_id == notice_id, Action.state.in_(("planned", "failed", "dead")))
    session.execute(update(Action).where(*waiting).values(state="cancelled"))


def _says_the_same(before: Decided, after: Decided | None) -> bool:
    return after is not None and (before.action, before.rule, "upheld") == (after.action, after.rule, after.outcome)


def _owe_apologies(session: Session, policy: Policy, wronged: Iterable[Found], cause: Decided, now: datetime) -> None:
    """Each is told once that it was a mistake; what is said besides, a person writes."""
    rows = {}
    for notice in wronged:
        effect = policy.outbox.effects.get(notice.action)
        template = policy.notices.lifted if effect is None or effect.on == "account" else None
        owed = Owed(
            Audience.AUTHOR, notice.recipient, "restore", cause.case_id, cause.id, language=notice.language,
            template=template,
        )  # fmt: skip
        concerned = {"account_id": notice.account_id, "rule": cause.rule}
        rows[owed.id] = new_row(owed, due_at(policy, cause.id, now), now) | concerned
    note(session, list(rows.values()), {notice_id: {cause.id: []} for notice_id in rows})
