"""What was known of an account when a case about it was decided, in words."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..decisions import Decided, force_of
from ..decisions.forces import logs
from ..decisions.restricting import TOLD
from ..policy import Policy
from ..policy.plain_words import listed
from ..store import Case, Comment, Decision, Measure
from .wording import Wording

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Past:
    """What we did about accounts so far, by account: decisions in force that restricted them, and warnings."""

    decisions: Mapping[int, Sequence[Decided]]
    warned: Mapping[int, Sequence[datetime]]


def read_past(session: Session) -> Past:
    """Of every account that a decision in force restricts, or that was warned."""
    decisions: defaultdict[int, list[Decided]] = defaultdict(list)
    touched = select(Case.id).where(Case.id.in_(select(Decision.case_id).where(Decision.action.in_(TOLD))))
    for _, log in logs(session, Decision.case_id.in_(touched)):
        decision = force_of(log).in_force
        if decision and decision.outcome == "upheld" and decision.action in TOLD:
            for account_id in (decision.subjects or {}).get("accounts", []):
                decisions[account_id].append(decision)
    warned: defaultdict[int, list[datetime]] = defaultdict(list)
    warnings = select(Measure.account_id, Measure.taken_at).where(Measure.kind == "warn", Measure.lifted_at.is_(None))
    for account_id, taken_at in session.execute(warnings):
        warned[account_id].append(taken_at)
    return Past(decisions, warned)


def past_in_words(
    session: Session, policy: Policy, past: Past, people: Mapping[int, str], case_id: str, until: datetime,
    since: datetime, wording: Wording,
) -> tuple[str, ...]:  # fmt: skip
    """Sentences about the first few `people` (account id: pseudonym).

    `since` is when the first comment of the case was written, `until` when it was decided: what came later, people
    could not know.
    """
    told: list[str] = []
    wrote = _written_before(session, list(people)[:SHOWN], since)
    for account_id, who in list(people.items())[:SHOWN]:
        told += _about(policy, past, account_id, who, case_id, until, since, wording, wrote.get(account_id))
    return tuple(told)


def _about(
    policy: Policy, past: Past, account_id: int, who: str, case_id: str, until: datetime, since: datetime,
    wording: Wording, wrote: tuple[int, datetime] | None,
) -> list[str]:  # fmt: skip
    told = [wording.say("wrote first", who=who)]
    if wrote:
        comments, first = wrote
        told = [wording.say("wrote", who=who, count=wording.count(comments), days=(since - first).days)]
    earlier = [
        each for each in past.decisions.get(account_id, ()) if each.decided_at < until and each.case_id != case_id
    ]
    rules = dict.fromkeys(each.rule for each in earlier)
    titles = [rule.title if (rule := policy.rule(name)) else name for name in rules]
    told.append(wording.say("acted", who=who, what=listed(titles, "·")) if titles else wording.say("no acts", who=who))
    if any(moment < until for moment in past.warned.get(account_id, ())):
        told.append(wording.say("warned", who=who))
    return told


def _written_before(session: Session, account_ids: Collection[int], since: datetime) -> dict[int, tuple[int, datetime]]:
    statement = (
        select(Comment.account_id, func.count(), func.min(Comment.published_at))
        .where(Comment.account_id.in_(account_ids), Comment.published_at < since)
        .group_by(Comment.account_id)
    )
    return {account_id: (comments, first) for account_id, comments, first in session.execute(statement)}
