import click
import pytest

from becalm.cli.thresholds import Thresholds


def read(value: str) -> tuple[float, ...]:
    return Thresholds().convert(value, None, None)


@pytest.mark.parametrize(
    ("value", "thresholds"),
    [("0.5", (0.5,)), ("0:1:0.5", (0, 0.5, 1)), ("0.3:0.5:0.15", (0.3, 0.45)), (" .2 : .2 : 1", (0.2,))],
)
def test_thresholds_are_read(value, thresholds):
    assert read(value) == thresholds


def test_many_small_steps_reach_the_end():
    assert read("0:1:0.001")[-2:] == (0.999, 1)
    assert read("0.3:0.9:0.05") == tuple(number / 100 for number in range(30, 95, 5))


@pytest.mark.parametrize(
    "value",
    ["", "high", "0:1", "0:1:0.1:2", "0:1:0", "0:1:-0.1", "0.9:0.1:0.1", "-0.1", "1.1", "nan", "0:inf:1", "0:1:inf",
     "0:1:0.0001", "0:1:1e-999999999"],
)  # fmt: skip
def test_what_does_not_rise_from_nought_to_one_is_refused(value):
    with pytest.raises(click.BadParameter):
        read(value)
