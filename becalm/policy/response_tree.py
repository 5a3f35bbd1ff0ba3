"""The response decision tree: questions that lead, answer by answer, to what is done and said."""

from typing import Annotated

from pydantic import Field, model_validator

from .conditions import Condition
from .part import Id, Lenient, Part, Words

When = Annotated[tuple[Annotated[dict[str, Condition], Field(min_length=1)], ...], Lenient]


class Answer(Part):
    """One way on. The machine gives it where all of one entry of `when` holds, or where no answer before it fits."""

    id: Id
    says: Words
    to: Id
    when: When | None = None
    otherwise: bool = False

    @model_validator(mode="after")
    def _one_way(self) -> "Answer":
        if self.when and self.otherwise:
            raise ValueError("gives both `when` and `otherwise`: it holds under conditions, or where no other does")
        return self


class Question(Part):
    """What is asked; where the machine has no answer, only a person goes on."""

    asks: Words
    help: str = ""
    answers: Annotated[tuple[Answer, ...], Field(strict=False, min_length=2)]


class Step(Part):
    """Something done, with the text for it."""

    action: Id
    template: Id


class End(Step):
    """What to do; `then` follows in this order, once the first is done."""

    says: Words
    then: Annotated[tuple[Step, ...], Field(strict=False)] = ()


class ResponseTree(Part):
    """Questions and ends by id; the first question is `start`."""

    start: Id
    questions: Annotated[dict[Id, Question], Field(min_length=1)]
    ends: Annotated[dict[Id, End], Field(min_length=1)]
