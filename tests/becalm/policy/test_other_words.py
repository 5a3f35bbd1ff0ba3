"""Rules are told in the language of whoever reads of them."""

import pytest

from becalm.errors import PolicyInvalid
from becalm.policy import load_policy
from becalm.policy.differences import differences
from becalm.policy.wordings import untold, words_of

policy = load_policy()


def draft(tmp_path, text):
    path = tmp_path / "draft.yaml"
    path.write_text(f"extends: shipped\nversion: '9'\n{text}")
    return load_policy(path)


def test_every_shipped_rule_is_told_in_german_too():
    assert list(untold(policy)) == []
    for rule in policy.rules:
        told = words_of(policy, rule, "de-AT")
        assert told.title, rule.id
        assert told.meaning != rule.meaning
        assert words_of(policy, rule, "fr").title == rule.title
        assert words_of(policy, rule, None).meaning == rule.meaning


def test_what_is_not_yet_told_in_the_language_of_a_pack_is_listed(tmp_path):
    rules = (
        "rules:\n  - {id: abuse-again, title: T, meaning: M, applies_to: comment, when: {abuse: {at_least: 0.95}}, "
        "queue: moderation, severity: 0.58, action: monitor, template: watch-note}\n"
    )
    assert list(untold(draft(tmp_path, rules))) == [("de", ("abuse-again",))]


@pytest.mark.parametrize(("words", "why"), [
    ("de: {abuze: {title: A, meaning: B}}", "did you mean `abuse`"),
    ("en: {abuse: {title: A, meaning: B}}", "itself is in"),
    ("de: {abuse: {title: A, meaning: ''}}", "at least 1"),
])  # fmt: skip
def test_words_for_no_rule_are_refused(tmp_path, words, why):
    with pytest.raises(PolicyInvalid, match=why):
        draft(tmp_path, f"in_other_words: {{{words}}}\n")


def test_other_words_are_a_difference(tmp_path):
    changed = draft(tmp_path, "in_other_words: {de: {abuse: {title: A, meaning: B}}}\n")
    assert [(one.about, one.words) for one in differences(policy, changed)] == [
        ("Rules in de", "are told otherwise: abuse.")
    ]
