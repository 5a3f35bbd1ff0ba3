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
    about accounts, and program."""
    return f"{made_from(session, 'group')} {policy.digest} {measures_version(session)} {version('becalm')}"


def cases_from(session: Session, policy: Policy) -> str:
    """The same, what people did on cases (decisions, and whatever else is noted as theirs), and what was reported."""
    decided = session.scalar(select(func.max(Decision.seq)))
    done = session.scalar(select(func.max(CaseEvent.id)).where(CaseEvent.by != MACHINE))
    return f"{judged_from(session, policy)} {decided or 0} {done or 0} {reports_version(session)}"
