import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.erasure.mentions import ERASED, Mentions, names, texts


@pytest.mark.parametrize(
    ("phrases", "text", "after"),
    [
        (["eve-1"], "eve-1 and eve-10 and steve-1", f"{ERASED} and eve-10 and steve-1"),
        (["eve", "tube:eve"], "xtube:eve", f"xtube:{ERASED}"),
        (["what eve said", "said today"], "so what eve said today", f"so {ERASED}"),
        (["ünïcödé"], "an ünïcödé name", f"an {ERASED} name"),
        (["😀"], "a 😀😀 b", f"a {ERASED}{ERASED} b"),
        (["(eve)"], "said(eve)now", f"said{ERASED}now"),
        ([], "anything", "anything"),
        (["", " "], "any thing", "any thing"),
        (["\ud800"], "half a pair \ud800", "half a pair \ud800"),
    ],
)
def test_what_stands_by_itself_is_struck_out(phrases, text, after):
    assert Mentions(phrases).scrub(text) == after


def test_json_keeps_its_shape():
    value = {"eve-id": ["by eve-id", 7, None, {"to": "eve-id"}]}
    assert Mentions(["eve-id"]).scrub_json(value) == {"eve-id": [f"by {ERASED}", 7, None, {"to": ERASED}]}


def test_short_names_and_texts_are_everybodys():
    assert names("eve", "evelyn", None, "") == ["evelyn"]
    assert texts(["so nice", "so nice of you"]) == ["so nice of you"]


@given(st.lists(st.text("ab -", min_size=1), max_size=4), st.text("ab -", max_size=30))
def test_scrubbing_again_changes_nothing(phrases, text):
    mentions = Mentions(phrases)
    once = mentions.scrub(text)
    assert mentions.scrub(once) == once
