"""The walk through the response tree: by a person answer by answer, or by the machine as far as it has answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..errors import InputError
from ..policy import Policy
from ..policy.facts import RESPONSE_FACTS
from ..policy.nearest import nearest
from ..policy.response_tree import Answer, End, Question, ResponseTree
from .judging import condition_test, fact_of
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


def machine_answer(policy: Policy, question: Question, situation: Situation) -> Answer | None:
    """The first answer whose conditions the situation meets, else the one for otherwise; None leaves it to people."""
    for answer in question.answers:
        if answer.otherwise or any(
            all(
                condition_test(policy, RESPONSE_FACTS[name], name, condition)(fact_of(name)(situation))
                for name, condition in conditions.items()
            )
            for conditions in answer.when or ()
        ):
            return answer
    return None


def machine_walk(policy: Policy, situation: Situation) -> Walk:
    """As far as the machine has answers: to an end, which it suggests, or to a question that only people answer."""
    way = begin(policy)
    while way.question is not None:
        answer = machine_answer(policy, way.question, situation)
        if answer is None:
            return way
        way = way.answered(answer.id)
    return way


def suggested_end(policy: Policy, situation: Situation) -> End | None:
    """What the machine suggests, None where the policy has no tree or the tree leaves it to people."""
    return machine_walk(policy, situation).end if policy.tree else None
