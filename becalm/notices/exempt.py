"""Who is told when something of theirs is acted on: everybody, but for deceptive advertising in bulk."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..decisions.targets import Subject, Targets
from ..policy import Policy
from ..store import Signals
from ..store.upsert import chunks


def told_accounts(session: Session, policy: Policy, rule: str, targets: Targets) -> dict[int, tuple[Subject, ...]]:
    """The accounts with their comments; under a rule that is exempt only those of which no comment is clearly spam."""
    accounts = targets.accounts
    if rule not in policy.notices.exempt:
        return accounts
    spam = _spam(session, targets, policy.notices.exempt_from_spam)
    return {
        account_id: comments
        for account_id, comments in accounts.items()
        if spam.isdisjoint(comment.id for comment in comments)
    }


def _spam(session: Session, targets: Targets, at_least: float) -> set[int]:
    found: set[int] = set()
    for chunk in chunks([comment.id for comment in targets.comments]):
        clear = select(Signals.comment_id).where(Signals.comment_id.in_(chunk), Signals.spam >= at_least)
        found.update(session.scalars(clear))
    return found
