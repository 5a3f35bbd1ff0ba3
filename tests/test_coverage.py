"""docs/coverage.md names every requirement, and tests that there are."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "coverage.md").read_text("utf-8")
SHOWN = re.findall(r"\[([^\]]+)\]\(\.\./(tests/[^)]+)\)", PAGE)
NAMED = re.findall(r"`((?:becalm|embeddings|expectations|tasks|flows)/[^`*]*)`", PAGE)
RULES = re.findall(r"rules? ((?:`[a-z-]+`(?:, )?)+)", PAGE)


def test_every_requirement_has_its_line():
    assert re.findall(r"^\| (M\d+) \|", PAGE, re.MULTILINE) == [f"M{number}" for number in range(1, 22)]


@pytest.mark.parametrize(("words", "file"), SHOWN)
def test_what_a_line_says_is_shown_by_a_test_of_this_name(words, file):
    assert f"def test_{words.replace(' ', '_')}(" in (ROOT / file).read_text("utf-8")


@pytest.mark.parametrize("place", NAMED)
def test_what_a_line_names_is_there(place):
    assert (ROOT / place).exists()


def test_every_rule_that_is_named_is_one_of_the_shipped_policy():
    rules = (ROOT / "becalm" / "policy" / "default" / "policy.yaml").read_text("utf-8")
    for rule in re.findall(r"`([a-z-]+)`", " ".join(RULES)):
        assert f"- id: {rule}\n" in rules
