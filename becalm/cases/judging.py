"""Which rule of the policy each group, comment and account meets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from ..policy import AppliesTo, Policy, Rule
from ..policy.conditions import Condition
from ..policy.facts import FACTS, MADE_FROM_STRIKES, Fact, FactKind
from .facts import CommentFacts, Facts

Test = Callable[[Any], bool]

# A phrase may be on lists that listen elsewhere.
READ_FOR = {"keywords": ("keywords", "platform", "channel", "language")}


@dataclass(frozen=True, slots=True)
class Readied:
    """A rule with its conditions made ready to ask."""

    rule: Rule
    tests: tuple[tuple[Callable[[Any], Any], Test], ...]

    def is_met(self, facts: object) -> bool:
        for fact, test in self.tests:  # noqa: SIM110 - a hundred thousand times, and `all` takes twice as long
            if not test(fact(facts)):
                return False
        return True


@dataclass(frozen=True, slots=True)
class Judged:
    """The rule met, by campaign id, comment id, account id and thread id; whatever meets none is not in it."""

    groups: dict[str, Rule]
    comments: dict[int, Rule]
    accounts: dict[int, Rule]
    threads: dict[int, Rule]


def judge(facts: Facts, policy: Policy, ignoring_strikes: bool = False) -> Judged:
    """The most important rule that each thing meets.

    A comment whose whole group meets a rule is part of that, and meets on its own only rules that say `also_in_groups`.
    The brand's own comments and accounts, and comments not scored yet, meet none. Rules that ask for reports alone
    are left out: they are met by what no other case is about (`reported`). With `ignoring_strikes`, rules that
    read strikes are left out: strikes are given by what is left.
    """
    ready = {kind: _readied(policy, kind, ignoring_strikes) for kind in AppliesTo}
    groups = {group.id: rule for group in facts.groups if (rule := _first(ready[AppliesTo.GROUP], group))}
    alone = ready[AppliesTo.COMMENT]
    grouped = tuple(each for each in alone if each.rule.also_in_groups)
    comments = {}
    for comment in facts.comments:
        if not comment.is_brand and comment.is_scored:
            rule = _first(grouped if comment.campaign_id in groups else alone, comment)
            if rule:
                comments[comment.id] = rule
    accounts = {
        account.id: rule
        for account in facts.accounts
        if not account.is_brand and (rule := _first(ready[AppliesTo.ACCOUNT], account))
    }
    threads = {one.id: rule for one in facts.threads if (rule := _first(ready[AppliesTo.THREAD], one))}
    return Judged(groups, comments, accounts, threads)


def offences(judged: Judged, facts: Facts) -> list[tuple[Rule, str, CommentFacts]]:
    """Every comment that a rule with a strike was met by, with the rule and its cause (campaign id or the comment)."""
    found = [
        (rule, group.id, member)
        for group in facts.groups
        if (rule := judged.groups.get(group.id)) and rule.strike
        for member in group.members
    ]
    for comment in facts.comments:
        rule = judged.comments.get(comment.id)
        if rule and rule.strike:
            found.append((rule, comment.subject, comment))
    return found


def _first(readied: Sequence[Readied], facts: object) -> Rule | None:
    return next((each.rule for each in readied if each.is_met(facts)), None)


def _readied(policy: Policy, kind: AppliesTo, ignoring_strikes: bool) -> tuple[Readied, ...]:
    return tuple(
        Readied(
            rule,
            tuple(
                (fact_of(name), condition_test(policy, FACTS[kind][name], name, ask)) for name, ask in rule.when.items()
            ),
        )
        for rule in policy.rules_for(kind)
        if not (ignoring_strikes and MADE_FROM_STRIKES & rule.when.keys()) and not rule.is_of_reports
    )


def fact_of(name: str) -> Callable[[Any], Any]:
    """How to read a fact, with what else must be known to judge it."""
    return attrgetter(*READ_FOR.get(name, (name,)))


def condition_test(policy: Policy, fact: Fact, name: str, condition: Condition) -> Test:
    """Whether what is known of a fact meets a condition; what is unknown meets none."""
    if fact.kind == FactKind.NUMBER:
        return _number_test(policy, condition)
    if name == "keywords":
        return _keywords_test(policy, condition)
    asked = _asked(condition)
    if fact.kind == FactKind.NAMES:
        return _names_test(asked, _number_test(policy, condition))
    return lambda value: value in asked


def _number_test(policy: Policy, condition: Condition) -> Test:
    """An unknown number is neither high nor low."""
    low = float("-inf") if condition.at_least is None else policy.number(condition.at_least)
    high = float("inf") if condition.at_most is None else policy.number(condition.at_most)
    return lambda value: value is not None and low <= value <= high


def _asked(condition: Condition) -> set[str]:
    return {condition.is_} if condition.is_ is not None else set(condition.any_of or ())


def _names_test(asked: set[str], count: Test) -> Test:
    def test(found: list[Any] | None) -> bool:
        if not found:
            return not asked and count(0)
        names = {each["kind"] if isinstance(each, dict) else each for each in found}
        return count(len(found)) and (not asked or not asked.isdisjoint(names))

    return test


def _keywords_test(policy: Policy, condition: Condition) -> Test:
    """Rules name the lists, comments hold phrases."""
    asked, count = _asked(condition), _number_test(policy, condition)

    def test(comment: tuple[list[str] | None, str, str, str | None]) -> bool:
        phrases, platform, channel, language = comment
        if not phrases:
            return not asked and count(0)
        heard = policy.lists_heard(phrases, platform, channel, language)
        return count(len(phrases)) and (not asked or not asked.isdisjoint([*phrases, *heard]))

    return test
