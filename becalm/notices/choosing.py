"""Which text an author gets: the first one is the mild one."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..decisions import Decided
from ..policy import Policy
from ..policy.templates import Audience
from ..store import Case, Measure, Notice
from ..store.upsert import chunks


@dataclass(frozen=True, slots=True)
class Choice:
    """The id of a template; None where the policy has none for this action, which blocks the notice."""

    template: str | None


def choices(session: Session, policy: Policy, decided: Decided, account_ids: Collection[int]) -> dict[int, Choice]:
    """For each account. Nothing where no author is ever told of this action, such as of an upheld appeal.

    A person may choose the text, also for somebody's first notice; a machine's first one is always the mild one.
    """
    fitting = _fitting(policy, decided.action, Audience.AUTHOR)
    if not fitting:
        return {}
    if decided.template in fitting and not decided.is_machine:
        return dict.fromkeys(account_ids, Choice(decided.template))
    first = policy.notices.first if policy.notices.first in fitting else None
    later = template_named(session, policy, decided, Audience.AUTHOR)
    before = _had_notices(session, account_ids)
    return {each: Choice(later if each in before or first is None else first) for each in account_ids}


def template_named(session: Session, policy: Policy, decided: Decided, audience: Audience) -> str | None:
    """What the decision, its rule or the case names for this audience, else the first that is not the mild one."""
    suggested = session.scalar(select(Case.suggested_template).where(Case.id == decided.case_id))
    rule = policy.rule(decided.rule)
    fitting = _fitting(policy, decided.action, audience)
    others = [each for each in fitting if each != policy.notices.first] or fitting
    named = (decided.template, rule.template if rule else None, suggested)
    return next((each for each in named if each in others), next(iter(others), None))


def _fitting(policy: Policy, action: str, audience: Audience) -> list[str]:
    found = (each.id for each in policy.templates if action in each.actions and each.audience == audience)
    return list(dict.fromkeys(found))


def _had_notices(session: Session, account_ids: Collection[int]) -> set[int]:
    """Those who were told before that something of theirs was acted on, or against whom a measure was taken."""
    found: set[int] = set()
    for chunk in chunks(sorted(account_ids)):
        told = select(Notice.account_id).where(
            Notice.account_id.in_(chunk), Notice.audience == Audience.AUTHOR.value, Notice.state == "ready",
            Notice.action.not_in(("restore", "message")),
        )  # fmt: skip
        found.update(account_id for account_id in session.scalars(told) if account_id is not None)
        measured = select(Measure.account_id).where(
            Measure.account_id.in_(chunk), Measure.decision_id.is_(None), Measure.lifted_at.is_(None)
        )
        found.update(session.scalars(measured))
    return found
