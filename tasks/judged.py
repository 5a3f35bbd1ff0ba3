"""What strikes, cases and published files are made from."""

from importlib.metadata import version

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from becalm.cases.measures import measures_version
from becalm.policy import Policy
from becalm.reports.weighing import reports_version
from becalm.store import CaseEvent, Decision
from becalm.store.decisions import MACHINE
from becalm.store.marks import made_from


def judged_from(session: Session, policy: Policy) -> str:
    """The groups as they stand (with the comments, the model and the scoring they stand for), policy, what people did
    about accounts, what they decided, and program."""
    decided = session.scalar(select(func.max(Decision.seq))) or 0
    measured = measures_version(session)
    return f"{made_from(session, 'group')} {policy.digest} {measured} {version('becalm')} {decided}"


def cases_from(session: Session, policy: Policy) -> str:
    """The same, whatever else people did on cases, and what was reported."""
    done = session.scalar(select(func.max(CaseEvent.id)).where(CaseEvent.by != MACHINE))
    return f"{judged_from(session, policy)} {done or 0} {reports_version(session)}"
