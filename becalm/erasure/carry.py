"""Everything in the store that is one person's, out of it in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..policy import Policy
from ..pseudonyms import Pseudonyms
from ..store import Base
from .cases import about, settle_cases
from .contested import forget_contested
from .going import Going
from .grouped import drop_groups, drop_rings, mend_campaigns
from .logged import forget_in_decisions
from .marks import mend_marks
from .replies import forget_answered, forget_company
from .rows import Counts, empty_columns, remove_rows, scrub_spoken
from .subject import Subject
from .told import forget_told
from .tombstones import bury

PSEUDONYMISE = "pseudonymise"


@dataclass(frozen=True, slots=True)
class Carried:
    """Rows `removed` and `changed`, and how many each of those tables had `before` and has `after`, by table."""

    removed: dict[str, int]
    changed: dict[str, int]
    before: dict[str, int]
    after: dict[str, int]

    @property
    def is_nothing(self) -> bool:
        return not (self.removed or self.changed)

    def as_dict(self) -> dict[str, Any]:
        return {"before": self.before, "after": self.after, "removed": self.removed, "changed": self.changed}


def carry_out(session: Session, policy: Policy, subject: Subject, now: datetime, *, may_return: bool) -> Carried:
    """Rows removed, and others without what they said of the person; `may_return` leaves no tombstones.

    To be called in one transaction: all of it, or nothing. What a policy keeps for a while (`then: pseudonymise`, for
    cases) stays without telling whom it was about, and decisions stay whatever it says, for the chain.
    """
    going, before = subject.going, table_counts(session)
    keeping = policy.retention.get("cases")
    theirs = about(session, going)
    changed = forget_told(session, going)
    removed = forget_contested(session, going)
    removed += settle_cases(
        session, going, Pseudonyms.of(session, "case"), keep=keeping is not None and keeping.then == PSEUDONYMISE
    )
    changed["cases"] += removed.pop("cases changed", 0)
    changed["decisions"] += forget_in_decisions(session, going, theirs, subject.said)
    changed += forget_answered(session, subject.platform, subject.comment_ids, going)
    removed += drop_rings(session, going)
    removed_rows, changed_rows = take_out(session, going)
    changed += changed_rows + scrub_spoken(session, subject.said)
    if not may_return:
        bury(session, subject.platform, subject.account_id.partition(":")[2], subject.comment_ids, now)
    removed += removed_rows
    after = table_counts(session)
    touched = [name for name in before if removed[name] or changed[name]]
    return Carried(
        dict(sorted((+removed).items())), dict(sorted((+changed).items())),
        {name: before[name] for name in touched}, {name: after[name] for name in touched},
    )  # fmt: skip


def take_out(session: Session, going: Going) -> tuple[Counts, Counts]:
    """Rows removed and changed: what goes, with all that is made from it."""
    changed = mend_campaigns(session, going) + forget_company(session, going) + empty_columns(session, going)
    removed = drop_groups(session, going)
    removed += remove_rows(session, going)
    return removed, changed + mend_marks(session, going)


def table_counts(session: Session) -> dict[str, int]:
    """How many rows each table has."""
    return {
        name: session.execute(select(func.count()).select_from(table)).scalar_one()
        for name, table in sorted(Base.metadata.tables.items())
    }
