"""Loyalty, recovery, quiz answers and drafts of posts as the review shows them."""

import csv
import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from becalm.policy import load_policy
from becalm.review import Period, write_review
from becalm.review.patterns import read_patterns
from becalm.review.report import names_of
from becalm.store import Campaign, Case, ConsentState, Group, GroupText, keep_consent, stable_id
from becalm.store.upsert import add
from becalm.training.quiz import keep_score, score_answers

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
MONTH = Period(START - timedelta(days=1), START + timedelta(days=40))
WEEK = 7 * 24
PRAISE = {"praise": 0.9, "praised": ["tea"], "sentiment": 0.8}


@pytest.fixture
def review(town):
    """Writes the review; gives its folder."""

    def write():
        folder = town.home / "published" / "review"
        write_review(town.store, folder, MONTH, names_of(load_policy()), town.now)
        return folder

    return write


@pytest.fixture
def happy(town):
    """Ann praises in four weeks; Bob complains, is answered and praises."""
    for one in range(4):
        town.say(f"best tea of week {one}", by="ann", name="Ann Amber", at=one * WEEK, **PRAISE)
    asked = town.say("my parcel never came", by="bob", name="Bob Birch", at=10, complaint=0.9, sentiment=-0.7)
    town.say("we look into it", by="us", is_brand=True, to=asked, at=12)
    town.say("it came, the lady was so kind", by="bob", name="Bob Birch", at=100, **PRAISE)
    town.open()
    return town


def rows_of(folder, name):
    return list(csv.DictReader((folder / f"{name}.csv").read_text().splitlines()))


def reasons_of(town, author):
    with town.store.reading() as session:
        found = session.scalars(select(Case.reasons).where(Case.rule == "praise").order_by(Case.id)).all()
    told = [reason["text"] for reasons in found for reason in reasons if reason["signal"] in ("loyal", "resolved")]
    return [text for text in told if author in text]


def test_advocacy_hears_who_praises_again_and_whose_trouble_ended_well(happy):
    (loyal,) = reasons_of(happy, "weeks")
    assert loyal == "praised us in 4 different weeks since 2026-03-02"
    (story,) = reasons_of(happy, "story of resolution")
    assert "complained on 2026-03-02, was answered on 2026-03-02, and praises 3 days later" in story


def test_opening_again_on_the_same_store_changes_no_case(happy):
    with happy.store.reading() as session:
        before = session.execute(select(Case.id, Case.version, Case.reasons).order_by(Case.id)).all()
    happy.open()
    with happy.store.reading() as session:
        assert session.execute(select(Case.id, Case.version, Case.reasons).order_by(Case.id)).all() == before


def test_the_review_counts_voices_and_stories_under_pseudonyms(happy, review):
    with happy.store.writing() as session:
        keep_consent(session, stable_id("tube", "bob"), ConsentState.GIVEN, happy.now)
    folder = review()
    (voice,) = rows_of(folder, "recurring_voices")
    assert (voice["weeks"], voice["in_period"], voice["consent"]) == ("4", "4", "never asked")
    (story,) = rows_of(folder, "stories")
    assert (story["hours_to_answer"], story["consent"]) == ("2.0", "given")
    figures = json.loads((folder / "figures.json").read_text())
    assert figures["totals"]["loyalty"]["stories_may_be_shared"] == 1
    for file in folder.iterdir():
        assert "Birch" not in file.read_text()
        assert "Amber" not in file.read_text()


def test_praise_that_people_dismissed_is_no_praise(happy, review):
    happy.decide("c1", "none", "dismissed")
    assert rows_of(review(), "recurring_voices") == []


def test_few_threads_are_too_few_to_say(happy, review):
    for one in range(3):
        happy.say(f"cold {one}", by=f"x{one}", at=9 + one, sentiment=-0.5)
        happy.say(f"warm {one}", by=f"x{one}", at=20 + one, sentiment=0.5)
    folder = review()
    answered, _ = rows_of(folder, "recovery")
    assert (answered["threads"], answered["is_telling"], answered["low"]) == ("1", "False", "")
    assert "too few to say" in (folder / "index.html").read_text()


