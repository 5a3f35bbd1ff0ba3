"""The policy file's shape. What the words in it may refer to is checked in `consistency`."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, PrivateAttr, model_validator

from ..scope import Scope
from .alert_lists import KeywordList
from .appeals import Appeals
from .conditions import Condition
from .contacts import Contact
from .definitions import Definition
from .facts import REPORTS, AppliesTo
from .heat import Heat
from .ladder import Step
from .offenders import Offenders
from .outbox import Notices, Outbox
from .part import Id, Lenient, Part, Share, Words
from .people import Person, Work
from .promises import Promise
from .reports import Reports
from .response_tree import ResponseTree
from .retention import Keeping
from .rings import Rings
from .templates import Audience, FileName, Language, Template

AboutUs = Literal["brand", "policy_link", "support_link", "appeal_link", "help_link"]


class Queue(Part):
    """One kind of work; `service_hours` is how long a case may wait there, and `roles` may say whose work it is."""

    title: Words
    purpose: Words
    service_hours: Annotated[float, Field(gt=0, le=8760)]
    customers_first: bool = False
    roles: Annotated[tuple[Id, ...], Lenient] | None = None


class Action(Part):
    """What can be done on the platform; one that `talks` reaches a person and needs a text for it, one that `suspends`
    keeps an account from commenting and needs a warning before.

    Only one done `in_public` may have public texts, and what `hands_over` to colleagues has texts for them alone. What
    is said `to_all` of a thread is no answer to anybody, so it does not count as the one public answer.
    """

    description: Words
    talks: bool = False
    suspends: bool = False
    in_public: bool = False
    hands_over: bool = False
    to_all: bool = False

    @model_validator(mode="after")
    def _never_escalates_in_public(self) -> "Action":
        if self.in_public and self.hands_over:
            raise ValueError("hands over in public: what is escalated is never escalated before an audience")
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

    @property
    def is_of_reports(self) -> bool:
        """Whether it asks for reports by users and nothing else: such a rule acts where no other does."""
        return self.when.keys() == {REPORTS}


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
    language: Language = "en"  # which every template must have, for those whose own is not among its languages
    about_us: dict[AboutUs, Words] = Field(default_factory=dict)
    promises: Annotated[tuple[Annotated[Promise, Field(strict=False)], ...], Field(strict=False)] = ()
    template_packs: Annotated[tuple[FileName, ...], Field(strict=False)] = ()
    response_tree: FileName | None = None
    templates: Annotated[tuple[Template, ...], Field(strict=False)] = ()
    keywords: Annotated[tuple[KeywordList, ...], Field(strict=False)] = ()
    rules: Annotated[tuple[Rule, ...], Lenient]
    rules_left_out: Annotated[tuple[Id, ...], Field(strict=False)] = ()  # which the response tree may still name
    offenders: Offenders
    rings: Rings
    heat: Heat
    ladder: Annotated[tuple[Step, ...], Field(strict=False)] = ()
    priority: Priority
    contacts: Annotated[dict[Id, Contact], Field(default_factory=dict)]
    retention: Annotated[dict[Id, Keeping], Field(default_factory=dict)]
    review: Review
    people: Annotated[dict[Id, Person], Field(default_factory=dict)]
    work: Work = Work()
    reports: Reports = Reports()
    appeals: Appeals = Appeals()
    outbox: Annotated[Outbox, Field(default_factory=Outbox)]
    notices: Notices = Notices()

    _path: Path = PrivateAttr(default=Path())
    _document: str = PrivateAttr(default="")
    _tree: ResponseTree | None = PrivateAttr(default=None)
    _version_line: int = PrivateAttr(default=1)

    @property
    def path(self) -> Path:
        return self._path

    @property
    def document(self) -> str:
        return self._document

    @property
    def tree(self) -> ResponseTree | None:
        """The response decision tree, read from the file that `response_tree` names."""
        return self._tree

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

    def template(self, template_id: str, language: str | None = None) -> Template | None:
        """The text in that language (`de` also serves `de-AT`), else in the policy's, else in the first there is."""
        return self._in_language([each for each in self.templates if each.id == template_id], language)

    def template_for(self, action: str, audience: Audience, language: str | None = None) -> Template | None:
        """The first text that tells this audience of this action, in that language as `template` finds it."""
        fitting = [each for each in self.templates if action in each.actions and each.audience == audience]
        return self._in_language([each for each in fitting if each.id == fitting[0].id], language)

    def _in_language(self, templates: list[Template], language: str | None) -> Template | None:
        known = {template.language: template for template in reversed(templates)}
        wanted = (language or "", (language or "").split("-")[0], self.language)
        return next((known[each] for each in wanted if each in known), templates[0] if templates else None)
