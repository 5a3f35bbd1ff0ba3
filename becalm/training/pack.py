"""A training pack: what stands in `pack.json`, and on its page."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import orjson
from pydantic import TypeAdapter, ValidationError

from ..errors import InputError

FORMAT = 1
PACK_FILE, PAGE_FILE = "pack.json", "index.html"


@dataclass(frozen=True, slots=True)
class Quoted:
    """A comment under a pseudonym; `language` as its platform said, None where nobody did."""

    who: str
    text: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer; `rule` is None where no rule is met."""

    id: str
    rule: str | None
    action: str
    words: str


@dataclass(frozen=True, slots=True)
class Words:
    """A rule in the words of the policy version that it was decided under."""

    rule: str
    title: str
    meaning: str
    policy_version: str


@dataclass(frozen=True, slots=True)
class Objection:
    """Words of the poor answer, and why the tone check objects to them."""

    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Tone:
    """How not to say it and how to; `template` is the policy's own text for the right action, if any."""

    lesson: str
    poor: str
    objections: tuple[Objection, ...]
    good: str
    because: str
    template: str | None


@dataclass(frozen=True, slots=True)
class Scenario:
    """One decided case as a question. `right` is the id of an option, None for a case that is only discussed.

    `about` is the rule that the right answer upholds or dismisses. `why` are sentences. `before` is what was right
    under an earlier version of the policy, in a refresher.
    """

    id: str
    about: str
    is_hard: bool
    marks: tuple[str, ...]
    thread: str
    parent: Quoted | None
    comments: tuple[Quoted, ...]
    more: str | None
    history: tuple[str, ...]
    question: str
    options: tuple[Option, ...]
    right: str | None
    words: Words
    why: tuple[str, ...]
    tone: Tone
    before: str | None = None

    @property
    def right_option(self) -> Option | None:
        return next((option for option in self.options if option.id == self.right), None)


@dataclass(frozen=True, slots=True)
class Changed:
    """What a policy version changes in one rule, in sentences, and the rule's own words before and after."""

    rule: str
    title: str
    sentences: tuple[str, ...]
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Pack:
    """Scenarios of a `kind` (training or refresher); `id` is made of everything else in it as it was first written.

    `policy_version` is that of the policy in force when it was made, `since_version` that which a refresher begins at.
    `cut` counts scenarios that were taken out since.
    """

    id: str
    kind: str
    language: str
    policy_version: str
    since_version: str | None
    seed: str
    decided_from: str
    decided_to: str
    changes: tuple[Changed, ...]
    scenarios: tuple[Scenario, ...]
    cut: int = 0
    format: int = FORMAT

    def scenario(self, scenario_id: str) -> Scenario | None:
        return next((one for one in self.scenarios if one.id == scenario_id), None)

    def without(self, gone: frozenset[str]) -> "Pack":
        """The pack under its old id, without these scenarios."""
        kept = tuple(one for one in self.scenarios if one.id not in gone)
        return replace(self, scenarios=kept, cut=self.cut + len(self.scenarios) - len(kept))


def named(pack: Pack) -> Pack:
    """The pack with its id."""
    return replace(pack, id="t" + hashlib.sha256(as_json(replace(pack, id=""))).hexdigest()[:12])


def as_json(pack: Pack) -> bytes:
    return orjson.dumps(asdict(pack), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def read_pack(path: Path) -> Pack:
    """The pack in a file, or in a folder's `pack.json`. Raises `InputError` for what is none."""
    file = path / PACK_FILE if path.is_dir() else path
    try:
        pack = _PACK.validate_json(file.read_bytes())
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}") from error
    except ValidationError as error:
        told: Mapping[str, Any] = error.errors()[0]
        where = ".".join(map(str, told["loc"])) or "the whole file"
        raise InputError(f"{file}: no training pack: {where}: {told['msg']}") from error
    if pack.format != FORMAT:
        raise InputError(f"{file}: a training pack of format {pack.format}; this becalm reads {FORMAT}")
    return pack


_PACK = TypeAdapter(Pack)
