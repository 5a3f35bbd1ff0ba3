"""Nobody is kept from commenting without a warning before, as the guidelines promise."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..errors import CaseRefused
from ..policy import Policy
from ..store import Account, CaseComment, Comment
from .measures import standings

SHOWN = 3


def require_warned(
    session: Session, policy: Policy, case_id: str, rule_id: str, action: str, outcome: str, now: datetime
) -> None:
    """Raises `CaseRefused` where the action would suspend somebody who was never warned."""
    if why := why_not_suspended(session, policy, case_id, rule_id, action, outcome, now):
        raise CaseRefused(case_id, why)


def why_not_suspended(
    session: Session, policy: Policy, case_id: str, rule_id: str, action: str, outcome: str, now: datetime
) -> str | None:
    """What keeps the accounts of the case from being suspended by this action, None where nothing does.

    Of each account a warning must be in force, or a suspension that it was told of. Only a rule that says
    `without_warning` needs none.
    """
    if action not in policy.actions or not policy.actions[action].suspends:
        return None
    if outcome != "upheld":
        return f"where the rule was not met, nobody is kept from commenting: `{action}` needs the outcome upheld"
    rule = policy.rule(rule_id)
    if rule is not None and rule.without_warning:
        return None
    accounts = _accounts(session, case_id)
    told = standings(session, policy, now, list(accounts))
    unwarned = sorted(name for account_id, name in accounts.items() if account_id not in told)
    return (
        f"{_named(unwarned)} never warned, and nobody is suspended before that{_ladder(policy)}" if unwarned else None
    )


def _accounts(session: Session, case_id: str) -> dict[int, str]:
    statement = (
        select(Account.id, Account.platform + ":" + Account.author_id)
        .join(Comment, Comment.account_id == Account.id)
        .join(CaseComment, CaseComment.comment_id == Comment.id)
        .where(CaseComment.case_id == case_id)
    )
    return dict(session.execute(statement.distinct()).all())


def _named(accounts: Sequence[str]) -> str:
    rest = len(accounts) - SHOWN
    names = ", ".join(accounts[:SHOWN]) + (f" and {rest} more" if rest > 0 else "")
    return f"{names} {'was' if len(accounts) == 1 else 'were'}"


def _ladder(policy: Policy) -> str:
    first = next(iter(policy.ladder), None)
    return f": the ladder begins with `{first.action}`" if first else ""