def test_many_threads_tell_how_they_recover_beside_those_nobody_answered(town, review):
    for thread in range(24):
        under, is_answered = f"t{thread}", thread < 12
        for one in range(3):
            town.say(f"bad {thread} {one}", by=f"a{one}", under=under, at=one, sentiment=-0.5)
        asked = town.say(f"it broke {thread}", by=f"b{thread}", under=under, at=3, complaint=0.9, sentiment=-0.6)
        if is_answered:
            town.say(f"sorry {thread}", by="us", under=under, at=4, to=asked, is_brand=True)
        for one in range(3):
            tone = 0.1 * one if is_answered else -0.4
            town.say(f"later {thread} {one}", by=f"a{one}", under=under, at=6 + one, sentiment=tone)
    town.open()
    answered, unanswered, place = rows_of(review(), "recovery")
    assert (answered["threads"], answered["warmer"], answered["is_telling"]) == ("12", "12", "True")
    assert float(answered["low"]) > float(unanswered["high"])
    assert (unanswered["answered"], place["place"]) == ("False", "tube/main")


def test_what_people_get_wrong_stands_in_the_review_with_advice(decided, review):
    pack, _ = decided.make(scenarios=14)
    wrong = {
        one.id: next(option.id for option in one.options if option.id != one.right)
        for one in pack.scenarios if one.about == "abuse"
    }  # fmt: skip
    for by in ("moderator-1", "moderator-2"):
        with decided.store.writing() as session:
            keep_score(session, decided.policy, pack, score_answers(pack, wrong), by, decided.now)
    folder = review()
    (row,) = rows_of(folder, "understanding")
    assert (row["rule"], row["answers"], row["right"], row["people"]) == ("abuse", "16", "0", "2")
    page = (folder / "index.html").read_text()
    assert "Where staff and policy differ" in page
    assert "0 of 16" in page.replace("\xa0", " ")


@pytest.fixture
def pushed(town):
    """A campaign of eight with a link and odd letters."""
    texts = [f"cheаp wаtches {one} at time-deals.example, ask @deal.king" for one in range(8)]
    for one, text in enumerate(texts):
        town.say(text, by=f"bot{one}", under=f"t{one}", at=one, spam=0.9)
    judged = {"verdict": "campaign", "score": 0.9, "reasons": []}
    seen = {"first_seen": START, "last_seen": START, "channels": ["main"], "is_current": True, "medoid_text": texts[0]}
    markers = [{"kind": "domain", "value": "time-deals.example", "texts": 8}]
    counts = {"comments": 8, "accounts": 8, "threads": 8, "markers": markers}
    with town.store.writing() as session:
        add(session, Campaign, [{"id": "camp"} | judged | seen | counts])
        add(session, Group, [{"id": "g", "medoid_id": stable_id(texts[0]), "campaign_id": "camp"} | judged])
        rows = [
            {"text_id": stable_id(one), "group_id": "g", "similarity": 1.0, "channel": "characters"} for one in texts
        ]
        add(session, GroupText, rows)
    town.open()
    return town


def patterns(town):
    with town.store.reading() as session:
        return {one.kind: (one.campaigns, one.comments) for one in read_patterns(session, MONTH)}


def test_a_draft_tells_how_to_recognise_a_campaign_and_quotes_nothing_of_it(pushed, review):
    assert patterns(pushed) == {"link": (1, 8), "disguise": (1, 8)}
    figures = json.loads((review() / "figures.json").read_text())
    assert [post["language"] for post in figures["posts"]] == ["de", "en"]
    for post in figures["posts"]:
        told = " ".join(post["paragraphs"])
        assert not post["objections"]
        assert not any(words in told for words in ("time-deals", "deal.king", "wаtches", "watches", "@", "http"))


def test_a_campaign_that_people_called_none_is_no_lesson(pushed):
    with pushed.store.reading() as session:
        case_id = session.scalars(select(Case.id).where(Case.kind == "group")).one()
    from becalm.cases.deciding import Ruling, decide

    pushed.do(decide, case_id, ruling=Ruling("none", "dismissed"))
    assert patterns(pushed) == {}


def test_a_complaint_that_many_share_is_never_shown_as_spam(town, pushed):
    from becalm.store.upsert import put

    with town.store.writing() as session:
        row = session.execute(select(Case.__table__).where(Case.kind == "group")).mappings().one()
        put(session, Case, [dict(row) | {"queue": "care"}])
    assert patterns(town) == {}
