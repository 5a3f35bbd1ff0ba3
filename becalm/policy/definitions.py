"""What the words of a policy mean."""

from typing import Annotated, Any

from pydantic import BeforeValidator

from .part import Part, Words


class Meaning(Part):
    """`short` in a sentence or two; `long` says more: where it begins, where it ends, and what it is not."""

    short: Words
    long: Words | None = None


def _of_a_text(value: Any) -> Any:
    """A definition that is one text is short, and has no long form."""
    return {"short": value} if isinstance(value, str) else value


Definition = Annotated[Meaning, BeforeValidator(_of_a_text)]
