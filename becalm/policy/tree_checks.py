"""Whether a response tree leads everybody to an end, and every end says what may be said."""

from collections.abc import Iterator

from .facts import RESPONSE_FACTS, WARNED_IN_VAIN
from .marks import Location
from .nearest import nearest
from .response_tree import Answer, Question, ResponseTree, Step
from .rule_checks import asks_for, problems_of_condition
from .schema import Policy

Problem = tuple[Location, str]


def problems_of_tree(policy: Policy, tree: ResponseTree) -> Iterator[Problem]:
    """What keeps the tree from leading to an end that can be carried out, as (where, why)."""
    known = {*tree.questions, *tree.ends}
    if tree.start not in tree.questions:
        yield ("start",), f"there is no question `{tree.start}`{nearest(tree.start, tree.questions)}"
    for name in tree.questions.keys() & tree.ends.keys():
        yield ("ends", name), f"`{name}` is a question too: which of them is meant?"
    for name, question in tree.questions.items():
        for where, why in _problems_of_question(policy, known, question):
            yield ("questions", name, *where), why
        for place, answer in enumerate(question.answers):
            if _suspends_unwarned(policy, tree, answer):
                why = f"nobody is suspended without a warning before: ask for a rule that asks for `{WARNED_IN_VAIN}`"
                yield ("questions", name, "answers", place, "to"), why
    for name, end in tree.ends.items():
        for where, step in [((), end), *((("then", place), step) for place, step in enumerate(end.then))]:
            for key, why in _problems_of_step(policy, step, hands_over=_hands_over(policy, end)):
                yield ("ends", name, *where, key), why
    yield from _problems_of_ways(tree)


def _problems_of_question(policy: Policy, known: set[str], question: Question) -> Iterator[Problem]:
    ids = [answer.id for answer in question.answers]
    for place, answer in enumerate(question.answers):
        here: Location = ("answers", place)
        if answer.id in ids[:place]:
            yield (*here, "id"), f"`{answer.id}` stands twice"
        if answer.to not in known:
            yield (*here, "to"), f"there is no question and no end `{answer.to}`{nearest(answer.to, known)}"
        if answer.otherwise and place < len(question.answers) - 1:
            yield (*here, "otherwise"), "stands before others, which the machine would never give"
        for number, conditions in enumerate(answer.when or ()):
            for name, condition in conditions.items():
                there = (*here, "when", number, name)
                if name not in RESPONSE_FACTS:
                    yield there, f"a case has no `{name}`{nearest(name, RESPONSE_FACTS)}"
                    continue
                for key, why in problems_of_condition(policy, name, RESPONSE_FACTS[name], condition):
                    yield (*there, key), why


def _suspends_unwarned(policy: Policy, tree: ResponseTree, answer: Answer) -> bool:
    """Whether the machine would come to a suspension by this answer under a rule that asks for no warning."""
    end = tree.ends.get(answer.to)
    action = policy.actions.get(end.action) if end else None
    if action is None or not action.suspends or not (answer.when or answer.otherwise):
        return False
    named = [entry["rule"] for entry in answer.when or () if "rule" in entry]
    ids = {each for one in named for each in (*(one.any_of or ()), *((one.is_,) if one.is_ else ()))}
    rules = [rule for rule in policy.rules if rule.id in ids]
    warned = all(rule.without_warning or asks_for(policy, rule, WARNED_IN_VAIN) for rule in rules)
    return answer.otherwise or len(named) < len(answer.when or ()) or not warned


def _hands_over(policy: Policy, end: Step) -> bool:
    return end.action in policy.actions and policy.actions[end.action].hands_over


def _problems_of_step(policy: Policy, step: Step, *, hands_over: bool) -> Iterator[tuple[str, str]]:
    action, template = policy.actions.get(step.action), policy.template(step.template)
    if action is None:
        yield "action", f"there is no action `{step.action}`{nearest(step.action, policy.actions)}"
    elif hands_over and action.in_public:
        yield "action", f"what is handed over is never escalated in public, as `{step.action}` would"
    if template is None:
        ids = {each.id for each in policy.templates}
        yield "template", f"there is no template `{step.template}`{nearest(step.template, ids)}"
    elif action is not None and step.action not in template.actions:
        yield "template", f"`{template.id}` is for {', '.join(template.actions)}, not for {step.action}"


def _problems_of_ways(tree: ResponseTree) -> Iterator[Problem]:
    reached: set[str] = set()
    yield from _walk(tree, tree.start, (), reached)
    for kind, names in (("questions", tree.questions), ("ends", tree.ends)):
        for name in names:
            if name not in reached and tree.start in tree.questions:
                yield (kind, name), "no way from the start leads here"


def _walk(tree: ResponseTree, name: str, before: tuple[str, ...], reached: set[str]) -> Iterator[Problem]:
    """Every question and end that can be come to; a way that comes back to where it was never ends."""
    if name in reached or name not in tree.questions:
        reached.add(name)
        return
    reached.add(name)
    for place, answer in enumerate(tree.questions[name].answers):
        if answer.to in (*before, name):
            yield ("questions", name, "answers", place, "to"), f"leads back to `{answer.to}`, so that nobody arrives"
        else:
            yield from _walk(tree, answer.to, (*before, name), reached)
