from collections import Counter

from benchmarks.signals.contrast import sentences

SENTENCES = sentences()


def test_there_are_enough_harmless_texts_of_ten_kinds_and_more():
    kinds = Counter(one.kind for one in SENTENCES if not one.is_abusive)
    assert len(kinds) >= 10
    assert kinds.total() >= 400
    assert min(kinds.values()) >= 20


def test_half_of_the_templates_are_held_out():
    held = sum(not one.is_for_training for one in SENTENCES)
    assert 0.4 < held / len(SENTENCES) < 0.6


def test_no_text_stands_twice_and_no_slot_is_left_open():
    texts = [one.text for one in SENTENCES]
    assert len(set(texts)) == len(texts)
    assert not any("{" in text for text in texts)


def test_the_same_seed_gives_the_same_texts():
    assert sentences(1) == SENTENCES
    assert sentences(2) != SENTENCES
