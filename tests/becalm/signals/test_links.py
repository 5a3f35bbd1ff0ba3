from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.signals.links import find_links, judge_links, replace_links


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("see http://shop.example.com/a?b=1 now", "shop.example.com"),
        ("www.example.org", "example.org"),
        ("go to example.com.", "example.com"),
        ("example.co/x!", "example.co"),
        ("cheapthings dot com", "cheapthings.com"),
        ("cheapthings[.]com", "cheapthings.com"),
        ("cheapthings (dot) net", "cheapthings.net"),
        ("cheapthings .com", "cheapthings.com"),
        ("t.me/handle", "t.me"),
    ],
)
def test_a_link_is_found_by_its_domain(text, domain):
    assert [link.domain for link in find_links(text)] == [domain]


@pytest.mark.parametrize(
    "text",
    [
        "nice.video",
        "it was good.so good",
        "jane@example.com",
        "the dot com bubble",
        "wait... what",
        "3.5 stars",
        "e.g. this",
        "connect the dots",
        "142.460",
        "mr.smith",
    ],
)
def test_plain_punctuation_is_no_link(text):
    assert find_links(text) == ()


def test_more_links_and_disguises_are_stronger_reasons():
    one, two, many, hidden = (
        sum(reason.score for reason in judge_links(find_links(text), 5))
        for text in ("a.com", "a.com b.com", "a.com b.com c.com", "example dot com")
    )
    assert one < two < many
    assert one < hidden


def test_shorteners_and_bare_links_are_named():
    texts = [reason.text for reason in judge_links(find_links("bit.ly/abc"), 0)]
    assert texts == [
        "links to bit.ly",
        "a shortened link hides where it leads (bit.ly)",
        "nothing but a link",
    ]


@given(st.text(st.sampled_from("ab1.-/:@ wcom[]()"), max_size=60))
def test_links_stand_in_order_and_replacing_keeps_the_rest(text):
    links = find_links(text)
    assert all(left.end <= right.start for left, right in pairwise(links))
    assert replace_links(text, links).count("<link>") == len(links)
