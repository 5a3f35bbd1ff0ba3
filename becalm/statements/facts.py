"""The facts of a decision in plain words, made of numbers and of the policy's own words, and of nothing a stranger
wrote."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..decisions import Decided
from ..policy import Policy, Rule
from ..policy.facts import FACTS, FactKind
from ..policy.plain_words import conditions_in_words, listed
from ..wording import counted
from .origin import Notified, Origin
from .persons import mask_persons
from .vocabulary import FULLY, PARTIALLY, TEXTS, YES

ROUNDS = 9
KINDS = {
    "comment": "What was decided on",
    "group": "What was decided on, one message pushed again and again",
    "account": "What was decided on, an account by what it wrote",
    "thread": "What was decided on, comments of one thread",
}


@dataclass(frozen=True, slots=True)
class Matter:
    """What a case is about, in numbers: how much of it there is, since when and until when it was written."""

    kind: str
    comments: int
    accounts: int
    threads: int
    first: date
    last: date


def facts_in_words(
    policy: Policy, decided: Decided, matter: Matter, reasons: Sequence[Mapping[str, Any]], origin: Origin,
    notified: Notified | None, confirmed: bool,
) -> str:  # fmt: skip
    """`decision_facts`: at most 5,000 characters without personal data.

    The texts of `reasons` may quote people, so only the names of their signals and their scores are told.
    """
    rule = policy.rule(decided.rule)
    sentences = [
        _about(matter),
        _found(policy, rule, reasons, origin, notified),
        _breached(rule, decided),
        _decided(origin, confirmed),
    ]
    if decided.overrides:
        sentences.append("It takes the place of an earlier decision on the same matter.")
    return fitted("decision_facts", " ".join(filter(None, sentences)))


def fitted(field: str, text: str) -> str:
    """The text in one line, without private data, and as long as the field may be."""
    safe = _in_one_line(text)
    # What is masked or cut off may leave something beside it that looks like private data by itself.
    for _ in range(ROUNDS):
        before, safe = safe, _cut(mask_persons(safe), TEXTS[field])
        if safe == before:
            break
    return safe


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _in_one_line(text: str) -> str:
    """Without what can't be seen, or turns the writing direction."""
    return "".join(char for char in " ".join(text.split()) if char.isprintable())


def _about(matter: Matter) -> str:
    span = f"written on {matter.first}" if matter.first == matter.last else f"written {matter.first} to {matter.last}"
    amounts = [counted(matter.comments, "comment"), counted(matter.accounts, "account")]
    if matter.comments:
        return f"{KINDS[matter.kind]}: {amounts[0]} by {amounts[1]} in {counted(matter.threads, 'thread')}, {span}."
    return f"{KINDS[matter.kind]}."


def _found(
    policy: Policy, rule: Rule | None, reasons: Sequence[Mapping[str, Any]], origin: Origin, notified: Notified | None
) -> str:
    told = f"There came in {counted(notified.count, 'notice')} of it. " if notified else ""
    if origin.detection != YES or rule is None:
        return told + ("" if notified else "A person noticed it while at work on another matter.")
    found = "; ".join(_signals(policy, rule, reasons))
    signals = f" Found: {found}." if found else ""
    return f"{told}Found automatically by what the rule asks: {conditions_in_words(policy, rule)}.{signals}"


def _signals(policy: Policy, rule: Rule, reasons: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """What the rule's own signals came to: the highest score, or those names of ours that are found."""
    for name in rule.when:
        fact, own = FACTS[rule.applies_to][name], [each for each in reasons if each.get("signal") == name]
        if fact.kind == FactKind.NUMBER and fact.high == 1:
            scores = [each["score"] for each in own if isinstance(each.get("score"), int | float)]
            if scores and 0 <= max(scores) <= 1:
                yield f"{fact.words} {max(scores):.2f}"
        else:
            names = tuple(policy.phrases) if name == "keywords" else fact.names
            told = " ".join(str(each.get("text", "")) for each in own)
            if met := [each for each in names if each in told]:
                yield f"{fact.words}: {listed(met)}"


def _breached(rule: Rule | None, decided: Decided) -> str:
    title = f" “{rule.title}”" if rule else ""
    return f"It was found to meet the rule{title} ({decided.rule}) of the policy, version {decided.policy_version}."


def _decided(origin: Origin, confirmed: bool) -> str:
    if origin.decision == FULLY:
        return "A machine decided alone, as the policy allows under this rule."
    second = " A second person agreed." if confirmed else ""
    took_over = ", as the machine had suggested" if origin.decision == PARTIALLY else ""
    return f"A person decided{took_over}.{second}"
