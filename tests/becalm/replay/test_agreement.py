from fractions import Fraction
from math import comb

import pytest

from becalm.replay.agreement import Judged, measure_agreement


def cases(number, people, before, after):
    return [Judged(f"{people}{before}{after}{n}", "tube/page", people, before, after) for n in range(number)]


def test_too_few_decisions_say_how_many_are_missing():
    agreement = measure_agreement(cases(12, "abuse", "abuse", None))
    assert not agreement.is_enough
    assert "18 more" in agreement.conclusion


def test_a_split_that_chance_makes_is_no_difference():
    mixed = cases(30, "abuse", "abuse", "abuse") + cases(4, None, "abuse", None) + cases(3, "abuse", "abuse", None)
    assert "No telling difference" in measure_agreement(mixed).conclusion


def test_a_clear_split_is_told_with_its_direction():
    better = cases(30, "abuse", "abuse", "abuse") + cases(12, None, "abuse", None)
    assert "more often" in measure_agreement(better).conclusion
    worse = cases(30, "abuse", "abuse", "abuse") + cases(12, "abuse", "abuse", None)
    assert "less often" in measure_agreement(worse).conclusion


def test_a_rule_is_right_and_catches_by_its_own_cases():
    (rule,) = measure_agreement(cases(6, "abuse", "abuse", "abuse") + cases(2, None, "abuse", None)).rules
    assert (rule.right_before.hits, rule.right_before.total) == (6, 8)
    assert (rule.right_after.hits, rule.right_after.total, rule.missing) == (6, 6, 24)


@pytest.mark.parametrize(("better", "worse", "conclusion"), [
    (1_500, 1_400, "No telling difference"), (20_000, 10_000, "more often"), (10_000, 20_000, "less often"),
])  # fmt: skip
def test_very_many_decided_cases_are_concluded_from_too(better, worse, conclusion):
    agreement = measure_agreement([*cases(better, "abuse", None, "abuse"), *cases(worse, "spam", "spam", None)])
    assert conclusion in agreement.conclusion


@pytest.mark.parametrize(("better", "worse"), [(6, 0), (7, 3), (40, 60), (500, 460)])
def test_the_sign_test_is_exact(better, worse):
    agreement = measure_agreement([*cases(better, "abuse", None, "abuse"), *cases(worse, "spam", "spam", None)])
    tail = Fraction(sum(comb(better + worse, k) for k in range(min(better, worse) + 1)), 2 ** (better + worse))
    assert agreement.chance == pytest.approx(min(1.0, float(2 * tail)), rel=1e-9)
