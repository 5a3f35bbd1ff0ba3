"""What strikes, cases and published files are made from."""

from importlib.metadata import version

from sqlalchemy.orm import Session

from becalm.cases.measures import measures_version
from becalm.policy import Policy
from becalm.store.marks import made_from


def judged_from(session: Session, policy: Policy) -> str:
    """The groups as they stand (with the comments, the model and the scoring they stand for), policy, what people did
    about accounts, and program."""
    return f"{made_from(session, 'group')} {policy.digest} {measures_version(session)} {version('becalm')}"
