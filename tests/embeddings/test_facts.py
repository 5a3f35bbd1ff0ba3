from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.facts import Background, CommentFacts, TextFacts


def comments(text_ids: list[int]) -> CommentFacts:
    ids = np.array(text_ids, np.int64)
    return CommentFacts(ids, ids, ids, ids.astype(float))


def text(*markers: tuple[str, str]) -> TextFacts:
    return TextFacts("", (), None, 0.0, 0.0, markers)


@given(st.lists(st.integers(0, 5), max_size=20))
def test_every_comment_is_found_under_its_text_once_and_in_order(text_ids):
    rows = comments(text_ids).rows_of_texts()
    assert {one: places.tolist() for one, places in rows.items()} == {
        one: [place for place, other in enumerate(text_ids) if other == one] for one in set(text_ids)
    }


@pytest.mark.parametrize("kind", ["domain", "video", "chat"])
def test_where_readers_are_sent_is_an_address(kind):
    assert text(("handle", "@ann"), (kind, "somewhere")).has_address
    assert text((kind, "somewhere")).contacts == frozenset()


def test_a_persons_contact_by_itself_is_no_address():
    one = text(("handle", "@ann"), ("e-mail", "ann@lantern.example"), ("phone", "5550123"))
    assert not one.has_address
    assert one.contacts == {"@ann", "ann@lantern.example", "5550123"}
    assert not text().has_address


@given(st.integers(0, 10**6), st.data())
def test_rarity_is_never_below_zero_and_falls_as_a_word_spreads(texts, data):
    fewer = data.draw(st.integers(0, texts))
    more = data.draw(st.integers(fewer, texts))
    background = Background(texts, {"rare": fewer, "common": more})
    assert log(texts + 1) == background.rarity("unknown") >= background.rarity("rare") >= background.rarity("common")
    assert background.rarity("common") >= 0


def test_a_word_that_only_these_texts_hold_is_as_rare_as_one_that_none_does():
    background = Background(1_000, {"bellamy": 40})
    assert background.rarity("bellamy", without=40) == background.rarity("unknown") > background.rarity("bellamy")
    assert background.rarity("bellamy", without=50) == background.rarity("unknown")
