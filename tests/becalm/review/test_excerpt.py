import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.review.excerpt import excerpt, plain


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("write to lena.k+shop@mail.example now", "write to [e-mail] now"),
        ("call +44 (0)7700 900-123 now", "call [number] now"),
        ("card 4000 1234 5678 9010", "card [number]"),
        ("IBAN DE02 1203 0000 0000 2020 51 please", "IBAN [number] please"),
        ("see https://shop.example/win?id=7&me=lena it is real", "see shop[.]example it is real"),
        ("see HTTPS://user:pw@shop.example/a", "see shop[.]example"),
        ("go to www.shop.example/deal/7!", "go to www[.]shop[.]example"),
        ("ask @lena_k about it", "ask [handle] about it"),
        ("since 2026-11-09 or 9.11.2026, order 2026-11-093", "since 2026-11-09 or 9.11.2026, order [number]"),
        ("in 2026 we sold 142,460 of them at 9.99", "in 2026 we sold 142,460 of them at 9.99"),
    ],
)
def test_private_data_is_masked_and_links_are_defused(text: str, told: str) -> None:
    assert excerpt(text) == told


def test_long_texts_are_cut_with_a_sign() -> None:
    assert excerpt("word " * 100, 20) == "word word word word…"
    assert len(excerpt("x" * 1_000_000)) == 160


def test_invisible_and_turning_characters_are_left_out() -> None:
    assert plain("a\u202eb\u200bc\x00d\n\t e\ud800") == "abcd e"


@given(st.text(max_size=400))
def test_an_excerpt_is_short_and_can_always_be_written(text: str) -> None:
    shown = excerpt(text)
    assert len(shown) <= 160
    assert shown == plain(shown)
    shown.encode()


@given(st.from_regex(r"[a-z]{2,9}@[a-z]{2,9}\.(com|example)", fullmatch=True), st.text("ab \n", max_size=30))
def test_no_address_survives(address: str, around: str) -> None:
    assert address not in excerpt(f"{around} {address} {around}")
