"""Who had a notice from us before: the first one is the mild one."""

from collections import Counter
from collections.abc import Collection
from itertools import groupby
from operator import attrgetter

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..decisions import Decided, force_of
from ..decisions.force import COLUMNS
from ..decisions.restricting import TOLD
from ..store import Decision, Measure


def count_notices(session: Session, account_ids: Collection[int] | None = None) -> Counter[int]:
    """By account, how many decisions in force restrict it or what it wrote, and how many measures were taken besides.

    What was reversed, undone or lifted does not count. `account_ids` None is all of them.
    """
    told: Counter[int] = Counter()
    touched = select(Decision.case_id).where(Decision.action.in_(TOLD))
    rows = session.connection().execute(
        select(*COLUMNS).where(Decision.case_id.in_(touched)).order_by(Decision.case_id, Decision.seq)
    )
    for _, log in groupby((Decided(*row) for row in rows), attrgetter("case_id")):
        decided = force_of(list(log)).in_force
        if decided is not None and decided.action in TOLD and decided.outcome == "upheld":
            told.update((decided.subjects or {}).get("accounts", []))
    told.update(
        session.scalars(select(Measure.account_id).where(Measure.decision_id.is_(None), Measure.lifted_at.is_(None)))
    )
    return told if account_ids is None else Counter({each: told[each] for each in account_ids if each in told})
