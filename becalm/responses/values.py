"""What is filled into templates: cleaned, so that no value can act, pretend or shout."""

from collections.abc import Mapping
from datetime import datetime

import regex

from ..errors import InputError
from ..policy.nearest import nearest
from ..policy.variables import VARIABLES, FilledBy
from .tone import check_tone

Value = str | bool
Values = Mapping[str, Value]

STRANGERS_AT_MOST = 80
OURS_AT_MOST = 2000
NAME_AT_MOST = 30
# What acts on a screen or hides in a text, what the rendering itself marks with, and what stands for a gap.
_ACTING = regex.compile(r"[\p{Cc}\p{Cf}\p{Cs}\p{Co}⟦⟧--\n]", regex.V1)
_TOWER = regex.compile(r"(\p{Mn}{3})\p{Mn}+")
_NO_NAME = regex.compile(r"https?:|www\.|[@/\\<>{}\[\]#|]|\.\p{L}{2,}|\d{4,}", regex.IGNORECASE)
_MONTHS = {
    "en": "January,February,March,April,May,June,July,August,September,October,November,December",
    "de": "Januar,Februar,März,April,Mai,Juni,Juli,August,September,Oktober,November,Dezember",
    "es": "enero,febrero,marzo,abril,mayo,junio,julio,agosto,septiembre,octubre,noviembre,diciembre",
}
_DAYS = {"en": "{day} {month} {year}", "de": "{day}. {month} {year}", "es": "{day} de {month} de {year}"}


class ValueUnusable(InputError):
    """A value for a placeholder that there is none of, or that can't stand in a text."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"placeholder `{name}`: {why}")
        self.name, self.why = name, why


def cleaned(values: Mapping[str, object]) -> dict[str, Value]:
    """The values as they may stand in a text; those that are empty are left out, so that they count as missing.

    Strangers' words are one line of at most 80 characters. Raises `ValueUnusable` for an unknown placeholder, for
    what is neither text nor truth, and for a text of our own of more than 2,000 characters.
    """
    found = {name: _cleaned(name, value) for name, value in values.items() if value is not None}
    return {name: value for name, value in found.items() if value != ""}


def person_name(name: str | None) -> str | None:
    """How to address somebody who goes by `name`, None where it is none to print: it leads elsewhere, or insults."""
    if name is None or _NO_NAME.search(name):
        return None
    line = _ACTING.sub("", " ".join(name.split()))
    if not 1 < len(line) <= NAME_AT_MOST or not regex.search(r"\p{L}", line):
        return None
    return None if check_tone(line.title(), "en").objections or line.count("!") else line


def day_in_words(moment: datetime, language: str) -> str:
    """`3 March 2026` as the language writes it, 2026-03-03 in one that is not known here."""
    pattern = _DAYS.get(language.split("-")[0])
    if pattern is None:
        return f"{moment:%Y-%m-%d}"
    month = _MONTHS[language.split("-")[0]].split(",")[moment.month - 1]
    return pattern.format(day=moment.day, month=month, year=moment.year)


def moment_in_words(moment: datetime, language: str) -> str:
    """The day and the time of day, with its zone."""
    return f"{day_in_words(moment, language)}, {moment:%H:%M %Z}".rstrip()


def _cleaned(name: str, value: object) -> Value:
    variable = VARIABLES.get(name)
    if variable is None:
        raise ValueUnusable(name, f"there is none of this name{nearest(name, VARIABLES)}")
    if variable.is_truth != isinstance(value, bool):
        raise ValueUnusable(name, "is true or false" if variable.is_truth else "is a text, not true or false")
    if isinstance(value, bool):
        return value
    if not isinstance(value, str):
        raise ValueUnusable(name, f"is a text, not {type(value).__name__}")
    text = _TOWER.sub(r"\1", _ACTING.sub("", value))
    if variable.is_strangers:
        line = " ".join(text.split())
        return line if len(line) <= STRANGERS_AT_MOST else line[: STRANGERS_AT_MOST - 1].rstrip() + "…"
    if len(text) > OURS_AT_MOST:
        raise ValueUnusable(name, f"has {len(text):,} characters, the most is {OURS_AT_MOST:,}")
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return ("\n" if variable.filled_by == FilledBy.PERSON else " ").join(filter(None, lines))
