"""Every template renders for every action that names it, whoever reads it, in every language it has."""

import pytest

from becalm.policy import load_policy
from becalm.policy.templates import Audience
from becalm.policy.variables import VARIABLES
from becalm.responses import check_tone, gaps_in, write

policy = load_policy()
FILLED = {name: True if one.is_truth else one.example for name, one in VARIABLES.items()}
BARE = {name: value for name, value in FILLED.items() if not VARIABLES[name].is_optional} | {
    name: False for name, one in VARIABLES.items() if one.is_truth
}
PLACES = [(rule.id, rule.action, rule.template) for rule in policy.rules]
PLACES += [(f"ladder {step.strikes:g}", step.action, step.template) for step in policy.ladder]
PLACES += [
    (f"end {name}", step.action, step.template) for name, end in policy.tree.ends.items() for step in (end, *end.then)
]


@pytest.mark.parametrize("template", policy.templates, ids=lambda one: f"{one.id} ({one.language})")
@pytest.mark.parametrize("values", [FILLED, BARE], ids=["all", "bare"])
def test_it_renders_without_a_gap_and_in_a_fair_tone(template, values):
    written = write(template, values)
    assert written.is_ready, written.missing
    assert written.text.strip()
    assert not gaps_in(written.text)
    assert check_tone(written.text, template.language, policy.promises, written.quoted).is_fine


@pytest.mark.parametrize(("where", "action", "template"), PLACES, ids=[place[0] for place in PLACES])
def test_what_names_it_gets_a_text_for_that_action_in_every_language(where, action, template):
    languages = sorted({one.language for one in policy.templates})
    for language in (None, *languages, "fr", "de-AT"):
        found = policy.template(template, language)
        assert found is not None
        assert (found.id, action in found.actions) == (template, True)
        assert write(found, FILLED).is_ready


@pytest.mark.parametrize("action", [name for name, one in policy.actions.items() if one.talks])
def test_whoever_an_action_tells_of_is_told_in_every_language(action):
    audiences = {one.audience for one in policy.templates if action in one.actions}
    assert audiences
    for audience in audiences:
        for language in ("en", "de", "es", "fr"):
            found = policy.template_for(action, audience, language)
            assert found is not None
            assert found.audience == audience
            assert write(found, FILLED).is_ready
    if policy.actions[action].hands_over:
        assert audiences == {Audience.INTERNAL}
