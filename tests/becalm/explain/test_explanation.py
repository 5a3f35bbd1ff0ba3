import json
from datetime import timedelta

import pytest

from becalm import store as tables
from becalm.explain.evidence import LISTS, SCORES
from becalm.explain.explanation import Explanation, explain
from becalm.explain.find import find_comment
from becalm.explain.record import explanation_record

from .conftest import MAIL, NOON

INSULT = {"signal": "abuse", "score": 0.9, "text": "an insult: “muppet”"}
COLD = {"signal": "sentiment", "score": 0.4, "text": "cold words: “muppet”"}


@pytest.fixture
def of(scene):
    def explained(comment_id: str) -> Explanation:
        with scene.store.reading() as session:
            return explain(session, find_comment(session, comment_id))

    return explained


def test_every_signal_stands_with_its_own_reasons(scene, of):
    one = scene.comment("c1", "you muppet")
    scene.scored(one, "you muppet", [INSULT, COLD], abuse=0.9, sentiment=-0.4)
    told = {signal.name: signal for signal in of("c1").evidence.signals}
    assert tuple(told) == (*SCORES, *LISTS)
    assert (told["abuse"].value, told["abuse"].reasons) == (0.9, ({"score": 0.9, "text": "an insult: “muppet”"},))
    assert (told["sentiment"].value, len(told["sentiment"].reasons)) == (-0.4, 1)
    assert told["spam"].reasons == ()


def push(scene, text: str, verdict: str = "campaign", **comment: bool) -> None:
    """A comment in a group of a campaign."""
    one = scene.comment("c1", text, **comment)
    reason = {"signal": "spam", "score": 0.2, "text": "asks to visit"}
    scene.scored(one, text, [reason], spam=0.2)
    seen = {"first_seen": NOON, "last_seen": NOON}
    scene.put(
        tables.Campaign, id="k7", verdict=verdict, score=0.9, reasons=[], medoid_text=text, comments=12, accounts=5,
        threads=3, channels=[], markers=[], is_current=True, **seen,
    )  # fmt: skip
    text_id = tables.stable_id(text)
    scene.put(tables.Group, id="g1", verdict=verdict, score=0.9, reasons=[], medoid_id=text_id, campaign_id="k7",
              comments=12, lent_spam=0.9, **seen)  # fmt: skip
    scene.put(tables.GroupText, text_id=text_id, group_id="g1", similarity=1.0, channel="characters")


@pytest.mark.parametrize(
    ("verdict", "says"),
    [
        ("campaign", "one of 12 comments of campaign k7, by 5 accounts; 0.20 by itself"),
        ("flood", "one of 12 comments by which one account floods (k7); 0.20 by itself"),
    ],
)
def test_spam_is_joined_with_its_group_which_is_named_first(scene, of, verdict, says):
    push(scene, "visit my shop", verdict)
    spam = of("c1").evidence.signals[0]
    assert (spam.name, spam.value) == ("spam", 0.92)
    assert spam.reasons == ({"score": 0.9, "text": says}, {"score": 0.2, "text": "asks to visit"})


def test_spam_of_the_brands_own_comment_is_its_own(scene, of):
    push(scene, "visit our shop", is_brand=True)
    assert of("c1").evidence.signals[0].value == 0.2


def test_a_comment_that_was_not_scored_has_no_evidence_and_an_edited_one_that_of_before(scene, of):
    one = scene.comment("c1", "you muppet")
    assert of("c1").evidence is None
    scene.scored(one, "you muppet", [])
    assert not of("c1").evidence.is_stale
    scene.comment("c1", "you dear muppet")
    assert of("c1").evidence.is_stale


def test_what_it_said_before_it_was_edited_is_told_in_order(scene, of):
    one = scene.comment("c1", "third")
    for number, text in enumerate(("second", "first")):
        raw = tables.stable_id(text)
        scene.put(tables.RawRow, id=raw, batch_id=1, line=1, payload="{}")
        at = NOON - timedelta(hours=number)
        scene.put(tables.CommentVersion, raw_row_id=raw, comment_id=one, text=text, replaced_at=at)
    assert [version.text for version in of("c1").earlier] == ["first", "second"]


def test_its_thread_tells_what_it_answers_and_what_stands_around_it(scene, of):
    for number in range(10):
        scene.comment(f"c{number}", f"line {number}", parent_id="c1")
    scene.comment("x", "elsewhere", thread="t2")
    place = of("c5").place
    assert [line.comment_id for line in place.before] == ["c2", "c3", "c4"]
    assert [line.comment_id for line in place.after] == ["c6", "c7", "c8"]
    assert (place.comments, place.title, place.parent.comment_id) == (10, "Tea for two", "c1")


