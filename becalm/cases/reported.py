"""Cases about what users report: who reported it, and a case of its own for what is in no other."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..policy import AppliesTo, Policy, Rule
from ..policy.facts import REPORTS
from ..reports.places import ANSWERING
from ..store import Comment, Reported
from .changes import is_taken
from .drafting import Draft
from .facts import CommentFacts, read_comments
from .history import History
from .priority import Circumstances
from .reasons import clearness, reasons_of

_TOLD = (Reported.comment_id, Reported.weight, Reported.reasons)


def report_rule(policy: Policy) -> Rule | None:
    """The rule under which reports alone open a case, None where they open none."""
    return next((rule for rule in reversed(policy.rules_for(AppliesTo.COMMENT)) if rule.is_of_reports), None)


def report_drafts(
    session: Session, policy: Policy, history: History, drafts: Sequence[Draft], now: datetime
) -> Iterator[Draft]:
    """A case for each reported comment that is in no other one people are still to decide.

    Brand's own comments, unscored ones and those that were decided before are among them: somebody waits for an answer.
    """
    rule = report_rule(policy)
    if rule is None:
        return
    covered = {comment.id for draft in drafts if draft.kind in ANSWERING for comment in draft.comments}
    for known in history.cases.values():
        if known.kind in ANSWERING and (known.state == "held" or is_taken(known, now)):
            covered |= history.comments.get(known.id, frozenset())
    for comment in read_comments(session, Comment.id.in_(select(Reported.comment_id))):
        if comment.id in covered:
            continue
        subject, _ = history.follow_up(rule, AppliesTo.COMMENT.value, comment.subject, frozenset({comment.id}))
        is_open = (rule.id, AppliesTo.COMMENT.value, subject) in history.open_since
        if is_open or is_met(policy, rule, comment):
            yield draft_of(policy, rule, subject, comment)


def draft_of(policy: Policy, rule: Rule, subject: str, comment: CommentFacts) -> Draft:
    clear = clearness(rule, comment)
    customers_first = policy.queues[rule.queue].customers_first
    circumstances = Circumstances(rule.severity, clear, is_customer=customers_first)
    return Draft(rule, subject, (comment,), circumstances, reasons_of(policy, rule, comment), clearest=comment)


def report_reasons(session: Session, drafts: Sequence[Draft]) -> dict[str, list[dict[str, Any]]]:
    """By case id, who reported what it is about; of many reported comments, of the one with the gravest reports."""
    told = {row.comment_id: row for row in session.execute(select(*_TOLD)).all()}
    reasons = {}
    for draft in drafts:
        reported = [told[comment.id] for comment in draft.comments if comment.id in told]
        if reported and draft.kind in ANSWERING:
            reasons[draft.id] = list(max(reported, key=lambda row: (row.weight, -row.comment_id)).reasons)
    return reasons


def is_met(policy: Policy, rule: Rule, comment: CommentFacts) -> bool:
    """Whether the comment has open reports, and as many as the rule asks for."""
    asked = rule.when[REPORTS]
    low = 0.0 if asked.at_least is None else policy.number(asked.at_least)
    high = comment.reports if asked.at_most is None else policy.number(asked.at_most)
    return comment.reports > 0 and low <= comment.reports <= high
