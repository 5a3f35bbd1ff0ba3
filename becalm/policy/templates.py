"""Texts that people are told, and packs of them: files of one language that a policy names."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from .other_words import RuleWords
from .part import Id, Lenient, Part

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
FileName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-][A-Za-z0-9._-]*\.ya?ml$", max_length=80)]


class Audience(StrEnum):
    """Who reads a text: everybody, one person in private, or colleagues."""

    PUBLIC = "public"
    AUTHOR = "author"
    REPORTER = "reporter"
    APPELLANT = "appellant"
    INTERNAL = "internal"


class Wording(Part):
    """A text for some actions and one audience; `use` says when it fits. Placeholders are written `{{ name }}`."""

    id: Id
    audience: Annotated[Audience, Field(strict=False)]
    actions: Annotated[tuple[Id, ...], Lenient]
    use: str = ""
    text: Annotated[str, Field(min_length=1, max_length=4000)]


class Template(Wording):
    """A wording with its language; the same id may stand once in each language."""

    language: Language = "en"


class TemplatePack(Part):
    """A file of wordings in one language, and of what rules are called in it, whether a policy has them or not."""

    language: Language
    rules: Annotated[dict[Id, RuleWords], Field(default_factory=dict)]
    templates: Annotated[tuple[Wording, ...], Lenient]
