"""Templates: each can be filled in, passes its own tone check, and a bad one is refused with file and line."""

import pytest

from becalm.policy import SHIPPED, load_policy, policy_of
from becalm.policy.templates import Audience
from becalm.policy.variables import VARIABLES
from becalm.responses import check_tone, gaps_in, write

policy = load_policy()
EXAMPLES = {name: True if variable.is_truth else variable.example for name, variable in VARIABLES.items()}
PACK = "templates-en.yaml"
LINE = "    text: >-\n      Hello everyone, this matters"


@pytest.mark.parametrize("template", policy.templates, ids=lambda each: f"{each.id}-{each.language}")
def test_every_template_renders_for_every_action_that_names_it(template):
    for action in template.actions:
        assert action in policy.actions
        for machine in (True, False):
            values = EXAMPLES | {"machine_decided": machine, "machine_found": not machine}
            written = write(template, values).require_ready()
            assert not gaps_in(written.text)
            tone = check_tone(written.text, template.language, policy.promises, written.quoted)
            assert tone.objections == ()
            assert "  " not in written.text


def test_the_pack_is_as_large_as_promised_and_whole():
    by_language = {language: {t.id for t in policy.templates if t.language == language} for language in ("en", "de")}
    assert len(by_language["en"]) >= 30
    assert len(by_language["de"]) >= 10
    assert {template.audience for template in policy.templates} == set(Audience)


def test_every_template_has_its_place_in_the_tree_a_rule_or_a_notice():
    ends = policy.tree.ends.values()
    used = {step.template for end in ends for step in (end, *end.then)} | {rule.template for rule in policy.rules}
    notices = {
        policy.template_for(action, audience).id
        for action in policy.actions
        for audience in (Audience.AUTHOR, Audience.REPORTER, Audience.APPELLANT)
        if policy.template_for(action, audience)
    }
    notices |= {policy.notices.first, policy.notices.lifted}
    assert {template.id for template in policy.templates} - used - notices == {"notice-removed"}


def test_the_first_text_for_a_restriction_is_the_mild_one():
    for action in ("hide", "remove", "warn"):
        assert policy.template_for(action, Audience.AUTHOR).id == "first-notice"
    assert policy.template_for("hide", Audience.AUTHOR, "de").language == "de"


def test_a_language_falls_back_from_region_to_language_to_the_policys_own():
    assert policy.template("care-first-answer", "de-AT").language == "de"
    assert policy.template("care-first-answer", "fr").language == "en"
    assert policy.template("banned", "de").language == "en"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Hello {name}, welcome.", "old way to write a placeholder; write `{{ name }}`"),
        ("Hello {{ naame }}.", "no placeholder `naame`; did you mean `name`?"),
        ("Hello {{ name|upper }}.", "a filter"),
        ("Hello {{ name.__class__ }}.", "a dot"),
        ("Hello {{ name['x'] }}.", "an index"),
        ("Hello {{ range(9) }}.", "a call"),
        ("{% for name in name %}x{% endfor %}", "`for`"),
        ("{% set name = 1 %}", "`assign`"),
        ("{% include 'x' %}", "`include`"),
        ("{{ 9 ** 9 ** 9 }}", "`pow`"),
        ("It is {{ machine_found }}.", "is true or false: ask for it with `if`"),
    ],
)
def test_a_template_that_is_none_is_refused_at_its_line(refused, text, why):
    error = refused(LINE, f"    text: >-\n      Two lines,\n      {text}\n      Hello everyone, this matters", PACK)
    assert why in error.why
    assert error.path.name == PACK
    assert error.key == "templates[respect-reminder].text"
    assert error.line_text == text


@pytest.mark.parametrize("text", ["Hello {{ name.", "Hello {{ name }", "Hello {% if name %}you.", "Hello {% endif %}"])
def test_a_template_that_does_not_close_is_refused_where_it_is_noticed(refused, text):
    error = refused(LINE, f"    text: >-\n      {text}\n      Hello everyone, this matters", PACK)
    assert error.why.startswith("no template: ")
    first = error.path.read_text("utf-8").splitlines().index(f"      {text}") + 1
    assert first <= error.line <= first + 4


@pytest.mark.parametrize(
    ("old", "new", "key", "why"),
    [
        ("    actions: [warn]\n", "    actions: [warn, warnn]\n", "templates[warning].actions[2]", "mean `warn`?"),
        ("  - id: watch-note\n", "  - id: handover\n", "templates[handover].id", "(en)` stands twice"),
        ("    audience: public\n    actions: [thank]", "    audience: public\n    actions: [ban]",
         "templates[thank-you].actions[1]", "not done in public"),
        ("    audience: internal\n    actions: [escalate]\n    use: A matter", "    audience: public\n"
         "    actions: [escalate]\n    use: A matter", "templates[handover].actions[1]", "never public"),
        ("language: en\n", "language: english\n", "language", "match pattern"),
        ("language: en\n", "tongue: en\n", "tongue", "there are: language, rules, templates"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_pack_is_told_with_the_packs_name(refused, old, new, key, why):
    error = refused(old, new, PACK)
    assert (error.path.name, error.key) == (PACK, key)
    assert why in error.why


def test_an_action_that_reaches_people_needs_a_text_in_the_policys_language(refused):
    error = refused("    audience: author\n    actions: [mute]", "    audience: author\n    actions: [ban]", PACK)
    assert error.key == "actions.mute"
    assert "no template in `en` tells them" in error.why


def test_a_file_that_is_nowhere_is_refused_at_the_line_that_names_it(refused):
    error = refused("templates-es.yaml]", "templates-fr.yaml]")
    assert error.key == "template_packs[3]"
    assert "templates-fr.yaml" in error.why
    assert error.line_text.startswith("template_packs:")


def test_an_own_template_replaces_that_of_a_pack(tmp_path):
    own = "templates:\n  - {id: thank-you, audience: public, actions: [thank], text: 'Thank you, {{ name }}.'}\n"
    path = tmp_path / "policy.yaml"
    path.write_text(SHIPPED.read_text("utf-8") + own, "utf-8")
    changed = load_policy(path)
    assert changed.template("thank-you").text == "Thank you, {{ name }}."
    assert len(changed.templates) == len(policy.templates)


def test_a_stored_policy_is_read_again_with_all_its_files(tmp_path):
    again = policy_of(policy.document, "stored.yaml")
    assert (again.templates, again.tree, again.digest) == (policy.templates, policy.tree, policy.digest)


def test_a_changed_pack_is_another_policy(tmp_path):
    (tmp_path / "policy.yaml").write_text(SHIPPED.read_text("utf-8"), "utf-8")
    pack = (SHIPPED.parent / PACK).read_text("utf-8")
    (tmp_path / PACK).write_text(pack.replace("You are welcome", "You are very welcome"), "utf-8")
    (tmp_path / PACK).write_text(pack.replace("kind words", "very kind words"), "utf-8")
    assert load_policy(tmp_path / "policy.yaml").digest != policy.digest


def test_nothing_is_escalated_in_public(refused):
    error = refused("hands_over: true}", "hands_over: true, in_public: true}")
    assert error.key == "actions.escalate"
    assert "never escalated before an audience" in error.why
