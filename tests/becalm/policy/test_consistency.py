"""A policy that cannot do what it says is refused, with the line."""

import pytest

from becalm.errors import PolicyInvalid
from becalm.policy import SHIPPED, load_policy


@pytest.mark.parametrize(
    ("old", "new", "key", "why"),
    [
        ("    queue: accounts\n    severity: 0.4", "    queue: accountts\n    severity: 0.4",
         "rules[likely-alternate].queue", "did you mean `accounts`?"),
        ("    action: warn\n", "    action: shame\n", "rules[repeat-offender].action", "no action `shame`"),
        ("    template: warning", "    template: warnings", "rules[repeat-offender].template", "mean `warning`?"),
        ("    template: warning", "    template: muted", "rules[repeat-offender].template", "for mute, not for warn"),
        ("      keywords: {any_of: [despair]}", "      keyword: {any_of: [despair]}",
         "rules[person-in-despair].when.keyword", "did you mean `keywords`?"),
        ("      keywords: {any_of: [despair]}", "      keywords: {any_of: [despairr]}",
         "rules[person-in-despair].when.keywords.any_of", "did you mean `despair`?"),
        ("      private_data: {at_least: 1}", "      private_data: {any_of: [shoe size]}",
         "rules[private-data].when.private_data.any_of", "never `shoe size`"),
        ("      alternate: {at_least: alternate}", "      alternate: {at_least: alternat}",
         "rules[likely-alternate].when.alternate.at_least", "did you mean `alternate`?"),
        ("      alternate: {at_least: alternate}", "      alternate: {at_least: 1.5}",
         "rules[likely-alternate].when.alternate.at_least", "never at 1.5"),
        ("      alternate: {at_least: alternate}", "      alternate: {at_least: alternate, at_most: 0.1}",
         "rules[likely-alternate].when.alternate.at_most", "nothing is at least 0.7 and at most 0.1"),
        ("      alternate: {at_least: alternate}", "      alternate: {is: likely}",
         "rules[likely-alternate].when.alternate.is", "is a number"),
        ("      verdict: {is: flood}", "      verdict: {is: floods}",
         "rules[flood].when.verdict.is", "did you mean `flood`?"),
        ("      verdict: {is: flood}", "      verdict: {is: echo}",
         "rules[flood].when.verdict.is", "echo"),
        ("      verdict: {is: flood}", "      verdict: {at_least: 0.5}",
         "rules[flood].when.verdict.at_least", "is a word"),
        ("  alternate: 0.7", "  alternate: 0.7\n  forgotten: 0.1", "thresholds.forgotten", "no rule uses"),
        ("  - id: person-in-despair\n", "  - id: threat\n", "rules[threat].id", "stands twice"),
        ("    owner: product safety lead\n    queue: escalation", "    owner: product safety lead\n    queue: care",
         "keywords[product-danger].id", "no rule brings `product-danger` to the queue `care`"),
        ("      - bomb threat", '      - "**"', "keywords[threats].phrases[7]", "neither a letter nor a digit"),
        ("    queue: care\n    severity: 0.6", "    queue: moderation\n    severity: 0.6",
         "rules[complaint].queue", "a complaint alone is a customer to help"),
    ],
)  # fmt: skip
def test_what_leads_nowhere_is_refused(refused, old, new, key, why):
    error = refused(old, new)
    assert error.key == key
    assert why in error.why


def test_a_switch_that_is_on_while_its_list_is_empty_is_refused_with_the_line(refused):
    error = refused("      keywords: {any_of: [threats]}", "      keywords: {any_of: []}")
    assert error.key == "rules[threat].when.keywords.any_of"
    assert error.line_text == "keywords: {any_of: []}"
    phrases = ("kill myself", "end my life", "better off without me", "no reason to live", "harm myself")
    error = refused("".join(f"      - {phrase}\n" for phrase in phrases), "      []\n")
    assert error.key == "keywords[despair].phrases"


def test_an_alert_list_that_no_rule_reads_is_refused(refused):
    error = refused("      keywords: {any_of: [despair]}", "      keywords: {any_of: [threats, threats]}")
    assert error.key == "keywords[despair].id"


def test_a_rule_on_accounts_cannot_give_strikes(refused):
    error = refused("    template: warning", "    template: warning\n    strike: {weight: 1.0}")
    assert error.key == "rules[repeat-offender].strike"


def test_a_rule_that_reads_strikes_cannot_breed_them(refused):
    error = refused("      abuse: {at_least: abuse}", "      abuse: {at_least: abuse}\n      strikes: {at_least: 1}")
    assert error.key == "rules[abuse].strike"
    assert "breed" in error.why


