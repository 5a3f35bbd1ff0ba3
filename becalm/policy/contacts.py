"""Who takes over what is escalated."""

from typing import Annotated

from pydantic import Field

from .part import Id, Lenient, Part, Words


class Contact(Part):
    """A role that takes over, and where it is reached; without `rules` it takes whatever no other contact is for.

    `within_hours` is how soon it answers, after which `deputy` (another contact) is asked.
    """

    title: Words
    reach: Words
    within_hours: Annotated[float, Field(gt=0, le=720)]
    rules: Annotated[tuple[Id, ...], Lenient] | None = None
    deputy: Id | None = None
