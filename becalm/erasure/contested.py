"""Reports and appeals of those who go, and reports about what they wrote."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from ..cases.standing import UNCLAIMED
from ..pseudonyms import Pseudonyms
from ..store import Appeal, Base, Case, Report, Reporter, ReporterMeasure
from ..store.upsert import chunks
from .cases import ERASED, pseudonymise
from .going import Going
from .rows import Counts


def forget_contested(session: Session, going: Going) -> Counts:
    """Rows removed, by table: what they reported, and what was reported of them. An appeal that was answered stays
    without who made it and what they wrote, so that the share of decisions that fell stays what it was."""
    removed: Counts = Counts()
    for chunk in chunks(sorted(going.comments)):
        removed["reports"] += _delete(session, Report, Report.comment_id.in_(chunk))
    for reporters in chunks(sorted(_reporters(session, going))):
        removed["reports"] += _delete(session, Report, Report.reporter_id.in_(reporters))
        removed["reporter_measures"] += _delete(session, ReporterMeasure, ReporterMeasure.reporter_id.in_(reporters))
        removed["reporters"] += _delete(session, Reporter, Reporter.id.in_(reporters))
    for chunk in chunks(sorted(going.accounts)):
        own = Appeal.account_id.in_(chunk)
        _forget_cases(session, own)
        removed["appeals"] += _delete(session, Appeal, own & Appeal.outcome.is_(None))
        session.execute(update(Appeal).where(own).values(account_id=None, text="", source=ERASED))
    return +removed


def _forget_cases(session: Session, own: ColumnElement[bool]) -> None:
    """Cases about appeals no longer say whose; nobody has to answer those that wait."""
    waiting = select(Appeal.case_id).where(own, Appeal.outcome.is_(None))
    undone = (Case.id.in_(waiting), Case.state.in_(("open", "held")))
    session.execute(update(Case).where(*undone).values(state="withdrawn", **UNCLAIMED, held_by=None, held_at=None))
    cases = set(session.scalars(select(Appeal.case_id).where(own)))
    pseudonymise(session, cases, Pseudonyms.of(session, "case"))


def forget_reporters(session: Session, ids: Collection[int]) -> None:
    """These reporters under a name that is nobody's; how reliable they were stays."""
    for one in ids:
        session.execute(update(Reporter).where(Reporter.id == one).values(key=f"{ERASED}{one:x}"))
        session.execute(update(ReporterMeasure).where(ReporterMeasure.reporter_id == one).values(note="", evidence={}))


def _reporters(session: Session, going: Going) -> set[int]:
    address = Reporter.platform + ":" + Reporter.key
    return set(session.scalars(select(Reporter.id).where(address.in_(going.account_names))))


def _delete(session: Session, table: type[Base], which: ColumnElement[bool]) -> int:
    return session.connection().execute(delete(table).where(which)).rowcount
