import json
import pickle

import pandas as pd
import pytest

from becalm.errors import CheckFailed
from expectations.columns import between, great_expectations, matching, unique
from expectations.run import Quality, run


def check(facts: dict[str, list], *rules) -> Quality:
    suite = great_expectations().ExpectationSuite(name="trial", expectations=list(rules))
    return run(suite, pd.DataFrame(facts), lambda index, field: f"{field} of row {index}")


def test_bad_rows_are_all_named_however_many():
    quality = check({"size": [index % 2 for index in range(5_000)]}, between("size is positive", "size", 1, None))
    assert list(quality.bad) == list(range(0, 5_000, 2))
    assert quality.failed == {"size is positive": 2_500}
    assert quality.bad[4][0].found == "size of row 4"


def test_most_frequent_failure_comes_first():
    rules = between("size is small", "size", 0, 8), between("size is tiny", "size", 0, 1)
    assert list(check({"size": list(range(10))}, *rules).failed) == ["size is tiny", "size is small"]


def test_null_passes_every_rule():
    rules = between("size is positive", "size", 1, None), matching("name is a", "name", r"^a\Z"), unique("one", "name")
    assert check({"size": [None, 1.0], "name": [None, None]}, *rules).is_good


def test_line_end_does_not_slip_past_a_pattern():
    assert list(check({"name": ["a", "a\n"]}, matching("name is a", "name", r"^a\Z")).bad) == [1]


def test_result_holds_counts_and_no_values_and_can_travel():
    quality = check({"name": ["marmalade", "a"]}, matching("name is a", "name", r"^a\Z"))
    assert "marmalade" not in json.dumps(quality.validation)
    assert pickle.loads(pickle.dumps(quality)) == quality
    assert quality.validation["results"][0]["result"]["unexpected_count"] == 1


def test_rule_that_can_not_be_evaluated_is_an_error_not_a_pass():
    with pytest.raises(CheckFailed, match="could not check that size is positive"):
        check({"other": [1]}, between("size is positive", "size", 1, None))


def test_required_quality_passes_itself_on_or_fails():
    good = check({"size": [1]}, between("size is positive", "size", 1, None))
    assert good.require() is good
    with pytest.raises(CheckFailed, match=r"size is positive .not so for 1 of 1: size of row 0"):
        check({"size": [0]}, between("size is positive", "size", 1, None)).require()
