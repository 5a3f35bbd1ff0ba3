"""Filling a template in: the text, what is still missing, and which words in it are not ours."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Template as Compiled

from ..errors import InputError
from ..policy.template_text import make_environment, variables_of
from ..policy.templates import Audience, Template
from ..policy.variables import VARIABLES, FilledBy
from .tone import Span
from .values import Value, cleaned

# Characters of private use, which no cleaned value holds: they tell what of the text came from a value.
_BEGIN, _END = "\ue000", "\ue001"
_VALUE = re.compile(f"{_BEGIN}(.*?){_END}", re.DOTALL)
_BLANKS = re.compile(r"[ \t]+")
_LEFT_OPEN = re.compile(
    r"⟦[^⟧]*⟧|\{%.*?%\}|\{\{.*?\}\}|[{\[]\s?(?:" + "|".join(VARIABLES) + r")\s?[}\]]", re.DOTALL | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Missing:
    """A placeholder without a value, in words, and who has to give it: the policy, the case or a person."""

    name: str
    words: str
    filled_by: FilledBy


class PlaceholdersMissing(InputError):
    """A text is not ready to be sent: something in it is still open."""

    def __init__(self, template: str, missing: tuple[Missing, ...]) -> None:
        told = "; ".join(f"{each.name} ({each.words})" for each in missing)
        super().__init__(f"template `{template}` can't be sent before these are filled in: {told}")
        self.template, self.missing = template, missing


@dataclass(frozen=True, slots=True)
class Written:
    """A template filled in. A gap stands in `text` as `⟦name⟧`; `quoted` are the spans of values that are not ours."""

    template: str
    audience: Audience
    language: str
    text: str
    missing: tuple[Missing, ...] = ()
    quoted: tuple[Span, ...] = ()

    @property
    def is_ready(self) -> bool:
        return not self.missing

    def require_ready(self) -> "Written":
        """Itself. Raises `PlaceholdersMissing` while something is missing: nothing is sent with a gap."""
        if self.missing:
            raise PlaceholdersMissing(self.template, self.missing)
        return self


def write(template: Template, values: Mapping[str, object]) -> Written:
    """The template with `values` in it, as plain text. Values are never read as templates, whatever they hold.

    Values that the template does not use are left aside. Raises `ValueUnusable`.
    """
    known = cleaned(values)
    used = variables_of(template.text)
    missing = tuple(_missing(name) for name in sorted(used - known.keys()) if not VARIABLES[name].is_optional)
    given = {name: _given(name, known.get(name)) for name in used}
    text, quoted = _spans(_compiled(template.text).render(given))
    return Written(template.id, template.audience, template.language, text, missing, quoted)


def gaps_in(text: str) -> tuple[Span, ...]:
    """Where a text that somebody has edited still holds a gap or a placeholder, also one of the old kind."""
    return tuple(Span(found.start(), found.end()) for found in _LEFT_OPEN.finditer(text))


@lru_cache(maxsize=512)
def _compiled(text: str) -> Compiled:
    return make_environment().from_string(text)


def _missing(name: str) -> Missing:
    return Missing(name, VARIABLES[name].words, VARIABLES[name].filled_by)


def _given(name: str, value: Value | None) -> Value:
    variable = VARIABLES[name]
    if variable.is_truth:
        return value is True
    if value is None:
        return "" if variable.is_optional else f"⟦{name}⟧"
    # What a person wrote into a gap is our own words, and is judged as such.
    return str(value) if variable.filled_by == FilledBy.PERSON else f"{_BEGIN}{value}{_END}"


def _spans(marked: str) -> tuple[str, tuple[Span, ...]]:
    marked = "\n".join(_BLANKS.sub(" ", line).strip() for line in marked.split("\n")).strip()
    text, spans, last = "", [], 0
    for found in _VALUE.finditer(marked):
        text += marked[last : found.start()]
        spans.append(Span(len(text), len(text) + len(found[1])))
        text += found[1]
        last = found.end()
    return text + marked[last:], tuple(spans)
