"""Which comments are one matter, and so one case: somebody who has to ask three times is one person waiting."""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from datetime import timedelta
from itertools import pairwise

from ..policy import Rule
from .facts import CommentFacts, Facts
from .history import History
from .judging import Judged

Matter = tuple[CommentFacts, ...]


def matters(facts: Facts, judged: Judged, history: History) -> Iterator[tuple[Rule, Matter]]:
    """The comments that meet a rule on their own, gathered, in order of time.

    Gathered is what one account said under a rule with `join_days`, no further than that apart; and under any rule
    the comments of one campaign, so that an address pushed by a thousand accounts is one case and not a thousand.
    Comments that a person has decided on under a rule as grave are left out.
    """
    gathered: dict[tuple[Hashable, ...], list[CommentFacts]] = defaultdict(list)
    rules: dict[tuple[Hashable, ...], Rule] = {}
    for comment in facts.comments:
        rule = judged.comments.get(comment.id)
        if rule and not history.is_settled(comment.id, rule):
            key = _key(rule, comment, in_group_case=comment.campaign_id in judged.groups)
            rules[key] = rule
            gathered[key].append(comment)
    for key, comments in gathered.items():
        days = None if key[1] == "campaign" else rules[key].join_days
        for near in _near_in_time(comments, days) if days else [tuple(comments)]:
            yield rules[key], near


def anchor(history: History, rule: Rule, matter: Matter) -> CommentFacts:
    """The comment that names the case: that of the case open longest, so that late arrivals don't rename it."""
    since = {
        comment.id: (history.open_since[key], place)
        for place, comment in enumerate(matter)
        if (key := (rule.id, rule.applies_to.value, comment.subject)) in history.open_since
    }
    return min((comment for comment in matter if comment.id in since), key=lambda c: since[c.id], default=matter[0])


def _key(rule: Rule, comment: CommentFacts, in_group_case: bool) -> tuple[Hashable, ...]:
    if in_group_case:
        return (rule.id, "campaign", comment.campaign_id)
    return (rule.id, "account", comment.account_id) if rule.join_days else (rule.id, "comment", comment.id)


def _near_in_time(comments: list[CommentFacts], days: int) -> Iterator[Matter]:
    """`comments` cut wherever more than `days` passed between two."""
    gap = timedelta(days=days)
    cuts = [
        place
        for place, (one, following) in enumerate(pairwise(comments), 1)
        if following.published_at - one.published_at > gap
    ]
    for start, end in pairwise([0, *cuts, len(comments)]):
        yield tuple(comments[start:end])
