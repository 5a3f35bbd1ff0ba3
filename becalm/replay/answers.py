"""What one policy makes of stored facts: which rule it answers with, and which cases it opens."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ..cases.drafting import Draft, draft_cases
from ..cases.facts import CommentFacts, Facts
from ..cases.history import History, root_subject
from ..cases.judging import Judged, judge
from ..cases.priority import urgency
from ..policy import Policy, Rule
from ..review.period import Period

# As if nothing had been decided yet: both policies start from the same empty desk.
EMPTY_DESK = History({}, {}, {}, {}, frozenset(), {}, {}, {}, ())


@dataclass(frozen=True, slots=True)
class WouldOpen:
    """A case that the policy opens; `hours` is how long it may wait."""

    kind: str
    subject: str
    rule: str
    queue: str
    channel: str
    hours: float
    comments: tuple[int, ...]


class Answers:
    """A policy asked about facts that never change meanwhile."""

    def __init__(self, session: Session, policy: Policy, facts: Facts, period: Period) -> None:
        self.policy = policy
        self._judged: Judged = judge(facts, policy)
        self._accounts = {account.subject: account.id for account in facts.accounts}
        self._campaigns = {comment.id: comment.campaign_id for comment in facts.comments if comment.campaign_id}
        self._place = {rule.id: place for place, rule in enumerate(_by_gravity(policy.rules))}
        drafts = draft_cases(session, facts, policy, self._judged, EMPTY_DESK)
        self.opened = tuple(self._opened(draft) for draft in drafts if _is_about(draft.comments, period))

    def rule_for(self, kind: str, subject: str, comments: Collection[int]) -> str | None:
        """Id of the gravest rule met by what a case is about, None where it would not be opened."""
        root = root_subject(subject)
        if kind == "account":
            rule = self._judged.accounts.get(self._accounts.get(root, 0))
            return rule.id if rule else None
        if kind == "group" and (rule := self._judged.groups.get(root)):
            return rule.id
        met = {rule.id for comment in comments for rule in self._rules_of(comment)}
        return min(met, key=self._place.__getitem__, default=None)

    def hours(self, rule_id: str, priority: float) -> float:
        """How long a case of this rule and priority may wait."""
        rule = self.policy.rule(rule_id)
        assert rule is not None
        return self.policy.queues[rule.queue].service_hours * (1 - self.policy.priority.shortens_wait * priority)

    def queue(self, rule_id: str) -> str:
        rule = self.policy.rule(rule_id)
        assert rule is not None
        return rule.queue

    def _rules_of(self, comment: int) -> Iterable[Rule]:
        own, group = self._judged.comments.get(comment), self._judged.groups.get(self._campaigns.get(comment, ""))
        return (rule for rule in (own, group) if rule)

    def _opened(self, draft: Draft) -> WouldOpen:
        urgent = urgency(draft.circumstances, self.policy.priority, draft.rule.title)
        first = draft.comments[0]
        return WouldOpen(
            kind=draft.kind,
            subject=draft.subject,
            rule=draft.rule.id,
            queue=draft.rule.queue,
            channel=f"{first.platform}/{first.channel}",
            hours=self.hours(draft.rule.id, urgent.priority),
            comments=tuple(comment.id for comment in draft.comments),
        )


def _by_gravity(rules: Iterable[Rule]) -> list[Rule]:
    return sorted(rules, key=lambda rule: -rule.severity)


def _is_about(comments: Iterable[CommentFacts], period: Period) -> bool:
    return any(period.start <= comment.published_at < period.end for comment in comments)
