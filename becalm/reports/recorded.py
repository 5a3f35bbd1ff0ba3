"""Reports of what was decided already: where nothing new can be said, the answer is the one that stands."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..decisions import Decided, decisions_of, force_of
from ..decisions.restricting import restricts
from ..policy import Policy
from ..store import Case, CaseComment, CommentVersion, Report
from ..store.upsert import chunks
from .outcome import answer
from .places import ANSWERING

SETTLED = ("decided", "closed")


def answer_as_recorded(session: Session, policy: Policy, reports: Collection[Report], now: datetime) -> list[Report]:
    """Answers those of these open reports that a decision in force answers; the others are returned.

    Something was done about the comment: it is gone, or hidden. Or people found that it stays, under the rule that the
    report is about. A comment that was edited since is another one. Such an answer says nothing of the reporter.
    """
    standing = _in_force(session, {report.comment_id for report in reports})
    left = []
    for report in reports:
        decided = standing.get(report.comment_id)
        if decided and (restricts(policy, decided) or _was_looked_at(report, decided)):
            answer(session, policy, report, decided, now, counts=False)
        else:
            left.append(report)
    return left


def _was_looked_at(report: Report, decided: Decided) -> bool:
    """Whether a person found that the rule was not broken which this report names."""
    return decided.outcome == "dismissed" and not decided.is_machine and report.rule == decided.rule


def _in_force(session: Session, comment_ids: Collection[int]) -> dict[int, Decided]:
    """By comment, the decision in force on it, the latest of several; none where the comment was edited after that."""
    found: dict[int, Decided] = {}
    for chunk in chunks(sorted(comment_ids)):
        edited = dict(
            session.execute(
                select(CommentVersion.comment_id, func.max(CommentVersion.replaced_at))
                .where(CommentVersion.comment_id.in_(chunk))
                .group_by(CommentVersion.comment_id)
            ).all()
        )
        statement = select(CaseComment.comment_id, Case.id).join(Case, Case.id == CaseComment.case_id)
        which = (CaseComment.comment_id.in_(chunk), Case.state.in_(SETTLED), Case.kind.in_(ANSWERING))
        for comment_id, case_id in session.execute(statement.where(*which).order_by(Case.decided_at)):
            decided = force_of(decisions_of(session, case_id)).in_force
            if decided and not (comment_id in edited and edited[comment_id] > decided.decided_at):
                found[comment_id] = decided
    return found
