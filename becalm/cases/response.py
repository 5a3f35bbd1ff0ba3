"""The walk through the response tree: by a person answer by answer, or by the machine as far as it has answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..errors import InputError
from ..policy import Policy
from ..policy.facts import RESPONSE_FACTS
from ..policy.nearest import nearest
from ..policy.response_tree import Answer, End, Question, ResponseTree
from .judging import Test, condition_test, fact_of
from .situation import Situation


class AnswerUnknown(InputError):
    """An answer that the question does not have, or one after the end."""

    def __init__(self, question: str | None, answer: str, why: str) -> None:
        super().__init__(f"{f'question `{question}`: ' if question else ''}{why}")
        self.question, self.answer = question, answer


class TreeMissing(InputError):
    """The policy names no response tree."""


@dataclass(frozen=True, slots=True)
class Passed:
    """One question on the way, by id, with the answer that was given."""

    question: str
    asked: Question
    answer: Answer


@dataclass(frozen=True, slots=True)
class Walk:
    """The way from the start to `at`, which is a question to answer or an end."""

    tree: ResponseTree
    at: str
    path: tuple[Passed, ...] = ()

    @property
    def question(self) -> Question | None:
        return self.tree.questions.get(self.at)

    @property
    def end(self) -> End | None:
        return self.tree.ends.get(self.at)

    def answered(self, answer_id: str) -> "Walk":
        """One step further. Raises `AnswerUnknown`."""
        if self.question is None:
            raise AnswerUnknown(None, answer_id, f"`{answer_id}` answers nothing: the way has come to its end before")
        answers = {answer.id: answer for answer in self.question.answers}
        if answer_id not in answers:
            raise AnswerUnknown(self.at, answer_id, f"there is no answer `{answer_id}`{nearest(answer_id, answers)}")
        return self._over(answers[answer_id])

    def _over(self, answer: Answer) -> "Walk":
        if self.question is None:
            return self
        return Walk(self.tree, answer.to, (*self.path, Passed(self.at, self.question, answer)))


def begin(policy: Policy) -> Walk:
    """At the first question. Raises `TreeMissing`."""
    if policy.tree is None:
        raise TreeMissing(f"{policy.path}: this policy names no `response_tree`, so there is nothing to walk")
    return Walk(policy.tree, policy.tree.start)


def walk(policy: Policy, answer_ids: Sequence[str]) -> Walk:
    """As far as these answers lead. Raises `TreeMissing` and `AnswerUnknown`."""
    way = begin(policy)
    for answer_id in answer_ids:
        way = way.answered(answer_id)
    return way


@dataclass(frozen=True, slots=True)
class Machine:
    """The tree with its conditions made ready to ask, for many cases; `tests` by question, one a machine's answer."""

    start: Walk
    tests: dict[str, tuple[tuple[Answer, Test], ...]]

    def walk(self, situation: Situation) -> Walk:
        """As far as the machine has answers: to an end, which it suggests, or to a question that only people answer."""
        way = self.start
        for answer in self._answers(situation):
            way = way.answered(answer.id)
        return way

    def arrive(self, situation: Situation) -> End | None:
        """Where `walk` ends, without the way there; None where the tree leaves it to people."""
        at = self.start.at
        for answer in self._answers(situation):
            at = answer.to
        return self.start.tree.ends.get(at)

    def _answers(self, situation: Situation) -> Iterator[Answer]:
        at = self.start.at
        while at in self.tests:
            answer = next((answer for answer, fits in self.tests[at] if fits(situation)), None)
            if answer is None:
                return
            yield answer
            at = answer.to


def ready_machine(policy: Policy) -> Machine:
    """Raises `TreeMissing`."""
    start = begin(policy)
    tests = {
        name: tuple((answer, _fits(policy, answer)) for answer in question.answers if answer.when or answer.otherwise)
        for name, question in start.tree.questions.items()
    }
    return Machine(start, tests)


def machine_walk(policy: Policy, situation: Situation) -> Walk:
    """The way of the machine for one case. Raises `TreeMissing`."""
    return ready_machine(policy).walk(situation)


def _fits(policy: Policy, answer: Answer) -> Test:
    """Whether a situation meets all of one entry of `when`; `otherwise` is met by every one that comes so far."""
    entries = [
        [
            (fact_of(name), condition_test(policy, RESPONSE_FACTS[name], name, condition))
            for name, condition in conditions.items()
        ]
        for conditions in answer.when or ()
    ]
    if answer.otherwise:
        return lambda situation: True
    return lambda situation: any(all(test(fact(situation)) for fact, test in entry) for entry in entries)
