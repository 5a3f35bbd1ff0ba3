"""How long reports and appeals are kept."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from ..store import Appeal, Report
from .carry import PSEUDONYMISE
from .cases import ERASED
from .contested import forget_reporters
from .term import Due, Term, Work

FINISHED = ("answered", "paused", "gone")


def _reports(_: Session, work: Work) -> Due:
    due = [Report.received_at < work.before, Report.state.in_(FINISHED)]
    due += [or_(Report.text != "", Report.comment_name != ERASED)] if work.then == PSEUDONYMISE else []
    return select(Report.id).where(*due)


def _carry_reports(session: Session, keys: Sequence[Any], work: Work) -> None:
    """What was reported goes; who reported nothing else since then is nobody any more."""
    ids = [key[0] for key in keys]
    reporters = set(session.scalars(select(Report.reporter_id).where(Report.id.in_(ids))))
    if work.then == PSEUDONYMISE:
        session.execute(update(Report).where(Report.id.in_(ids)).values(text="", comment_name=ERASED, source=ERASED))
    else:
        session.execute(delete(Report).where(Report.id.in_(ids)))
    younger = select(Report.reporter_id).where(Report.received_at >= work.before)
    forget_reporters(session, reporters - set(session.scalars(younger)))


def _appeals(_: Session, work: Work) -> Due:
    due = [Appeal.answered_at < work.before]
    due += [or_(Appeal.text != "", Appeal.account_id.is_not(None))] if work.then == PSEUDONYMISE else []
    return select(Appeal.case_id).where(*due)


def _carry_appeals(session: Session, keys: Sequence[Any], work: Work) -> None:
    own = Appeal.case_id.in_([key[0] for key in keys])
    if work.then == PSEUDONYMISE:
        session.execute(update(Appeal).where(own).values(account_id=None, text="", source=ERASED))
    else:
        session.execute(delete(Appeal).where(own))


REPORTS = Term(_reports, _carry_reports)
APPEALS = Term(_appeals, _carry_appeals)
