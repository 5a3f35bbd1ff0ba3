"""The public page says what the policy says, to people, and nothing that teaches how to get around it."""

import pytest

from becalm.guidelines import change_notes, guidelines, write_pages
from becalm.guidelines.pages import Items, Page, as_html, as_markdown
from becalm.policy import load_policy
from becalm.policy.appeals import Appeals

policy = load_policy()


def test_every_rule_stands_there_with_its_meaning_and_examples():
    text = as_markdown(guidelines(policy)).replace("\\", "")
    for rule in policy.rules:
        assert f"### {rule.title}" in text, rule.id
        assert rule.meaning in text
        for example in rule.examples.meets if rule.examples else ():
            assert example in text


@pytest.mark.parametrize(("appeals", "promised"), [
    (Appeals(window_days=200, queue="appeals"), True), (Appeals(window_days=200), False), (Appeals(), False),
])  # fmt: skip
def test_appeals_are_promised_as_long_as_the_policy_takes_them(appeals, promised):
    text = as_markdown(guidelines(policy.model_copy(update={"appeals": appeals})))
    assert ("A person who was not involved looks at it again" in text) == promised
    assert ("within 200 days" in text) == promised


def test_repercussions_stand_in_the_order_of_the_ladder():
    text = as_markdown(guidelines(policy))
    steps = [text.index(f"{place}. {policy.actions[step.action].description.rstrip('.')}")
             for place, step in enumerate(policy.ladder, 1)]  # fmt: skip
    assert steps == sorted(steps)
    assert "for 7 days" in text


def test_neither_thresholds_nor_words_that_are_listened_for_are_told():
    text = as_html(guidelines(policy))
    examples = " ".join(each for rule in policy.rules if rule.examples for each in rule.examples.meets).lower()
    for keywords in policy.keywords:
        for phrase in keywords.phrases:
            assert phrase in examples or phrase not in text.lower(), phrase
    assert "0.999" not in text


@pytest.mark.parametrize(("write", "told"), [
    (as_html, "<li>&lt;script&gt;x *y* [z](u)&lt;/script&gt;</li>"),
    (as_markdown, r"- \<script\>x \*y\* \[z\](u)\</script\>"),
])  # fmt: skip
def test_words_of_a_policy_are_never_markup(write, told):
    page = Page("p", "A & B", "en", (Items(("<script>x *y* [z](u)</script>",)),))
    assert told in write(page)


def test_notes_for_staff_say_what_changes_for_whom_and_why(tmp_path):
    draft = tmp_path / "draft.yaml"
    draft.write_text("extends: shipped\nversion: '3'\nthresholds: {abuse: 0.9}\n")
    text = as_markdown(change_notes(policy, load_policy(draft), "fewer mistakes"))
    assert "fewer mistakes" in text
    assert "### Abusive language" in text
    assert "Fewer comments meet it" in text
    assert "Nothing changes" in as_markdown(change_notes(policy, policy))


def test_pages_are_written_as_html_and_markdown(tmp_path):
    html, markdown = write_pages(tmp_path / "out", guidelines(policy))
    assert html.read_text("utf-8").startswith("<!doctype html>")
    assert markdown.read_text("utf-8").startswith("# Guidelines for comments")


def test_what_is_promised_of_warnings_names_what_is_exempt():
    text = as_markdown(guidelines(policy))
    assert "without a warning before" in text
    assert "but for this: Threats" in text
    rules = tuple(rule.model_copy(update={"without_warning": False}) for rule in policy.rules)
    assert "but for this" not in as_markdown(guidelines(policy.model_copy(update={"rules": rules})))
