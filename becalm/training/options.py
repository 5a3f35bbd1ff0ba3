"""The answers that somebody could give to a case: the right one among such as people do give."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from string import ascii_lowercase

from ..policy import Policy, Rule
from .decided import Answer, Lesson
from .pack import Option
from .wording import Wording

MOST = 4
LEAST = 2


def options_for(
    lesson: Lesson, right: Answer, policy: Policy, given: Mapping[str, Sequence[Answer]], wording: Wording, seed: str
) -> tuple[Option, ...]:
    """Two to four answers in an order that only the seed knows, `right` among them.

    The others are, as far as there are such: what was tried on this case, what people decided on cases of its rule
    (`given`, the commonest first), nothing at all, what its rule suggests, and its nearest rules.
    """
    answers = list(dict.fromkeys([right, *_others(lesson, right, policy, given)]))[:MOST]
    answers.sort(key=lambda each: lot(seed, lesson.case_id, each.rule or "", each.action))
    return tuple(
        Option(letter, each.rule, each.action, wording.answer(policy, each))
        for letter, each in zip(ascii_lowercase, answers, strict=False)
    )


def lot(*parts: str) -> str:
    """A number that nobody chose, and the same each time for the same parts."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _others(lesson: Lesson, right: Answer, policy: Policy, given: Mapping[str, Sequence[Answer]]) -> Iterator[Answer]:
    rule = policy.rule(lesson.rule)
    known = {each.id for each in policy.rules}
    yield from (each for each in (lesson.right, *lesson.tried) if _can_be(policy, known, each))
    yield from [each for each in given.get(lesson.rule, ()) if _can_be(policy, known, each)][:1]
    if right.rule is not None:
        yield Answer(None, "none")
    if rule is not None:
        yield Answer(rule.id, rule.action)
        yield from (Answer(each.id, each.action) for each in _nearest(policy, rule))


def _can_be(policy: Policy, known: set[str], answer: Answer) -> bool:
    return answer.action in policy.actions and (answer.rule is None or answer.rule in known)


def _nearest(policy: Policy, rule: Rule) -> Iterable[Rule]:
    """Rules on the same kind of thing: those of the same queue first, then the ones most alike in severity."""
    others = [each for each in policy.rules if each.applies_to == rule.applies_to and each.id != rule.id]
    return sorted(others, key=lambda each: (each.queue != rule.queue, abs(each.severity - rule.severity), each.id))
