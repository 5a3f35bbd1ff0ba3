"""Which cases there ought to be, from the rules that are met and what people have decided before."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from ..policy import Policy, Rule
from ..records import Reason
from ..store import Comment
from ..store.upsert import chunks
from .facts import AccountFacts, CommentFacts, Facts, GroupFacts, read_comments
from .history import History
from .judging import Judged, offences
from .laddering import ladder_reason
from .matters import anchor, matters
from .priority import Circumstances
from .reasons import clearness, reasons_of


@dataclass(frozen=True)
class Draft:
    """A case as it ought to stand.

    `about` says why its rule is met, `told` holds the reasons of those who found it: the grouping, the ranking.
    `clearest` is the comment that meets the rule best, None for groups and accounts. `upheld`: of an account, the
    weight of its strikes that people upheld.
    """

    rule: Rule
    subject: str
    comments: tuple[CommentFacts, ...]
    circumstances: Circumstances
    about: tuple[Reason, ...]
    told: tuple[dict[str, Any], ...] = ()
    clearest: CommentFacts | None = None
    upheld: float = 0.0

    @property
    def kind(self) -> str:
        return self.rule.applies_to.value

    @cached_property
    def id(self) -> str:
        return case_id(self.rule.id, self.kind, self.subject)

    @cached_property
    def language(self) -> str | None:
        """The language that most of its comments are in, as two letters, None where nobody said."""
        known = Counter(comment.language[:2].lower() for comment in self.comments if comment.language)
        return min(known, key=lambda language: (-known[language], language)) if known else None


def case_id(rule: str, kind: str, subject: str) -> str:
    """A short id made from what the case is about, so that every run finds the same case."""
    return "k" + hashlib.blake2b("\0".join((rule, kind, subject)).encode(), digest_size=6).hexdigest()


def draft_cases(session: Session, facts: Facts, policy: Policy, judged: Judged, history: History) -> Iterator[Draft]:
    """One case for a whole group, one for a comment (or for all that one person said of the matter), one an account."""
    for group in facts.groups:
        if rule := judged.groups.get(group.id):
            yield from _group_draft(policy, history, rule, group)
    # What only a machine saw of an account makes nothing else about it more urgent.
    scores = {account.id: account.score for account in facts.accounts if account.upheld}
    for rule, comments in matters(facts, judged, history):
        yield _comment_draft(
            policy, history, rule, comments, max(scores.get(each.account_id, 0.0) for each in comments)
        )
    behind = _comments_behind(session, facts, judged)
    for account in facts.accounts:
        if rule := judged.accounts.get(account.id):
            yield from _account_draft(policy, history, rule, account, behind.get(account.id, ()))
    yield from _thread_drafts(session, facts, policy, judged, history)


def _group_draft(policy: Policy, history: History, rule: Rule, group: GroupFacts) -> Iterator[Draft]:
    subject, comments = _undecided(history, rule, group.id, group.members)
    if comments:
        circumstances = Circumstances(
            rule.severity,
            group.score,
            comments=group.comments,
            accounts=group.accounts,
            threads=group.threads,
            is_customer=policy.queues[rule.queue].customers_first,
        )
        yield Draft(rule, subject, comments, circumstances, reasons_of(policy, rule, group), tuple(group.reasons))


def _comment_draft(
    policy: Policy, history: History, rule: Rule, comments: tuple[CommentFacts, ...], account_score: float
) -> Draft:
    clearest = max(comments, key=lambda comment: clearness(rule, comment))
    accounts = len({comment.account_id for comment in comments})
    circumstances = Circumstances(
        rule.severity,
        clearness(rule, clearest),
        comments=len(comments) if accounts > 1 else 1,
        accounts=accounts,
        threads=len({comment.thread_id for comment in comments}) if accounts > 1 else 1,
        account=account_score,
        repeats=len(comments) if accounts == 1 else 1,
        is_customer=policy.queues[rule.queue].customers_first,
    )
    subject = anchor(history, rule, comments).subject
    return Draft(rule, subject, comments, circumstances, reasons_of(policy, rule, clearest), clearest=clearest)


def _account_draft(
    policy: Policy, history: History, rule: Rule, account: AccountFacts, behind: tuple[CommentFacts, ...]
) -> Iterator[Draft]:
    subject, comments = _undecided(history, rule, account.subject, behind)
    if comments:
        circumstances = Circumstances(
            rule.severity,
            clearness(rule, account),
            comments=len(behind),
            threads=len({comment.thread_id for comment in behind}),
            account=account.score,
            is_customer=policy.queues[rule.queue].customers_first,
        )
        about = (*reasons_of(policy, rule, account), *ladder_reason(policy, rule, account.upheld))
        yield Draft(rule, subject, comments, circumstances, about, tuple(account.reasons), upheld=account.upheld)


def _thread_drafts(session: Session, facts: Facts, policy: Policy, judged: Judged, history: History) -> Iterator[Draft]:
    """One a thread, and never again once somebody decided on it: people are reminded once."""
    for thread in facts.threads:
        rule = judged.threads.get(thread.id)
        if rule and (rule.id, rule.applies_to.value, thread.subject) not in history.decided:
            comments = read_comments(session, Comment.id.in_(thread.harsh_ids))
            circumstances = Circumstances(
                rule.severity, clearness(rule, thread), comments=len(comments), accounts=thread.harsh_accounts
            )
            about = reasons_of(policy, rule, thread)
            yield Draft(rule, thread.subject, comments, circumstances, about, tuple(thread.reasons))


def _undecided(
    history: History, rule: Rule, subject: str, comments: tuple[CommentFacts, ...]
) -> tuple[str, tuple[CommentFacts, ...]]:
    ids = frozenset(comment.id for comment in comments)
    name, new = history.follow_up(rule, rule.applies_to.value, subject, ids)
    return name, tuple(comment for comment in comments if comment.id in new)


def _comments_behind(session: Session, facts: Facts, judged: Judged) -> dict[int, tuple[CommentFacts, ...]]:
    """What a person should read about each account: what earned it strikes, or else all it wrote."""
    behind: dict[int, dict[int, CommentFacts]] = defaultdict(dict)
    for _, _, comment in offences(judged, facts):
        if comment.account_id in judged.accounts:
            behind[comment.account_id][comment.id] = comment
    for chunk in chunks(sorted(judged.accounts.keys() - behind.keys())):
        for comment in read_comments(session, Comment.account_id.in_(chunk)):
            behind[comment.account_id][comment.id] = comment
    return {account_id: tuple(comments.values()) for account_id, comments in behind.items()}
