"""What users report is brought to people at once: into the case that a comment lies in, or into one of its own."""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import count

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from ..policy import AppliesTo, Policy, record_policy
from ..reports.places import case_of
from ..store import Case, CaseComment, Clearance, Comment, Reported
from ..store.upsert import chunks
from .changes import CaseChanges, Row, write
from .drafting import Draft
from .facts import read_comments
from .history import SETTLED
from .opening import rows_of
from .reported import draft_of, is_met, report_rule

SIGNALS = frozenset({"reports", "reporter", "tied_reports"})


def bring_to_people(session: Session, policy: Policy, comment_ids: Collection[int], now: datetime) -> None:
    """Adds what is reported of these comments to the cases they lie in, and opens cases for the others.

    Nobody else may change cases meanwhile. The same is done by every run; this only does it at once.
    """
    rule, fresh = report_rule(policy), []
    for comment_id in sorted(comment_ids):
        joined = case_of(session, comment_id)
        if joined:
            _tell(session, joined, comment_id)
        else:
            fresh.append(comment_id)
    if rule is None:
        return
    found = [each for chunk in chunks(fresh) for each in read_comments(session, Comment.id.in_(chunk))]
    drafts = [
        draft_of(policy, rule, _free(session, rule.id, comment.subject), comment)
        for comment in found
        if is_met(policy, rule, comment)
    ]
    if drafts:
        record_policy(session, policy, now)
        _open(session, policy, drafts, now)


def _tell(session: Session, case_id: str, comment_id: int) -> None:
    """Who reported it stands among the reasons. As with its priority, nobody must have seen that to decide."""
    told = session.scalar(select(Reported.reasons).where(Reported.comment_id == comment_id)) or []
    reasons = session.scalars(select(Case.reasons).where(Case.id == case_id)).one()
    kept = [reason for reason in reasons if reason["signal"] not in SIGNALS]
    session.connection().execute(update(Case).where(Case.id == case_id).values(reasons=[*kept, *told]))


def _free(session: Session, rule_id: str, subject: str) -> str:
    """The subject of the first case on it that nobody has decided."""
    same = (Case.rule == rule_id, Case.kind == AppliesTo.COMMENT.value)
    statement = select(Case.subject).where(*same, Case.subject.startswith(subject, autoescape=True))
    settled = set(session.scalars(statement.where(Case.state.in_(SETTLED))))
    names = (subject if number == 1 else f"{subject}~{number}" for number in count(1))
    return next(name for name in names if name not in settled)


def _open(session: Session, policy: Policy, drafts: Sequence[Draft], now: datetime) -> None:
    rows = rows_of(session, policy, drafts, now)
    ids = [draft.id for draft in drafts]
    before = {each for chunk in chunks(ids) for each in session.scalars(select(Case.id).where(Case.id.in_(chunk)))}
    pairs = {
        (row.case_id, row.comment_id)
        for chunk in chunks(ids)
        for row in session.execute(
            select(CaseComment.case_id, CaseComment.comment_id).where(CaseComment.case_id.in_(chunk))
        )
    }
    joined: list[Row] = [{"case_id": draft.id, "comment_id": draft.comments[0].id} for draft in drafts]
    joined = [row for row in joined if (row["case_id"], row["comment_id"]) not in pairs]
    opened = [rows[each] for each in ids if each not in before]
    reopened = [rows[each] for each in ids if each in before]
    write(session, CaseChanges(opened, reopened, [], [], [], joined, []), now)
    for chunk in chunks([draft.comments[0].id for draft in drafts]):
        session.execute(delete(Clearance).where(Clearance.comment_id.in_(chunk)))
