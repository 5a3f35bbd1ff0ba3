"""Rules in the language of whoever is told of them, and which are not yet in it."""

from collections.abc import Iterator

from .other_words import RuleWords
from .schema import Policy, Rule
from .template_text import variables_of

QUOTING = frozenset({"rule", "rule_meaning"})


def words_of(policy: Policy, rule: Rule, language: str | None) -> RuleWords:
    """The rule in that language (`de` also serves `de-AT`), else as the policy itself words it."""
    for wanted in (language or "", (language or "").split("-")[0]):
        found = policy.in_other_words.get(wanted, {}).get(rule.id)
        if found is not None:
            return found
    return RuleWords(title=rule.title, meaning=rule.meaning)


def untold(policy: Policy) -> Iterator[tuple[str, tuple[str, ...]]]:
    """By language whose templates quote rules, the ids of the rules that have no words in it."""
    quoting = {one.language for one in policy.templates if QUOTING & set(variables_of(one.text))}
    for language in sorted(quoting - {policy.language}):
        known = policy.in_other_words.get(language, {})
        if missing := tuple(rule.id for rule in policy.rules if rule.id not in known):
            yield language, missing
