import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.errors import KeywordUnusable
from becalm.signals import compile_keywords


def phrases_in(text, *phrases):
    return [keyword.phrase for keyword in compile_keywords({"list": phrases}).find(text)]


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("ass", "kiss my ass!"),
        ("class action", "a class action suit"),
        ("class action", "a class-action suit"),
        ("refund*", "i was refunded"),
        ("*coin", "buy litecoin now"),
        ("un*able", "this is unreasonable"),
        ("sue * you", "i will sue both you"),
        ("🔥", "so🔥good"),
        ("食中毒", "昨日食中毒になった"),
        ("Recall", "the recall of march"),
        ("c++", "i like c++"),
        (".net", "asp.net rules"),
    ],
)
def test_a_phrase_is_found(phrase, text):
    assert phrases_in(text, phrase) == [phrase]


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("ass", "assassin"),
        ("ass", "45s"),
        ("bitch", "6 itch"),
        ("ass", "bass"),
        ("142", "142460"),
        ("refund", "refunded"),
    ],
)
def test_a_phrase_inside_a_word_is_not_found(phrase, text):
    assert phrases_in(text, phrase) == []


def test_overlapping_phrases_are_all_found():
    assert phrases_in("a data breach", "breach", "data breach", "data*") == ["breach", "data breach", "data*"]


def test_phrases_are_normalised_as_the_texts_are():
    lists = compile_keywords({"list": ["CAFÉ*"]}, lambda text: text.lower().replace("é", "e"))
    assert [keyword.phrase for keyword in lists.find("two cafes")] == ["CAFÉ*"]


@pytest.mark.parametrize("phrase", ["", " ", "*", "* *", "**"])
def test_a_phrase_that_looks_for_nothing_is_refused(phrase):
    with pytest.raises(KeywordUnusable, match="'bad'"):
        compile_keywords({"good": ["word"], "bad": [phrase]})


@given(st.text(st.characters(codec="ascii", categories=["Ll"]), min_size=1, max_size=8))
def test_a_word_is_found_alone_and_never_inside_letters(word):
    assert phrases_in(f"so {word}.", word) == [word]
    assert phrases_in(f"q{word}q", word) == []


def test_a_keyword_names_its_list_in_the_reason(score):
    scores = score("I will see you in court", keyword_lists=compile_keywords({"legal": ["in court"]}))
    assert scores.keywords == ["in court"]
    assert [reason.text for reason in scores.reasons if reason.signal == "keywords"] == [
        "on the alert list “legal”: “in court”"
    ]
