"""Whether everybody who is reached gets a text, and nobody one that is not for them."""

from collections.abc import Iterator

from .marks import Location
from .nearest import nearest
from .schema import Policy
from .templates import Audience, Template

Problem = tuple[Location, str]

# Who reads of an action that is done to somebody else.
ELSEWHERE = frozenset({Audience.REPORTER, Audience.INTERNAL})


def problems_of_templates(policy: Policy) -> Iterator[Problem]:
    """What is wrong between templates and actions; their texts are checked in `template_text`."""
    for index, template in enumerate(policy.templates):
        for place, action in enumerate(template.actions):
            where: Location = ("templates", index, "actions", place)
            if action not in policy.actions:
                yield where, f"there is no action `{action}`{nearest(action, policy.actions)}"
            elif why := _wrong_audience(policy, template, action):
                yield where, why
    yield from _speechless_actions(policy)
    yield from _untranslated(policy)


def _wrong_audience(policy: Policy, template: Template, action: str) -> str:
    known = policy.actions[action]
    if known.hands_over and template.audience != Audience.INTERNAL:
        return f"`{action}` hands over to colleagues, so its texts are internal, never {template.audience}"
    if template.audience == Audience.PUBLIC and not known.in_public:
        return f"`{action}` is not done in public, so nobody else may read of it (`in_public: true` would allow it)"
    return ""


def _speechless_actions(policy: Policy) -> Iterator[Problem]:
    spoken = {
        action
        for template in policy.templates
        if template.audience not in ELSEWHERE and template.language == policy.language
        for action in template.actions
    }
    for name, action in policy.actions.items():
        if action.talks and name not in spoken:
            yield ("actions", name), f"reaches people, and no template in `{policy.language}` tells them"


def _untranslated(policy: Policy) -> Iterator[Problem]:
    """A text that is there in other languages only would reach people who read none of them."""
    at_home = {template.id for template in policy.templates if template.language == policy.language}
    for index, template in enumerate(policy.templates):
        if template.id not in at_home:
            yield (
                ("templates", index, "id"),
                f"`{template.id}` is there in `{template.language}`, and not in the policy's `{policy.language}`",
            )
