"""What a pack says around the words of the policy, in its language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from ..errors import InputError
from ..policy import Policy
from .decided import Answer

WORDS_FILE = Path(__file__).with_name("words.yaml")


@dataclass(frozen=True, slots=True)
class Wording:
    """Sentences of one language by what they are for; braces in them are filled in by `say`."""

    language: str
    of: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.of[name]

    def say(self, name: str, **values: Any) -> str:
        return self.of[name].format(**values)

    def count(self, number: int, noun: str = "comment") -> str:
        """`1 comment`, `12 accounts`."""
        return f"{number:,} {self[noun if number == 1 else f'{noun}s']}"

    def answer(self, policy: Policy, answer: Answer) -> str:
        """The rule and what is done, as the policy puts it: `Abusive language: hide it from others, ...`."""
        rule = policy.rule(answer.rule) if answer.rule else None
        title = rule.title if rule else answer.rule or self["no rule"]
        action = policy.actions.get(answer.action)
        return f"{title}: {action.description if action else answer.action}"


def wording_of(language: str) -> Wording:
    """Raises `InputError` for a language that packs don't speak."""
    known = _all()
    if language not in known:
        raise InputError(f"packs are written in {' or '.join(sorted(known))}, not in `{language}`")
    return Wording(language, known[language])


@lru_cache(maxsize=1)
def _all() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = yaml.safe_load(WORDS_FILE.read_text("utf-8"))
    return loaded