def test_a_parent_that_was_never_seen_is_none(scene, of):
    scene.comment("c1", "hello", parent_id="gone")
    assert of("c1").place.parent is None


def test_cases_stand_by_urgency_with_withdrawn_ones_last(scene, of):
    one = scene.comment("c1", "hello")
    scene.put(tables.Clearance, comment_id=one, reason="no rule met")
    scene.case("k1", one, "withdrawn", priority=0.9)
    assert of("c1").outcome.cleared == "no rule met"
    scene.case("k2", one, priority=0.2)
    scene.case("k3", one, "decided", priority=0.4, rule="abuse")
    assert [case.id for case in of("c1").outcome.cases] == ["k3", "k2", "k1"]


def test_its_author_is_told_by_marks_and_other_comments(scene, of):
    for number in range(8):
        scene.comment(f"c{number}", f"line {number}", thread=f"t{number}")
    scene.comment("b1", "line of bob", author="bob")
    ann, bob = (tables.stable_id("clipshare", name) for name in ("ann", "bob"))
    scene.put(tables.Offender, account_id=ann, strikes=1.0, score=0.6, factors=[INSULT])
    scene.put(tables.Strike, account_id=ann, rule="abuse", cause="c0", weight=1.0, given_at=NOON, expires_at=NOON)
    scene.put(tables.Alternate, offender_id=ann, account_id=bob, score=0.8, reasons=[COLD])
    author = of("c0").author
    assert (author.account_id, author.comments, author.first_seen, author.score) == ("clipshare:ann", 8, NOON, 0.6)
    assert [said.line.comment_id for said in author.newest] == ["c7", "c6", "c5", "c4", "c3"]
    assert [strike.cause for strike in author.strikes] == ["c0"]
    assert [alike.account_id for alike in author.lookalikes] == ["clipshare:bob"]
    assert [alike.account_id for alike in of("b1").author.lookalikes] == ["clipshare:ann"]


def test_its_company_is_its_group_and_the_nearest_texts(scene, of):
    scene.comment("c1", "buy my tea")
    scene.comment("c2", "buy my tea", author="bob")
    for number in range(7):
        scene.comment(f"n{number}", f"buy my cup {number}", author="cem")
        first, second = sorted((tables.stable_id("buy my tea"), tables.stable_id(f"buy my cup {number}")))
        scene.put(tables.NeighbourPair, first_id=first, second_id=second, characters=0.5, meaning=number / 10,
                  channel="characters" if number == 0 else "meaning")  # fmt: skip
    medoid = tables.stable_id("buy my cup 6")
    scene.put(tables.Group, id="g1", verdict="echo", score=0.3, reasons=[COLD], medoid_id=medoid, campaign_id=None,
              comments=2, first_seen=NOON, last_seen=NOON)  # fmt: skip
    scene.put(
        tables.GroupText, text_id=tables.stable_id("buy my tea"), group_id="g1", similarity=0.7, channel="meaning"
    )
    company = of("c1").company
    assert company.same == 2
    assert (company.group.group_id, company.group.similarity, company.group.medoid_text) == ("g1", 0.7, "buy my cup 6")
    assert [near.similarity for near in company.nearest] == [0.6, 0.5, 0.5, 0.4, 0.3]
    assert {near.channel for near in company.nearest} == {"characters", "meaning"}


def test_private_data_leaves_masked_wherever_it_stands(scene, of):
    text = f"write to {MAIL}"
    one = scene.comment("c1", text, parent_id="p1")
    scene.comment("p1", f"call me at {MAIL}")
    scene.comment("c2", f"again: {MAIL}", thread="t2")
    other = tables.stable_id(f"again: {MAIL}")
    first, second = sorted((tables.stable_id(text), other))
    scene.put(
        tables.NeighbourPair, first_id=first, second_id=second, characters=0.9, meaning=None, channel="characters"
    )
    scene.put(tables.Group, id="g1", verdict="echo", score=0.3, reasons=[], medoid_id=other, campaign_id=None,
              comments=2, first_seen=NOON, last_seen=NOON)  # fmt: skip
    scene.put(tables.GroupText, text_id=tables.stable_id(text), group_id="g1", similarity=0.7, channel="meaning")
    scene.put(tables.CommentVersion, raw_row_id=one, comment_id=one, text=f"earlier {MAIL}", replaced_at=NOON)
    thread = tables.stable_id("clipshare", "t1")
    scene.put(tables.Thread, id=thread, platform="clipshare", thread_id="t1", channel="tea", title=MAIL, text=MAIL,
              published_at=None)  # fmt: skip
    record = json.dumps(explanation_record(of("c1")), default=str)
    assert MAIL not in record
    assert record.count("@") >= 7
