"""What people fill into a notice: words for its gaps, or a text of their own."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from ..errors import InputError
from ..policy import Policy
from ..policy.staffing import person_of
from ..responses.values import cleaned
from ..store import Notice
from ..store.beginnings import ids_beginning
from .owing import BLOCKED, CANCELLED, WAITING
from .rendering import Rendered, render_notice

EDITED_AT_MOST = 4000


class NoticeUnknown(InputError):
    """No notice has this id, or it can't be changed any more."""

    def __init__(self, notice_id: str, why: str) -> None:
        super().__init__(f"notice {notice_id!r}: {why}; nothing was changed")
        self.notice_id = notice_id


def find_notice(session: Session, begins: str) -> Notice:
    """The one whose id begins so. Raises `NoticeUnknown` for none and for several."""
    found = ids_beginning(session, Notice.id, begins)
    if len(found) != 1:
        raise NoticeUnknown(begins, "several begin so" if found else "there is none with this id")
    return session.get_one(Notice, found[0], populate_existing=True)


def fill(
    session: Session, policy: Policy, notice_id: str, by: str, values: Mapping[str, str], now: datetime,
    edited: str | None = None,
) -> Rendered:  # fmt: skip
    """The text with these `values` over what is known, or with a person's own text; it goes out when it is due.

    Raises `NoticeUnknown` for what is sent or called off, and `ValueUnusable` for what can't stand in a text.
    """
    person_of(policy, by)
    notice = _changeable(session, notice_id)
    if edited is not None and not 0 < len(edited.strip()) <= EDITED_AT_MOST:
        raise NoticeUnknown(notice_id, f"a text of one's own has 1 to {EDITED_AT_MOST:,} characters")
    given = {**notice.given, **cleaned(values)}
    this = update(Notice).where(Notice.id == notice.id)
    text = edited if edited is not None else notice.edited
    session.execute(this.values(given=given, edited=text, tried_under=None))
    rendered = render_notice(session, policy, find_notice(session, notice.id), now)
    session.execute(this.values(gaps=list(rendered.gaps), state=BLOCKED if rendered.gaps else WAITING))
    return rendered


def call_off(session: Session, policy: Policy, notice_id: str, by: str) -> Notice:
    """Nobody is told. Raises `NoticeUnknown` for what is sent or called off already."""
    person_of(policy, by)
    notice = _changeable(session, notice_id)
    session.execute(update(Notice).where(Notice.id == notice.id).values(state=CANCELLED))
    return find_notice(session, notice.id)


def _changeable(session: Session, notice_id: str) -> Notice:
    notice = find_notice(session, notice_id)
    if notice.state not in (WAITING, BLOCKED):
        told = "it is in the outbox already" if notice.state == "ready" else "it was called off"
        raise NoticeUnknown(notice_id, told)
    return notice
