"""Writing a decision: into the log, and onto the case that it is about."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..actions.answers import require_sayable
from ..actions.following import follow, targets_in_force, without_spared
from ..appeals.answering import follow_answer
from ..appeals.involved import require_uninvolved
from ..decisions import Decided, Force, append, decisions_of, force_of
from ..notices.withdrawing import withdraw_notices
from ..policy import Policy
from ..reports.outcome import answer_reports
from ..store import CaseComment, Comment
from ..store.cases import APPEAL
from .measured import follow_decision
from .restriking import follow_with_strikes
from .standing import UNCLAIMED, Standing, move, standing


@dataclass(frozen=True, slots=True)
class Settled:
    """`decision` as it was written; what was in force `before` it and is `after` it; the case as it stands now."""

    decision: Decided
    before: Force
    after: Force
    case: Standing

    @property
    def taken_back(self) -> Decided | None:
        """What is no longer in force, and whose actions are to be taken back."""
        return self.before.in_force if self._is_other else None

    @property
    def taken_up(self) -> Decided | None:
        """What came into force, and whose actions are to be carried out."""
        return self.after.in_force if self._is_other else None

    @property
    def _is_other(self) -> bool:
        return self.before.in_force != self.after.in_force


def settle(
    session: Session, policy: Policy, case: Standing, decided: Decided, now: datetime, **changes: Any
) -> Settled:
    """The decision in the log, the case in the state that the log gives it, and strikes, measures, actions and notices
    as it says, all at once.

    All decisions go this way. Raises `CaseConflict` when the case is not as `case` says, `SaidInPublic` where it would
    have us answer somebody in public twice, and `CaseRefused` where an appeal would be answered by somebody who had a
    part in what it is about.
    """
    require_uninvolved(session, case.kind, case.id, decided.by)
    known = decisions_of(session, case.id)
    decided = replace(decided, subjects=decided.subjects or subjects_of(session, case.id))
    before, then = force_of(known), force_of([*known, decided])
    if then.in_force != before.in_force:
        require_sayable(session, policy, before.in_force, then.in_force)
    state = _state(then)
    # The case comes first: once it is written, nobody else can come between reading the log and adding to it.
    moved = move(session, case, decided.kind, decided.by, now, **(UNCLAIMED | state | changes))
    written = append(session, decided)
    settled = Settled(written, before, force_of([*known, written]), moved)
    if moved.kind == APPEAL:
        if settled.taken_back:
            withdraw_notices(session, policy, settled.taken_back, settled.taken_up, written, now)
        for each in follow_answer(session, policy, case.id, settled.before, settled.after, decided.by, now):
            settle(session, policy, standing(session, each.case_id), each, now)
        return settled
    targets = targets_in_force(session, policy, settled.taken_up)
    follow_with_strikes(session, policy, moved, before, settled.after)
    follow_decision(session, policy, settled.taken_back, without_spared(settled.taken_up, targets), now)
    follow(session, policy, written, settled.taken_back, settled.taken_up, targets, now)
    answer_reports(session, policy, moved.kind, settled.before, settled.after, now)
    return settled


def subjects_of(session: Session, case_id: str) -> dict[str, list[int]]:
    """The ids of the comments that the case is about, and of the accounts that wrote them."""
    statement = (
        select(CaseComment.comment_id, Comment.account_id)
        .join(Comment, Comment.id == CaseComment.comment_id)
        .where(CaseComment.case_id == case_id)
    )
    rows = session.execute(statement).all()
    comments, accounts = {row.comment_id for row in rows}, {row.account_id for row in rows}
    return {"comments": sorted(comments), "accounts": sorted(accounts)}


def _state(force: Force) -> dict[str, Any]:
    pending, in_force = force.pending, force.in_force
    return {
        "state": force.state,
        "held_by": pending.by if pending else None,
        "held_at": pending.decided_at if pending else None,
        "decided_at": in_force.decided_at if in_force else None,
    }
