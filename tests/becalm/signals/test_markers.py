import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.signals.markers import find_markers


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("get yours at glow-deals.shop/7 today", ("domain", "glow-deals.shop")),
        ("see kettle-win(dot)com now", ("domain", "kettle-win.com")),
        ("shop at big.kettle-store(dot)com", ("domain", "big.kettle-store.com")),
        ("go to kettlewinners;com", ("domain", "kettlewinners.com")),
        ("w.kettle-winners com has them", ("domain", "kettle-winners.com")),
        ("news: daily-kettle-gossip.eu.pn wow", ("domain", "daily-kettle-gossip.eu.pn")),
        ("free-kettle.me sent mine", ("domain", "free-kettle.me")),
        ("take it at short.do\\kettle5", ("domain", "short.do")),
        ("kettlewin. com it is", ("domain", "kettlewin.com")),
        ("ask @coach_bellamy about it", ("handle", "@coach_bellamy")),
        ("write to ann.lee@shop.example please", ("e-mail", "ann.lee@shop.example")),
        ("look: /watch?v=abc-DEF_123".lower(), ("video", "abc-def_123")),
        ("call me on 0171 555 0199", ("phone", "1715550199")),
        ("+44 7700 900123 is open", ("phone", "447700900123")),
        ("telegram: kettle_king", ("chat", "kettle_king")),
    ],
)
def test_an_address_is_found_in_its_disguise(text, address):
    kind, value = address
    found = dict(find_markers(text))
    assert found[kind].lstrip("0") == value.lstrip("0")


@pytest.mark.parametrize(
    "text",
    [
        "150 000 000 views already",
        "it costs 1.299.000 here",
        "i paid 4500000 for it",
        "end of it.but next year again",
        "never.do.this again",
        "please call me back in 5 minutes",
        "the end of 2026. come and see",
        "000 000 0000 000",
        "so good, come on; common sense",
        "us online stores",
    ],
)
def test_honest_figures_and_sloppy_stops_are_no_address(text):
    assert list(find_markers(text)) == []


def test_who_is_spoken_to_is_told():
    assert list(find_markers("@ann_lee thank you")) == [("handle", "@ann_lee")]


@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    assert all(value for _, value in find_markers(text))
