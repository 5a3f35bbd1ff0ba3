import pytest

from becalm.signals.lexicon import AnyNumber, AnyWord, expand, load_lexicon
from becalm.signals.reading import LEXICONS


def rows(line):
    return [[sorted(slot) if isinstance(slot, frozenset) else type(slot) for slot in row] for row in expand(line)]


def test_single_words_of_a_choice_share_a_slot():
    assert rows("(a|b) c") == [[["a", "b"], ["c"]]]


def test_choices_of_several_words_or_of_none_are_rows_of_their_own():
    assert sorted(rows("(a|b c|) d")) == [[["a"], ["d"]], [["b"], ["c"], ["d"]], [["d"]]]


def test_an_apostrophe_may_be_missing_unless_that_makes_another_word():
    assert rows("don't we're") == [[["don't", "dont"], ["we're"]]]


def test_open_slots_and_accents():
    assert rows("Año <any> <number>") == [[["ano"], AnyWord, AnyNumber]]


def test_an_empty_line_stands_for_nothing():
    assert rows("") == []


@pytest.mark.parametrize("signal", LEXICONS)
def test_every_shipped_kind_has_phrases_words_for_the_moderator_and_a_weight_in_range(signal):
    phrases = load_lexicon(signal)
    assert phrases
    for phrase in phrases:
        assert phrase.kind.says
        assert -1 <= phrase.kind.weight <= 1
        assert signal == "sentiment" or phrase.kind.weight >= 0
        assert any(isinstance(slot, frozenset) for slot in phrase.slots)
