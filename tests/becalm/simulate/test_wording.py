from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.simulate.books import SHARED, Books
from becalm.simulate.crowds import occasions
from becalm.simulate.wording import Choice, Name, Span, Writer, load_book, load_phrases, open_names, parse

FACTS = {"order", "problem"}


def test_a_line_is_words_choices_spans_and_names():
    assert parse("a {b|c} {2-9} {who}") == ("a ", Choice((("b",), ("c",))), " ", Span(2, 9), " ", Name("who"))


def test_braces_nest():
    assert parse("{a|b {1-2}|}") == (Choice((("a",), ("b ", Span(1, 2)), ())),)


@pytest.mark.parametrize("line", ["a {b", "a } b", "a | b", "{a|{b}"])
def test_a_line_with_wrong_braces_is_refused(line):
    with pytest.raises(ValueError, match="brace"):
        parse(line)


def test_a_span_reaches_both_ends():
    writer = Writer({"n": (parse("{3-5}"),)}, Random(1))
    assert {writer.write("n") for _ in range(100)} == {"3", "4", "5"}


def test_spaces_and_stops_are_tidied():
    writer = Writer({"n": (parse("is it  so?. yes , it is ."),)}, Random(1))
    assert writer.write("n") == "is it so? yes, it is."


@given(st.integers(0, 10_000))
def test_a_frozen_line_keeps_its_names_and_numbers_and_spins_the_rest(seed):
    writer = Writer({"n": (parse("{who} has {1-1000000} {a|b|c|d}"),), "who": (parse("x"), parse("y"))}, Random(seed))
    frozen = writer.freeze("n")
    assert open_names([frozen]) == set()
    assert len({writer.spin(frozen)[:-1] for _ in range(5)}) == 1


def test_every_name_in_the_phrase_books_is_written():
    books = Books(Random(1))
    for product in books.products:
        for language in ("en", *books.languages):
            spoken = books.writer(product, language).phrases
            missing = open_names(line for lines in spoken.values() for line in lines) - set(spoken)
            assert missing <= (FACTS if language == "en" else set()), (product, language)


def test_every_campaign_kind_and_occasion_is_written():
    spoken = Books(Random(1)).writer("Fenn").phrases
    assert set(load_book("campaigns")["kinds"]) <= set(spoken)
    assert set(load_book("campaigns")["unfit"]) <= set(load_book("campaigns")["kinds"])
    for occasion in occasions():
        assert {occasion.name, *occasion.facts} <= set(spoken)


def test_no_name_is_written_in_two_books():
    names = Counter(name for book in SHARED for name in load_phrases(book))
    assert [name for name, count in names.items() if count > 1] == []
