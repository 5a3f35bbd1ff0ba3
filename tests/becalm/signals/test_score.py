import re
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.signals import SCORER_VERSION, Context, Evidence, Scores, Surroundings, compile_keywords, score_comments
from becalm.signals.evidence import NOTHING_AROUND
from becalm.signals.explain import LEAST_EXPLAINED

SHARES = ("spam", "abuse", "off_topic", "complaint", "praise")
PIECES = st.sampled_from(
    """you are an idiot|not|never|great|thanks for nothing|my refund|http://a.example.com/x|dot com|+44 7700 900123
    !!!!|😡|😍|call me at|free gift card|kill yourself|“|”|…|he|is|a@b.example.org|4111 1111 1111 1111|.|,|i|f**k|\u200b
    waiting 12 days|check out my channel|@you|search for|on google|Straße 12|ขอบคุณ|спасибо|NOW NOW NOW NOW
    DE89 3704 0044 0532 0130 00""".replace("\n", "|").split("|")
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=12).map(" ".join))
LISTS = compile_keywords({"anger": ["idiot*", "kill"], "money": ["refund"]})
HERE = np.eye(1, 384, dtype=np.float32)[0]


def post_at(similarity):
    """A unit vector of this cosine to `HERE`."""
    vector = np.zeros(384, np.float32)
    vector[:2] = similarity, (1 - similarity**2) ** 0.5
    return vector


@given(
    TEXTS,
    st.one_of(st.none(), st.floats(-1, 1)),
    st.one_of(st.none(), st.floats(0, 10), st.just(float("nan"))),
)
def test_any_text_gets_scores_in_range_and_a_reason_for_each(score, text, similarity, rating):
    around = NOTHING_AROUND if similarity is None else Surroundings(Context("the post", post_at(similarity)))
    scores = score(text, around=around, vector=HERE, rating=rating, keyword_lists=LISTS)
    assert (scores.off_topic is None) >= (similarity is None)
    reasons = {name: [r for r in scores.reasons if r.signal == name] for name in Scores.__dataclass_fields__}
    for name in SHARES:
        found = getattr(scores, name) or 0.0
        assert 0 <= found <= 1
        assert (found >= LEAST_EXPLAINED) == bool(reasons[name])
        assert all(0 < reason.score <= 1 and reason.text for reason in reasons[name])
    assert -1 <= scores.sentiment <= 1
    assert bool(scores.sentiment) == bool(reasons["sentiment"])
    assert bool(scores.keywords) == bool(reasons["keywords"])
    assert bool(scores.private_data) == bool(reasons["private_data"])


@given(TEXTS)
def test_the_same_comment_gets_the_same_scores(score, text):
    assert score(text) == score(text)


@given(TEXTS)
def test_what_the_brand_writes_scores_nothing(score, text):
    assert score(text, is_brand=True, rating=1.0, keyword_lists=LISTS) == Scores()


def test_a_batch_keeps_its_order(evidence, score):
    texts = ["you are an idiot", "thank you, great service", ""]
    assert score_comments(map(evidence, texts)) == [score(text) for text in texts]
    assert score_comments([]) == []


def test_the_brands_scores_are_not_shared_between_comments(score):
    score("x", is_brand=True).keywords.append("changed")
    assert score("y", is_brand=True).keywords == []


@pytest.mark.parametrize(
    "text",
    ["", " ", "45s", "6 itch", "142,460", "assassin", "ok", "first", "why?", "😂😂😂", "สวัสดีครับ ขอบคุณมาก", "2014"],
)
def test_harmless_text_scores_no_spam_abuse_or_complaint(score, text):
    scores = score(text, keyword_lists=compile_keywords({"rude": ["ass", "bitch", "4u"]}))
    assert (scores.promotion, scores.grievance, scores.keywords, scores.private_data) == (0, 0, [], [])
    assert max(scores.spam, scores.abuse, scores.complaint) < 0.5


def test_no_reason_shows_a_private_number(score):
    scores = score("earn money from home, text me on whatsapp +1 202-555-0143 or search for 202 555 0143 on google")
    assert scores.spam > 0.8
    assert not re.search(r"\d{3}", " ".join(reason.text for reason in scores.reasons))


REPEATED = """a|a_|1|1_2|+(1-|a.b|a.|www.|@|a@|dot_|you_|idiot_|great_service_|"|idiot_"|f*|DE12|calle_a_|12_b_|!?
    at_gmail_|not_|http://|my_refund_|<link>|search_for_a_|you_are_really_really_really_|never_ever_"""


@pytest.mark.parametrize("piece", [piece.strip().replace("_", " ") for piece in REPEATED.replace("\n", "|").split("|")])
def test_what_a_repeated_text_costs_grows_with_its_length(piece):
    # Eight times the length: a linear cost grows by 8, a quadratic one by 64.
    short, long = (_cheapest(piece * (size // len(piece))) for size in (15_000, 120_000))
    assert long < 30 * max(short, 0.002)


def _cheapest(text: str) -> float:
    evidence = Evidence(text, text.lower(), 0.1, None, LISTS)
    seconds = []
    for _ in range(3):
        start = time.process_time()
        score_comments([evidence])
        seconds.append(time.process_time() - start)
    return min(seconds)


def test_a_comment_of_a_million_characters_is_scored(score):
    scores = score("you are an idiot, where is my refund? " * 27_000)
    assert scores.abuse == pytest.approx(score("you are an idiot, where is my refund?").abuse, abs=0.05)


def test_the_version_names_the_scorer():
    assert SCORER_VERSION
