"""The policy file's shape. What the words in it may refer to is checked in `consistency`."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from pydantic import Field, PrivateAttr, model_validator

from ..scope import Scope
from .alert_lists import KeywordList
from .contacts import Contact
from .definitions import Definition
from .facts import AppliesTo
from .ladder import Step
from .part import Id, Lenient, Part, Share, Words
from .people import Person, Work
from .retention import Keeping


class Queue(Part):
    """One kind of work; `service_hours` is how long a case may wait there, and `roles` may say whose work it is."""

    title: Words
    purpose: Words
    service_hours: Annotated[float, Field(gt=0, le=8760)]
    customers_first: bool = False
    roles: Annotated[tuple[Id, ...], Lenient] | None = None


class Action(Part):
    """What can be done on the platform; one that `talks` reaches a person and needs a text for it."""

    description: Words
    talks: bool = False


class Template(Part):
    """A text for some actions, with {placeholders}; the same id may stand once in each language."""

    id: Id
    audience: Annotated[str, Field(pattern="^(public|customer|author|staff)$")]
    language: Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")] = "en"
    actions: Annotated[tuple[Id, ...], Lenient]
    text: Words


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


class StrikeTerms(Part):
    """The mark an account gets; without `days` it lasts as long as `offenders.strike_days` says."""

    weight: Annotated[float, Field(gt=0, le=10)]
    days: Annotated[int, Field(gt=0, le=3650)] | None = None


class Examples(Part):
    """Comments as somebody might write them: such as meet the rule, and such as look like it and don't."""

    meets: Annotated[tuple[Words, ...], Lenient]
    spares: Annotated[tuple[Words, ...], Lenient] | None = None


class Rule(Part):
    """A case opens when all of `when` holds; the most severe rule wins, then the first in the file."""

    id: Id
    title: Words
    meaning: Words
    applies_to: Annotated[AppliesTo, Field(strict=False)]
    when: Annotated[dict[str, Condition], Field(min_length=1)]
    queue: Id
    severity: Annotated[float, Field(gt=0, le=1)]
    action: Id
    template: Id
    strike: StrikeTerms | None = None
    also_in_groups: bool = False  # opens even for a comment whose whole group has a case already
    join_days: Annotated[int, Field(gt=0, le=3650)] | None = None  # an account's comments this near are one case
    examples: Examples | None = None
    decided_by: Annotated[tuple[Id, ...], Lenient] | None = None  # roles; anybody where it is not said
    second_person: bool = False  # what one decides is held until another of them agrees
    machine_may_act: bool = False  # alone, and at most `machine_daily_limit` times a day
    machine_daily_limit: Annotated[int, Field(gt=0)] | None = None


class FactorWeights(Part):
    """Shares of the offender score; they add up to 1."""

    number: Share
    share: Share
    gravity: Share
    spread: Share

    @model_validator(mode="after")
    def _add_up(self) -> "FactorWeights":
        total = self.number + self.share + self.gravity + self.spread
        if abs(total - 1) > 1e-6:
            raise ValueError(f"the weights add up to {total:g}, not to 1")
        return self


class Offenders(Part):
    """How accounts with strikes are ranked; `half_number` strikes make the factor `number` one half."""

    strike_days: Annotated[int, Field(gt=0, le=3650)]
    half_number: Annotated[float, Field(gt=0)]
    weights: FactorWeights


class PriorityWeights(Part):
    """How much each piece of evidence can add to a case's priority at most."""

    severity: Share
    evidence: Share
    reach: Share
    account: Share
    repeats: Share
    customer: Share


class Priority(Part):
    """`full_reach` comments (or accounts, or threads) count as full reach; the most urgent case waits shorter."""

    weights: PriorityWeights
    full_reach: Annotated[int, Field(ge=2)]
    shortens_wait: Annotated[float, Field(ge=0, lt=1)]


class Review(Part):
    period_days: Annotated[int, Field(gt=0, le=366)]


class Policy(Part):
    """The written rules of one version. `path` and `document` are where and what they were read from.

    The document stands by itself: where the file extends another, it is written out.
    """

    version: Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z._-]*$", max_length=40)]
    definitions: Annotated[dict[Id, Definition], Field(min_length=1)]
    thresholds: dict[Id, float]
    queues: Annotated[dict[Id, Queue], Field(min_length=1)]
    actions: Annotated[dict[Id, Action], Field(min_length=1)]
    templates: Annotated[tuple[Template, ...], Lenient]
    keywords: Annotated[tuple[KeywordList, ...], Field(strict=False)] = ()
    rules: Annotated[tuple[Rule, ...], Lenient]
    offenders: Offenders
    ladder: Annotated[tuple[Step, ...], Field(strict=False)] = ()
    priority: Priority
    contacts: Annotated[dict[Id, Contact], Field(default_factory=dict)]
    retention: Annotated[dict[Id, Keeping], Field(default_factory=dict)]
    review: Review
    people: Annotated[dict[Id, Person], Field(default_factory=dict)]
    work: Work = Work()

    _path: Path = PrivateAttr(default=Path())
    _document: str = PrivateAttr(default="")
    _version_line: int = PrivateAttr(default=1)

    @property
    def path(self) -> Path:
        return self._path

    @property
    def document(self) -> str:
        return self._document

    @property
    def version_line(self) -> int:
        """Line (from 1) of the version in its file."""
        return self._version_line

    @property
    def digest(self) -> str:
        """SHA-256 of the document; how its lines end makes no difference."""
        return hashlib.sha256("\n".join(self._document.splitlines()).encode()).hexdigest()

    @property
    def phrases(self) -> dict[str, tuple[str, ...]]:
        """The words to watch for, by the id of their alert list."""
        return {keywords.id: keywords.phrases for keywords in self.keywords}

    @property
    def scopes(self) -> dict[str, Scope]:
        """Where each alert list listens."""
        return {keywords.id: keywords.scope for keywords in self.keywords}

    def lists_heard(self, phrases: Iterable[str], platform: str, channel: str, language: str | None) -> list[str]:
        """The alert lists that these phrases, found in a comment that stands there, are on."""
        met = set(phrases)
        return [
            keywords.id
            for keywords in self.keywords
            if not met.isdisjoint(keywords.phrases) and keywords.scope.covers(platform, channel, language)
        ]

    def number(self, value: float | str) -> float:
        """A condition's number, whether written out or as the name of a threshold."""
        return self.thresholds[value] if isinstance(value, str) else value

    def rules_for(self, applies_to: AppliesTo) -> tuple[Rule, ...]:
        """The most important first: by severity, then as they stand in the file."""
        rules = [rule for rule in self.rules if rule.applies_to == applies_to]
        return tuple(sorted(rules, key=lambda rule: -rule.severity))

    def step(self, strikes: float) -> Step | None:
        """The highest step of the ladder that this weight of strikes reaches, None below the first."""
        return next((step for step in reversed(self.ladder) if step.strikes <= strikes), None)

    def contact(self, rule_id: str) -> str | None:
        """Id of who takes over what this rule escalates, None where the policy names nobody."""
        named = [name for name, contact in self.contacts.items() if rule_id in (contact.rules or ())]
        others = [name for name, contact in self.contacts.items() if contact.rules is None]
        return next(iter([*named, *others]), None)

    def rule(self, rule_id: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.id == rule_id), None)

    def template(self, template_id: str, language: str = "en") -> Template | None:
        """The text in that language, or in the first language that the file has it in."""
        found = [template for template in self.templates if template.id == template_id]
        return next((template for template in found if template.language == language), found[0] if found else None)
