import pytest

from becalm.signals.shouting import judge_shouting


@pytest.mark.parametrize("text", ["BUY THESE GOLDEN WATCHES NOW", "what????", "no!!!! way"])
def test_capitals_and_piled_marks_are_loud(text):
    assert len(judge_shouting(text)) == 1


@pytest.mark.parametrize("text", ["", "USA and NASA", "What a day!", "Buy These Golden Watches", "ＯＫ", "!!!", "LOL"])
def test_ordinary_typing_is_not_loud(text):
    assert judge_shouting(text) == []


def test_shouting_is_weak_evidence():
    assert all(reason.score <= 0.15 for reason in judge_shouting("BUY THESE GOLDEN WATCHES NOW!!!!"))
