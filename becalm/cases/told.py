"""Who had a notice from us before: the first one is the mild one."""

from collections import Counter
from collections.abc import Collection

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ..decisions.forces import forces
from ..decisions.restricting import TOLD
from ..store import CaseComment, Comment, Decision, Measure
from ..store.upsert import KEYS_AT_ONCE


def count_notices(session: Session, account_ids: Collection[int] | None = None) -> Counter[int]:
    """By account, how many decisions in force restrict it or what it wrote, and how many measures were taken besides.

    What was reversed, undone or lifted does not count. `account_ids` None is all of them.
    """
    told: Counter[int] = Counter()
    touched = select(Decision.case_id).where(Decision.action.in_(TOLD))
    if account_ids is not None and len(account_ids) <= KEYS_AT_ONCE:
        touched = touched.where(Decision.case_id.in_(_cases_of(account_ids)))
    for _, force in forces(session, Decision.case_id.in_(touched)):
        decided = force.in_force
        if decided is not None and decided.action in TOLD and decided.outcome == "upheld":
            told.update((decided.subjects or {}).get("accounts", []))
    told.update(
        session.scalars(select(Measure.account_id).where(Measure.decision_id.is_(None), Measure.lifted_at.is_(None)))
    )
    return told if account_ids is None else Counter({each: told[each] for each in account_ids if each in told})


def _cases_of(account_ids: Collection[int]) -> Select[str]:
    written = select(CaseComment.case_id).join(Comment, Comment.id == CaseComment.comment_id)
    return written.where(Comment.account_id.in_(account_ids))
