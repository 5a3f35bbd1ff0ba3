"""The tone lesson of a case: a poor answer, what the tone check says of it, and a good one."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from ..policy import Policy
from ..responses import check_tone
from ..responses.writing import write
from .decided import Answer
from .pack import Objection, Tone

LESSONS_FILE = Path(__file__).with_name("lessons.yaml")
MISTAKE = "mistake"


@dataclass(frozen=True, slots=True)
class ToneLesson:
    """One entry of `lessons.yaml`; `texts` by language hold `lesson`, `poor`, `good` and `because`."""

    id: str
    rules: tuple[str, ...]
    actions: tuple[str, ...]
    texts: Mapping[str, Mapping[str, str]]


def tone_for(policy: Policy, about: str, right: Answer, template: str | None, language: str, is_mistake: bool) -> Tone:
    """What a case about this rule teaches; `template` is the id of what was said, if anything was."""
    texts = lesson_for(about, right.action, is_mistake).texts[language]
    objected = check_tone(texts["poor"], language, policy.promises).objections
    return Tone(
        lesson=texts["lesson"],
        poor=texts["poor"],
        objections=tuple(Objection(each.words, each.why) for each in objected),
        good=texts["good"],
        because=texts["because"],
        template=policy_text(policy, template, right.action, language),
    )


def lesson_for(about: str, action: str, is_mistake: bool) -> ToneLesson:
    """What we had to take back goes before the rule, the rule before the action."""
    lessons = read_lessons()
    fitting = (
        *(each for each in lessons if is_mistake and each.id == MISTAKE),
        *(each for each in lessons if about in each.rules),
        *(each for each in lessons if action in each.actions),
        lessons[-1],
    )
    return fitting[0]


def policy_text(policy: Policy, template_id: str | None, action: str, language: str) -> str | None:
    """The text that the policy has for the action, with gaps for what only the case could tell."""
    template = policy.template(template_id, language) if template_id else None
    if template is None or action not in template.actions:
        return None
    return write(template, {str(name): words for name, words in policy.about_us.items()}).text


@lru_cache(maxsize=1)
def read_lessons() -> tuple[ToneLesson, ...]:
    """All of them, the general one last."""
    loaded: list[dict[str, Any]] = yaml.safe_load(LESSONS_FILE.read_text("utf-8"))
    return tuple(
        ToneLesson(each["id"], tuple(each["rules"]), tuple(each["actions"]), {"en": each["en"], "de": each["de"]})
        for each in loaded
    )
