"""What came of comments: the cases they are in, or why they were cleared."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..store import Case, CaseComment, Clearance


@dataclass(frozen=True, slots=True)
class Outcome:
    """Cases, the most urgent first, withdrawn ones last; `cleared` says why a comment is in none."""

    cases: tuple[Case, ...]
    cleared: str | None


def read_outcomes(session: Session, comment_ids: Sequence[int]) -> Mapping[int, Outcome]:
    """By the store's comment id, one for each of `comment_ids`."""
    cases: defaultdict[int, list[Case]] = defaultdict(list)
    held = select(CaseComment.comment_id, Case).join(Case, Case.id == CaseComment.case_id)
    urgent_first = (Case.state == "withdrawn", Case.priority.desc(), Case.id)
    for comment_id, case in session.execute(
        held.where(CaseComment.comment_id.in_(comment_ids)).order_by(*urgent_first)
    ):
        cases[comment_id].append(case)
    reasons = select(Clearance.comment_id, Clearance.reason).where(Clearance.comment_id.in_(comment_ids))
    cleared = dict(session.execute(reasons).all())
    return {one: Outcome(tuple(cases[one]), cleared.get(one)) for one in comment_ids}
