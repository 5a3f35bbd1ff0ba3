import pytest

from becalm.campaigns.score import bcubed, score
from becalm.campaigns.truth import Label


def test_bcubed_is_that_of_the_paper():
    gold = {"1": "a", "2": "a", "3": "a", "4": "a", "5": "a", "6": "b", "7": "b", "8": "c", "9": "c", "10": "c",
            "11": "c", "12": "c"}  # fmt: skip
    joined_ends = gold | dict.fromkeys(("8", "9", "10", "11", "12"), "b")
    joined_big = gold | dict.fromkeys(("8", "9", "10", "11", "12"), "a")
    assert bcubed(gold, joined_ends) == (pytest.approx(16 / 21), 1)
    assert bcubed(gold, joined_big) == (pytest.approx(7 / 12), 1)


def test_each_measure_of_a_small_case():
    truth = {
        "s1": Label("spam", "tea"), "s2": Label("spam", "tea"), "s3": Label("spam", "tea"), "s4": Label("spam", "cups"),
        "o1": Label("organic", ""), "o2": Label("organic", ""), "n1": Label("neutral", ""),
    }  # fmt: skip
    found = score(truth, {"s1": "x", "s2": "x", "s4": "x", "o1": "y", "n1": "y", "unknown": "x"})
    assert (found.spam, found.flagged, found.hits, found.wrong, found.unlabelled) == (4, 5, 3, 1, 1)
    assert (found.recall, found.precision, found.strict_precision) == (3 / 4, 3 / 4, 3 / 5)
    assert found.strict_f1 == pytest.approx(2 / (4 / 3 + 5 / 3))
    # s1 and s2: 2 of 3 in x are tea; s4: 1 of 3; s3 stands alone.
    assert found.bcubed_precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert found.bcubed_recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert found.bcubed_f1 == pytest.approx(2 / 3)


def test_what_is_right_scores_one():
    truth = {"s1": Label("spam", "tea"), "s2": Label("spam", "cups"), "o1": Label("organic", "")}
    found = score(truth, {"s1": "x", "s2": "y"})
    assert (found.recall, found.precision, found.strict_f1, found.bcubed_f1) == (1, 1, 1, 1)


def test_nothing_flagged_scores_nothing_and_groups_each_alone():
    found = score({"s1": Label("spam", "tea"), "s2": Label("spam", "tea")}, {})
    assert (found.recall, found.precision, found.strict_precision, found.strict_f1) == (0, 0, 0, 0)
    assert (found.bcubed_precision, found.bcubed_recall) == (1, 1 / 2)


def test_a_campaign_named_as_a_comment_keeps_apart_from_it():
    truth = {"s1": Label("spam", "tea"), "s2": Label("spam", "cups")}
    assert score(truth, {"s1": "s2"}).bcubed_f1 == 1
