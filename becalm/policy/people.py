"""Who works with the cases, and within what times."""

from typing import Annotated

from pydantic import Field

from .part import Id, Lenient, Part, Share, Words

Language = Annotated[str, Field(pattern=r"^[a-z]{2}$")]


class Person(Part):
    """Somebody of the staff; without `languages` they read whatever comes."""

    title: Words
    roles: Annotated[tuple[Id, ...], Lenient]
    languages: Annotated[tuple[Language, ...], Lenient] | None = None

    def reads(self, language: str | None) -> bool:
        """Whether text in this language can be given to them; what nobody knows the language of, can."""
        return not language or self.languages is None or language in self.languages


class Work(Part):
    """Times for work on cases. Of all of them the defaults are choices, to be changed when one's own are measured.

    A claim is a lease of `lease_minutes`. Whoever decided may undo it for `undo_minutes`. From claim to decision take
    `handling_hours`, and what is held waits `second_hours` for a second person. A case past its due time gains
    `late_adds` of priority at once, and again for each further service level that it waits.
    """

    lease_minutes: Annotated[int, Field(gt=0, le=1440)] = 30
    undo_minutes: Annotated[int, Field(gt=0, le=1440)] = 15
    handling_hours: Annotated[float, Field(gt=0, le=8760)] = 2
    second_hours: Annotated[float, Field(gt=0, le=8760)] = 8
    late_adds: Share = 0.25
