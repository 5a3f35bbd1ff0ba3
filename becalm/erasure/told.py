"""What somebody was told, and what was done on the platform about them: that it was stays, and of whom goes."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from ..actions.planning import CANCELLED, DEAD, OPEN
from ..notices.owing import BLOCKED, READY, WAITING
from ..store import Action, Notice, NoticeCause
from ..store.upsert import chunks
from .cases import ERASED
from .going import Going
from .rows import Counts

UNSENT = (WAITING, BLOCKED, READY)
WORDLESS: dict[str, Any] = {
    "recipient": ERASED, "given": {}, "gaps": [], "text": None, "edited": None, "account_id": None, "comment_id": None,
}  # fmt: skip
# By these a row that names nobody any more is still told from others.
DEEDLESS: dict[str, Any] = {"detail": {}, "results": None, "last_error": None, "account_id": None}


def forget_told(session: Session, going: Going) -> Counts:
    """Notices to those who go lose reader and words, actions on them and their comments lose their target; what was
    not sent or done yet never will be. Returns rows changed, by table."""
    notices = _notices_to(session, going)
    actions = _actions_on(session, going, notices)
    changed = Counts(notices=empty_notices(session, notices), actions=empty_actions(session, actions))
    for chunk in chunks(sorted(going.comments)):
        answered = update(Notice).where(Notice.comment_id.in_(chunk)).values(comment_id=None)
        changed["notices"] += session.connection().execute(answered).rowcount
    changed["notice_causes"] += _forget_causes(session, going)
    return +changed


def empty_notices(session: Session, ids: Collection[str]) -> int:
    """These notices without reader and words; how many there are."""
    for chunk in chunks(sorted(ids)):
        own = Notice.id.in_(chunk)
        session.execute(update(Notice).where(own, Notice.state.in_(UNSENT)).values(state=CANCELLED))
        session.execute(update(Notice).where(own).values(**WORDLESS))
        session.execute(update(NoticeCause).where(NoticeCause.notice_id.in_(chunk)).values(comments=[]))
    return len(ids)


def empty_actions(session: Session, ids: Collection[int]) -> int:
    """These actions without target and detail; how many there are."""
    for chunk in chunks(sorted(ids)):
        own = Action.id.in_(chunk)
        session.execute(update(Action).where(own, Action.state.in_((*OPEN, DEAD))).values(state=CANCELLED))
        # A target of its own for each row: of one decision on one target there is one action.
        nameless = ERASED + Action.key
        session.execute(update(Action).where(own).values(target=nameless, **DEEDLESS))
    return len(ids)


def _notices_to(session: Session, going: Going) -> set[str]:
    return set(_found(session, Notice.id, [
        *_among(Notice.account_id, going.accounts), *_among(Notice.recipient, going.account_names)
    ]))  # fmt: skip


def _actions_on(session: Session, going: Going, notices: Collection[str]) -> set[int]:
    named = [*going.comment_names, *(name.replace(":", "/", 1) for name in going.account_names)]
    return set(_found(session, Action.id, [
        *_among(Action.account_id, going.accounts),
        *_among(Action.notice_id, notices),
        *_among(Action.platform + "/" + Action.target, named),
    ]))  # fmt: skip


def _forget_causes(session: Session, going: Going) -> int:
    """Comments that go are no longer among those that a notice told of."""
    changed = 0
    for notice_id, decision_id, comments in session.execute(
        select(NoticeCause.notice_id, NoticeCause.decision_id, NoticeCause.comments)
    ).all():
        rest = [one for one in comments if one not in going.comments]
        if rest != comments:
            own = (NoticeCause.notice_id == notice_id, NoticeCause.decision_id == decision_id)
            session.execute(update(NoticeCause).where(*own).values(comments=rest))
            changed += 1
    return changed


def _among(column: Any, values: Collection[Any]) -> Iterator[ColumnElement[bool]]:
    yield from (column.in_(chunk) for chunk in chunks(sorted(values)))


def _found(session: Session, column: Any, which: Sequence[ColumnElement[bool]]) -> Iterator[Any]:
    for each in which:
        yield from session.scalars(select(column).where(each))
