"""What the shipped policy promises to the people who write and to those who handle it."""

from becalm.policy import AppliesTo, load_policy
from becalm.policy.facts import UNHAPPY

policy = load_policy()
RESTRICTING = {"hide", "remove", "warn", "mute", "ban"}
rules = {rule.id: rule for rule in policy.rules}


def test_customers_wait_the_shortest_after_emergencies():
    hours = {name: queue.service_hours for name, queue in policy.queues.items()}
    assert sorted(hours, key=hours.get)[:2] == ["escalation", "care"]
    assert [name for name, queue in policy.queues.items() if queue.customers_first] == ["care"]


def test_a_complaint_never_goes_to_moderation_by_itself():
    for rule in policy.rules:
        if UNHAPPY & rule.when.keys() and rule.queue == "moderation":
            assert rule.when["complaint"].at_least is None
    assert rules["complaint"].queue == "care"
    assert rules["complaint"].join_days


def test_emergencies_go_to_escalation_even_out_of_a_campaign():
    for name in ("threat", "person-in-despair", "product-danger", "private-data", "legal-and-press"):
        assert rules[name].queue == "escalation"
        assert rules[name].also_in_groups


def test_every_queue_gets_cases_from_some_rule():
    assert policy.appeals is not None
    assert {rule.queue for rule in policy.rules} | {policy.appeals.queue} == set(policy.queues)


def test_every_action_that_talks_has_a_text():
    written = {action for template in policy.templates for action in template.actions}
    assert {name for name, action in policy.actions.items() if action.talks} <= written


def test_nobody_is_struck_for_being_unhappy_or_happy():
    struck = {rule.id for rule in policy.rules if rule.strike}
    assert struck == {"abuse", "single-spam", "campaign", "flood"}


def test_whoever_is_restricted_reads_how_to_contest_it():
    told = [each for each in policy.templates if each.audience == "author" and RESTRICTING & set(each.actions)]
    assert len(told) >= 12
    for template in told:
        assert "{{ appeal_link }}" in template.text
        assert "{{ appeal_until }}" in template.text


def test_the_most_severe_rule_comes_first():
    ordered = policy.rules_for(AppliesTo.COMMENT)
    severities = [rule.severity for rule in ordered]
    assert severities == sorted(severities, reverse=True)
    assert ordered[0].id == "threat"


def test_a_template_without_the_language_falls_back():
    assert policy.template("care-first-answer", "de").language == "de"
    assert policy.template("care-first-answer", "fr").language == "en"
    assert policy.template("none-such") is None
