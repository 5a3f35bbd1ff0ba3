from collections import Counter

from benchmarks.signals.simulated import said

SAID = said()


def test_all_sides_and_kinds_are_there_in_numbers():
    sides, kinds = Counter(one.side for one in SAID), Counter(one.kind for one in SAID)
    assert min(sides[side] for side in ("complaint", "praise", "neither")) >= 2_000
    assert set(kinds) == {"complaint", "praise", "question", "talk", "reply", "elsewhere"}


def test_no_text_stands_twice_and_nothing_is_left_open():
    texts = [one.text for one in SAID]
    assert len(set(texts)) == len(texts)
    assert not any(set("{}|") & set(text) for text in texts)


def test_the_same_seed_says_the_same():
    assert said(1) == SAID
    assert said(2) != SAID


def test_halves_share_few_texts():
    one, other = ({told.text.lower() for told in said(half=half) if told.side != "neither"} for half in (0, 1))
    assert len(one & other) < len(one) / 100


def test_who_answers_that_theirs_broke_too_complains():
    same = [one.side for one in SAID if one.kind == "reply" and one.text.lower().startswith("same with mine, ")]
    assert set(same) == {"complaint"}