def test_nobody_is_suspended_without_a_warning_before(refused):
    error = refused("      after_warning: {at_least: 1}\n", "")
    assert error.key == "rules[warned-in-vain].action"
    assert "after_warning" in error.why
    assert refused("      after_warning: {at_least: 1}\n", "      after_warning: {at_least: 0}\n").key == error.key
    insult = "    action: hide\n    template: notice-hidden\n    strike: {weight: 1.0, days: 120}"
    assert refused(insult, "    action: ban\n    template: banned").key == "rules[abuse].action"


@pytest.mark.parametrize(
    ("action", "template"),
    [("warn", "warning"), ("mute", "muted"), ("ban", "banned"), ("hide", "notice-hidden"), ("remove", "notice-removed"),
     ("reply", "firm-statement"), ("message", "care-private")],
)  # fmt: skip
def test_no_rule_acts_upon_a_likeness_alone(refused, action, template):
    asks = "      alternate: {at_least: alternate}\n    queue: accounts\n    severity: 0.4\n"
    suggests = f"    action: {action}\n    template: {template}"
    error = refused(f"{asks}    action: monitor\n    template: watch-note", asks + suggests)
    assert error.key == "rules[likely-alternate].action"
    beside = asks.replace("    queue", "      warnings: {at_least: 0}\n    queue", 1)
    assert refused(f"{asks}    action: monitor\n    template: watch-note", beside + suggests).key == error.key


def test_powers_of_comment_rules_mean_nothing_elsewhere(refused):
    assert refused("    template: warning", "    template: warning\n    join_days: 3").key.endswith("join_days")
    error = refused("    template: warning", "    template: warning\n    also_in_groups: true")
    assert error.key == "rules[repeat-offender].also_in_groups"


def test_a_rule_that_another_always_beats_is_refused(refused):
    asks = "      verdict: {is: flood}\n      complaint: {at_most: complaint}\n      praise: {at_most: praise}"
    error = refused(asks, "      verdict: {is: campaign}")
    assert error.key == "rules[flood].when"
    assert "`campaign` asks the same" in error.why


@pytest.mark.parametrize(
    ("said", "key", "why"),
    [
        ("channels: []", "channels", "at least 1"),
        ("channels: ['*']", "channels", "match pattern"),
        ("channels: [a/b/c]", "channels", "match pattern"),
        ("languages: [german]", "languages", "match pattern"),
        ("languages: [no, de]", None, None),
        ("channels: [lantern-tea, clipshare/lantern-tea, clipshare/*]", None, None),
        ("quiet_hours: {from: 22:00, to: 07:00}", "quiet_hours.zone", "missing"),
        ("quiet_hours: {from: 22:00, to: 25:00, zone: UTC}", "quiet_hours.to", "no time of day"),
        ("quiet_hours: {from: 22:00, to: 22:00, zone: UTC}", "quiet_hours", "never or always"),
        ("quiet_hours: {from: 22:00, to: 07:00, zone: Nowhere}", "quiet_hours.zone", "no time zone"),
        ("quiet_hours: {until: 22:00, to: 07:00, zone: UTC}", "quiet_hours.until", "there are: from, to, zone"),
        ("quiet_hours: {from: 22:00, to: 07:00, zone: Europe/Berlin}", None, None),
    ],
)
def test_where_and_when_a_list_listens_must_make_sense(tmp_path, said, key, why):
    path = tmp_path / "policy.yaml"
    path.write_text(SHIPPED.read_text().replace("  - id: despair\n", f"  - id: despair\n    {said}\n"))
    if key is None:
        load_policy(path)
        return
    with pytest.raises(PolicyInvalid, match=why) as caught:
        load_policy(path)
    assert caught.value.key.startswith(f"keywords[despair].{key}")


@pytest.mark.parametrize(
    ("before", "why"),
    [
        ("    severity: 0.45\n", "as grave as 0.9"),
        ("    severity: 0.45\n    machine_may_act: true\n    machine_daily_limit: 2\n", "as grave as 0.9"),
    ],
)
def test_only_grave_rules_suspend_without_a_warning(refused, before, why):
    error = refused("    severity: 0.45\n", f"{before}    without_warning: true\n")
    assert error.key == "rules[single-spam].without_warning"
    assert why in error.why


def test_no_machine_suspends_without_a_warning(refused):
    alone = "    machine_may_act: true\n    machine_daily_limit: 2\n    severity: 1.0\n"
    error = refused("    severity: 1.0\n", alone)
    assert (error.key, "machine" in error.why) == ("rules[threat].without_warning", True)
