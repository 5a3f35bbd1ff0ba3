"""Which policies were in force, word for word."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..errors import PolicyInvalid
from ..store import PolicyVersion
from ..store.upsert import add
from .schema import Policy
from .sources import parsed, split


def record_policy(session: Session, policy: Policy, now: datetime) -> None:
    """Keep this version of the policy; nothing happens when it is kept already.

    Raises `PolicyInvalid` when the version is known with other content: cases name versions, so they must not change.
    """
    known = session.scalar(select(PolicyVersion.digest).where(PolicyVersion.version == policy.version))
    if known == policy.digest:
        return
    if known is not None:
        line = parsed(split(policy.path, policy.document)[0]).line(("version",))
        raise PolicyInvalid(policy.path, line, "version", _raise_it(policy))
    row = {
        "version": policy.version,
        "digest": policy.digest,
        "document": policy.document,
        "first_used_at": now,
    }
    add(session, PolicyVersion, [row])


def _raise_it(policy: Policy) -> str:
    return f"the store knows `{policy.version}` with other content; raise the version, so that old cases keep theirs"
