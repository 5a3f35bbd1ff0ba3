from pathlib import Path

import pytest

from becalm.errors import PolicyInvalid
from becalm.policy import SHIPPED, load_policy


def error_of(path: Path) -> PolicyInvalid:
    with pytest.raises(PolicyInvalid) as caught:
        load_policy(path)
    return caught.value


def test_the_shipped_policy_loads_and_keeps_its_words():
    policy = load_policy()
    assert policy.document.startswith(SHIPPED.read_text())
    assert policy.version == "2"
    assert policy.path == SHIPPED


def test_digest_follows_the_words_but_not_the_line_ends(tmp_path):
    text = SHIPPED.read_text()
    windows, other = tmp_path / "windows.yaml", tmp_path / "other.yaml"
    windows.write_bytes(text.replace("\n", "\r\n").encode())
    other.write_text(text.replace("period_days: 7", "period_days: 14"))
    assert load_policy(windows).digest == load_policy().digest
    assert load_policy(other).digest != load_policy().digest


def test_a_missing_file_is_named(tmp_path):
    error = error_of(tmp_path / "none.yaml")
    assert str(tmp_path / "none.yaml") in str(error)
    assert "No such file" in error.why


@pytest.mark.parametrize("content", ["", "# only words\n", "- a\n- list\n", "just text"])
def test_a_file_without_keys_is_refused(tmp_path, content):
    path = tmp_path / "policy.yaml"
    path.write_text(content)
    assert error_of(path).line == 1


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"version: '1'\nqueues:\n  care: [1, 2\nrules: []\n", 4),
        (b"version: '1'\n\trules: []\n", 2),
        (b"version: '1'\nrules: !secret x\n", 2),
        (b"version: '1'\nrules: \xff\xfe\n", 2),
        (b"version: '1'\n\nrules: \x07\n", 3),
        (b"a: &same {b: 1}\nc: 1\nd: *same\n", 1),
        (b"version: '1'\n? [a, b]\n: c\n", 2),
    ],
)
def test_what_is_no_plain_yaml_is_refused_with_its_line(tmp_path, content, line):
    path = tmp_path / "policy.yaml"
    path.write_bytes(content)
    assert error_of(path).line == line


def test_a_key_that_stands_twice_names_both_lines(refused):
    error = refused("  period_days: 7", "  period_days: 7\n  period_days: 8")
    assert (error.key, error.line_text) == ("period_days", "period_days: 8")
    assert f"first is on line {error.line - 1}" in error.why


def test_an_unknown_key_gets_a_suggestion(refused):
    error = refused("    severity: 0.98", "    severiti: 0.98")
    assert error.line_text == "severiti: 0.98"
    assert error.key == "rules[person-in-despair].severiti"
    assert "did you mean `severity`?" in error.why


def test_an_unknown_key_deep_inside_gets_the_keys_there_are(refused):
    error = refused("    strike: {weight: 1.0, days: 120}", "    strike: {weight: 1.0, expiry_in_weeks: 9}")
    assert error.line_text.startswith("strike:")
    assert "there are: days, weight" in error.why


def test_a_missing_key_is_named_at_the_part_that_lacks_it(refused):
    error = refused("    severity: 0.98\n", "")
    assert error.line_text == "- id: person-in-despair"
    assert (error.key, error.why) == ("rules[person-in-despair].severity", "missing")


def test_a_missing_section_is_named(refused):
    error = refused("review:\n  period_days: 7\n", "")
    assert error.key == "review"


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("  period_days: 7", "  period_days: seven", "review.period_days"),
        ("  period_days: 7", "  period_days: 0", "review.period_days"),
        ("    severity: 0.98", '    severity: "0.98"', "rules[person-in-despair].severity"),
        ("    severity: 0.98", "    severity: .nan", "rules[person-in-despair].severity"),
        ("    severity: 0.98", "    severity: 1.2", "rules[person-in-despair].severity"),
        ("  low_rating: 2", "  low_rating: true", "thresholds.low_rating"),
        ("    service_hours: 48", "    service_hours: -1", "queues.accounts.service_hours"),
        ("language: en\n", "language: english\n", "language"),
        ("shortens_wait: 0.25", "shortens_wait: 1", "priority.shortens_wait"),
        ("    queue: accounts\n    severity: 0.4", "    queue:\n    severity: 0.4", "rules[likely-alternate].queue"),
        ("      complaint: {at_least: complaint}\n    queue", "      complaint: {}\n    queue",
         "rules[complaint].when.complaint"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused_at_its_line(refused, old, new, key):
    error = refused(old, new)
    assert error.key == key
    assert error.line_text in {line.strip() for line in new.splitlines()}


def test_factor_weights_must_add_up(refused):
    error = refused("intent: 0.15}", "intent: 0.35}")
    assert error.key == "offenders.weights"
    assert "1.2" in error.why


def test_a_word_that_begins_with_a_truth_is_a_word(tmp_path):
    path = tmp_path / "policy.yaml"
    path.write_text(SHIPPED.read_text() + "\nfalse_ties: 1\n")
    assert error_of(path).why.startswith("unknown key")


def test_a_date_is_a_fine_version_and_norwegian_is_no_lie(tmp_path):
    path = tmp_path / "policy.yaml"
    text = SHIPPED.read_text().replace('version: "2"', "version: 2026-11-02")
    path.write_text(text)
    policy = load_policy(path)
    assert policy.version == "2026-11-02"


def test_several_mistakes_show_the_first_and_their_number(refused):
    error = refused("    queue: accounts\n    severity: 0.4", "    queue: accountts\n    severity: 4")
    assert error.line_text == "severity: 4"
    error = refused("    queue: accounts\n    severity: 0.4\n    action: monitor",
                    "    queue: accountts\n    severity: 0.4\n    action: watch")  # fmt: skip
    assert error.line_text == "queue: accountts"
    assert error.why.endswith("(and 1 more)")
