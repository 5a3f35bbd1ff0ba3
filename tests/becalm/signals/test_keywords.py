import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.errors import KeywordUnusable
from becalm.scope import Scope
from becalm.signals import compile_keywords
from embeddings.normalise import normalise

ALPHABET = "ab0 -*.'é食ไ🔥\ud800?"


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
        ("don't buy", "i don't buy it"),
        ("ไฟไหม้", "บ้านไฟไหม้แล้ว"),
        ("bomb threat", "bomb - threat"),
        ("he", "she and he"),
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
        ("don", "don\u00e9"),
        ("he", "she and hers"),
        ("bomb threat", "bomb, no real threat"),
        ("bomb threat", "threat bomb"),
        ("bomb threat", "bombthreat"),
        ("sell*", "seashells"),
        ("recall", "recall_2"),
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


@pytest.mark.parametrize(
    "text",
    [
        "BOMB THREAT",
        "b0mb thr3at",
        "b o m b threat",
        "b.o.m.b. threat",
        "bo\u200bmb thr\u00adeat",
        "\u0432omb thre\u0430t",
        "bomb-threat!!!",
        "bómb thréat",
        "bomb\t\n threat",
        "\uff42\uff4f\uff4d\uff42 threat",
    ],
)
def test_a_phrase_is_found_in_disguise(text):
    lists = compile_keywords({"list": ["Bomb threat"]}, normalise)
    assert [keyword.phrase for keyword in lists.find(normalise(text))] == ["Bomb threat"]


@pytest.mark.parametrize("text", ["45s", "6 itch", "142,460", "assassin", "dQw4w9WgXcQ", "a55a55in", "8itchy"])
def test_numbers_and_ids_hide_no_words(text):
    lists = compile_keywords({"list": ["ass", "bitch", "as", "itch*r"]}, normalise)
    assert lists.find(normalise(text)) == []


@given(st.lists(st.text(ALPHABET, min_size=1, max_size=7), max_size=8), st.text(ALPHABET, max_size=40))
def test_one_pass_finds_what_asking_every_phrase_finds(given, text):
    phrases = [phrase for phrase in given if set(phrase) - set("* ")]
    lists = compile_keywords({"list": phrases}, lambda phrase: phrase)
    asked = [keyword.phrase for keyword in lists.keywords if keyword.pattern.search(text)]
    assert [keyword.phrase for keyword in lists.find(text)] == asked


@given(st.lists(st.text("abc", min_size=1, max_size=3), min_size=1, max_size=6), st.text("abc -", max_size=30))
def test_plain_words_are_found_as_splitting_finds_them(words, text):
    found = {keyword.phrase for keyword in compile_keywords({"list": words}).find(text)}
    assert found == set(words) & set(text.replace("-", " ").split())


def test_a_list_is_heard_where_it_listens():
    lists = compile_keywords(
        {"here": ["fire"], "german": ["fire"], "all": ["fire"]},
        scopes={"here": Scope(channels=("tea",)), "german": Scope(languages=("de",))},
    )

    def heard(*where):
        return [keyword.alert_list for keyword in lists.find("fire", *where)]

    assert heard("clipshare", "tea", "en") == ["here", "all"]
    assert heard("clipshare", "coffee", "de-AT") == ["german", "all"]
    assert heard("clipshare", "coffee", None) == ["german", "all"]
