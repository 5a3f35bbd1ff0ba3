"""A response tree that leads nowhere, in circles, or into public where it must not, is refused with its line."""

import pytest

from becalm.policy import load_policy

TREE = "response-tree.yaml"


@pytest.mark.parametrize(
    ("old", "new", "key", "why"),
    [
        ("        to: go-on-in-private", "        to: go-on-in-privat", "questions.answered.answers[before].to",
         "did you mean `go-on-in-private`"),
        ("        to: topic\n", "        to: danger\n", "questions.answered.answers[not-yet].to", "nobody arrives"),
        ("        to: go-on-in-private", "        to: restore", "ends.go-on-in-private", "no way from the start"),
        ("start: danger", "start: dangers", "start", "did you mean `danger`"),
        ("{public_answers: {at_least: 1}}", "{public_answer: {at_least: 1}}",
         "questions.answered.answers[before].when[1].public_answer", "did you mean `public_answers`"),
        ("[{rule: {is: threat}}]", "[{rule: {is: threats}}]",
         "questions.danger.answers[threat].when[1].rule.is", "did you mean `threat`"),
        ("[{rule: {is: threat}}]", "[{spam: {at_least: spamm}}]",
         "questions.danger.answers[threat].when[1].spam.at_least", "did you mean `spam`"),
        ("[{complaint_topics: {any_of: [cancelled]}}]", "[{complaint_topics: {any_of: [canceled]}}]",
         "questions.topic.answers[cancelled].when[1].complaint_topics.any_of", "did you mean `cancelled`"),
        ("[{rule: {is: threat}}]", "[]", "questions.danger.answers[threat].when", "at least 1"),
        ("        when: [{rule: {is: threat}}]", "        otherwise: true",
         "questions.danger.answers[threat].otherwise", "never give"),
        ("      - id: stated\n", "      - id: leave-it\n",
         "questions.acknowledge.answers[leave-it].id", "stands twice"),
        ("    template: banned\n", "    template: muted\n", "ends.ban.template", "for mute, not for ban"),
        ("    template: banned\n", "    template: bannned\n", "ends.ban.template", "did you mean `banned`"),
        ("    action: ban\n", "    action: bann\n", "ends.ban.action", "did you mean `ban`"),
        ("{action: message, template: person-in-despair}", "{action: reply, template: care-first-answer}",
         "ends.care-for-person.then[1].action", "never escalated in public"),
        ("  leave:\n", "  place: {says: No., action: none, template: watch-note}\n  leave:\n",
         "ends.place", "is a question too"),
        ("[{rule: {is: warned-in-vain}}]", "[{rule: {any_of: [warned-in-vain, abuse]}}]",
         "questions.ladder.answers[warning].to", "without a warning"),
        ("[{rule: {is: warned-in-vain}}]", "[{notices: {at_least: 1}}]",
         "questions.ladder.answers[warning].to", "without a warning"),
        ("    asks: What is it about?\n", "    ask: What is it about?\n", "questions.topic.ask", "did you mean `asks`"),
    ],
)  # fmt: skip
def test_a_tree_that_cannot_be_walked_is_refused_with_its_line(refused, old, new, key, why):
    error = refused(old, new, TREE)
    assert error.path.name == TREE
    assert error.key == key
    assert why in error.why


def test_a_policy_may_do_without_a_tree(tmp_path):
    path = tmp_path / "policy.yaml"
    text = load_policy().document.split("\n--- # ")[0]
    path.write_text(text.replace("response_tree: response-tree.yaml\n", ""), "utf-8")
    assert load_policy(path).tree is None


def test_the_tree_has_an_end_for_each_kind_of_comment_that_a_representative_meets():
    ends = load_policy().tree.ends
    said = {name: (end.action, [step.action for step in end.then]) for name, end in ends.items()}
    assert said["thank"] == ("thank", ["message"])
    assert said["restore"][0] == "reply"
    assert ends["correct"].template == "correct-the-facts"
    assert said["watch"] == ("monitor", [])
    assert said["state-once"] == ("reply", ["message"])
    assert said["remove-spam"] == ("remove", [])
    assert said["hand-over-threat"] == ("escalate", [])
