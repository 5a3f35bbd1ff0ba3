"""An explanation as a record for JSON; names are those of the published files."""

from dataclasses import asdict
from typing import Any

from ..store import Case, Strike
from .author import Author
from .explanation import Explanation
from .outcome import Outcome

Record = dict[str, Any]


def explanation_record(told: Explanation) -> Record:
    """Everything that the page shows."""
    comment = told.comment
    return {
        "comment_id": comment.comment_id,
        "platform": comment.platform,
        "channel": comment.channel,
        "published_at": comment.published_at,
        "rating": comment.rating,
        "likes": comment.likes,
        "text": told.text,
        "earlier_texts": [asdict(one) for one in told.earlier],
        "outcome": _outcome(told.outcome),
        "evidence": asdict(told.evidence) if told.evidence else None,
        **asdict(told.company),
        "thread": asdict(told.place),
        "account": _account(told.author),
    }


def _outcome(outcome: Outcome) -> Record:
    return {"cases": [_case(one) for one in outcome.cases], "cleared": outcome.cleared}


def _case(case: Case) -> Record:
    return {
        "case_id": case.id, "queue": case.queue, "rule": case.rule, "policy_version": case.policy_version,
        "state": case.state, "priority": case.priority, "opened_at": case.opened_at, "due_at": case.due_at,
        "suggested_action": case.suggested_action, "suggested_template": case.suggested_template,
        "reasons": case.reasons,
    }  # fmt: skip


def _account(author: Author) -> Record:
    return {
        "account_id": author.account_id,
        "name": author.name,
        "is_brand": author.is_brand,
        "comments": author.comments,
        "first_seen": author.first_seen,
        "strikes": [_strike(one) for one in author.strikes],
        "score": author.score,
        "factors": author.factors,
        "lookalikes": [asdict(one) for one in author.lookalikes],
        "newest": [{**asdict(one.line), "outcome": _outcome(one.outcome)} for one in author.newest],
    }


def _strike(strike: Strike) -> Record:
    return {
        "rule": strike.rule, "cause": strike.cause, "weight": strike.weight, "given_at": strike.given_at,
        "expires_at": strike.expires_at, "upheld": strike.upheld,
    }  # fmt: skip
