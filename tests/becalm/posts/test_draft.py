"""Drafts say how to recognise a pattern, calmly, in both languages."""

import re

import pytest

from becalm.errors import InputError
from becalm.posts import Pattern, post_languages, write_post
from becalm.review.excerpt import EMAIL, HANDLE, LINK
from becalm.review.patterns import MARKERS, WORDINGS

KINDS = sorted({*MARKERS, *WORDINGS, "disguise"})
ABOUT_US = {"brand": "LANTERN TEA SHOP", "support_link": "https://tea.example/help"}


def post_about(*kinds, language="en", about_us=ABOUT_US):
    return write_post([Pattern(kind, 1, 9) for kind in kinds], language, about_us)


@pytest.mark.parametrize("language", post_languages())
@pytest.mark.parametrize("kind", KINDS)
def test_every_pattern_has_a_calm_paragraph_without_an_address_of_anybody(kind, language):
    post = post_about(kind, language=language)
    assert len(post.paragraphs) == 3
    assert post.objections == ()
    assert not re.search(r"[{}%⟦]", post.text)
    without_ours = post.text.replace(ABOUT_US["support_link"], "")
    assert not any(pattern.search(without_ours) for pattern in (LINK, EMAIL, HANDLE))


@pytest.mark.parametrize("language", post_languages())
def test_without_brand_and_address_the_sentences_still_close(language):
    post = post_about("link", language=language, about_us={})
    assert "  " not in post.text
    assert not re.search(r" [.,]", post.text)


def test_nothing_to_tell_makes_no_draft():
    assert post_about() is None
    assert post_about("unheard-of") is None


def test_at_most_five_patterns_are_told():
    assert len(post_about(*KINDS).patterns) == 5


def test_a_language_without_paragraphs_is_refused():
    with pytest.raises(InputError, match="de or en"):
        post_about("link", language="fr")


def test_a_brand_that_looks_like_a_template_is_only_text():
    assert "{{ 7 * 7 }}" in post_about("link", about_us={"brand": "{{ 7 * 7 }}"}).text
