from itertools import pairwise

import regex
from hypothesis import given
from hypothesis import strategies as st

from becalm.campaigns.tokens import tokenise


def test_words_are_compared_without_the_signs_around_them():
    assert [token.key for token in tokenise("Go: (shop.example) — it's $50!", 10)] == [
        "go", "shop.example", "—", "it's", "$50",
    ]  # fmt: skip


def test_scripts_without_spaces_are_taken_letter_by_letter():
    assert [token.key for token in tokenise("免费 tea茶", 10)] == ["免", "费", "tea", "茶"]
    assert len(tokenise("ฟรีวันนี้", 20)) == 5


@given(st.text(), st.integers(1, 5))
def test_tokens_are_stretches_of_the_text_in_order(text, most):
    tokens = tokenise(text, most)
    assert len(tokens) <= most
    assert all(token.key and not regex.search(r"\s", text[token.start : token.end]) for token in tokens)
    assert all(one.end <= other.start for one, other in pairwise(tokens))
