from benchmarks.signals.written import written


def test_the_same_seed_writes_the_same_texts_each_once():
    texts = [one.text for one in written(seed=5)]
    assert texts == [one.text for one in written(seed=5)]
    assert len(texts) == len(set(texts)) > 1_000


def test_no_slot_is_left_open():
    assert not any("{" in one.text or "}" in one.text for one in written())


def test_both_sides_teach_and_measure():
    sides = {(one.is_spam, one.is_for_training) for one in written()}
    assert len(sides) == 4
