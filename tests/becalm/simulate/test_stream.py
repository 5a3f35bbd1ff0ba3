import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from becalm.simulate.disguise import INVISIBLE
from becalm.simulate.stream import make_stream

DOMAIN = re.compile(
    r"\b(?:[a-z0-9-]+\.)+(?:com|net|org|io|co|info|biz|ly|me|uk|de|ru|shop|xyz|app|tv)\b", re.IGNORECASE
)


@given(st.integers(0, 700), st.integers(1, 40), st.integers(0, 2**64))
@settings(max_examples=60, deadline=None)
def test_a_stream_has_exactly_the_comments_that_were_asked_for(comments, days, seed):
    stream = make_stream(comments, days, seed)
    assert len(stream.drafts) == comments
    assert len({d.comment_id for d in stream.drafts}) == comments
    assert all(d.text.strip() for d in stream.drafts)
    seconds = [d.second for d in stream.drafts]
    assert seconds == sorted(seconds)
    assert all(0 <= second < days * 86_400 for second in seconds)
    for draft in stream.drafts:
        assert draft.thread.published < draft.second
        if draft.parent:
            assert draft.parent.thread is draft.thread
            assert draft.parent.second < draft.second


@pytest.mark.parametrize("comments", range(40))
def test_tiny_streams_work(comments):
    assert len(make_stream(comments, 1, comments).drafts) == comments


def test_the_shares_are_as_promised(stream):
    spam = [d for d in stream.drafts if d.label == "spam"]
    assert sum(d.kind != "flood" for d in spam) == 600
    assert 80 < sum(d.kind == "flood" for d in spam) <= 100
    assert sum(d.label == "neutral" for d in stream.drafts) == 25


def test_spam_has_a_family_and_nothing_else_has(stream):
    assert all(bool(d.family) == (d.label == "spam") for d in stream.drafts)
    assert all(d.disguise == "none" for d in stream.drafts if d.label != "spam")


def test_some_people_answer_each_other(stream):
    answers = [d for d in stream.drafts if d.parent and not d.account.is_brand]
    assert len(answers) > 100


def test_no_domain_is_real(stream):
    unseen = str.maketrans("", "", INVISIBLE)
    texts = [d.text.translate(unseen) for d in stream.drafts] + [t.title + " " + t.text for t in stream.threads]
    assert not [found for text in texts for found in DOMAIN.findall(text)]


def test_nothing_is_left_unfilled(stream):
    texts = [d.text for d in stream.drafts] + [t.title + t.text for t in stream.threads]
    assert not [text for text in texts if re.search(r"[{}|]|%\w+%", text)]
