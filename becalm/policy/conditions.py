"""What one fact must be: how rules and the response tree ask."""

from typing import Annotated

from pydantic import Field, model_validator

from .part import Id, Lenient, Part, Words


class Condition(Part):
    """What one fact must be; a number may be written as the name of a threshold. All that is said must hold."""

    at_least: float | Id | None = None
    at_most: float | Id | None = None
    is_: Annotated[str | None, Field(alias="is")] = None
    any_of: Annotated[tuple[Words, ...], Lenient] | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "Condition":
        if not self.model_fields_set:
            raise ValueError("says nothing: give at_least, at_most, is or any_of")
        return self
