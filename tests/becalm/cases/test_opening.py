"""From what is known about comments to cases, or to a clearance."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from becalm.cases.drafting import case_id
from becalm.store import Case, PolicyVersion
from becalm.store.upsert import add

THREAT = {"keywords": ["we will find you"]}
CARD = {"private_data": [{"kind": "payment card", "start": 3, "masked": "•••• 1111"}]}


def test_every_signal_finds_its_queue(stream, run):
    said = {
        "spam": stream.say("cheap watches", by="a", spam=0.9),
        "rude": stream.say("you fools", by="b", abuse=0.9),
        "lost": stream.say("my cat", by="c", off_topic=0.9),
        "unhappy": stream.say("it broke", by="d", complaint=0.9),
        "happy": stream.say("lovely", by="e", praise=0.9, sentiment=0.8, praised=["colour"]),
        "threat": stream.say("we will find you", by="f", **THREAT),
        "card": stream.say("my card", by="g", **CARD),
        "stars": stream.say("so so", by="h", rating=1),
    }
    opened = run(stream)
    queues = {name: stream.case(subject=f"youtube/c{place}").queue for place, name in enumerate(said, 1)}
    assert queues == {
        "spam": "moderation", "rude": "moderation", "lost": "moderation", "unhappy": "care", "happy": "advocacy",
        "threat": "escalation", "card": "escalation", "stars": "care",
    }  # fmt: skip
    assert opened.opened_by_queue == {"advocacy": 1, "care": 2, "escalation": 2, "moderation": 3}
    assert opened.cleared == 0


def test_a_case_says_all_that_the_contract_promises(stream, run, policy):
    stream.say("you fools", abuse=0.83)
    run(stream)
    case = stream.case()
    assert case.id == case_id("abuse", "comment", "youtube/c1")
    assert (case.rule, case.policy_version, case.state) == ("abuse", "2", "open")
    assert (case.suggested_action, case.suggested_template) == ("hide", "first-notice")
    assert case.opened_at == stream.now
    hours = policy.queues["moderation"].service_hours * (1 - policy.priority.shortens_wait * case.priority)
    assert case.due_at == stream.now + timedelta(hours=hours)
    assert case.reasons[0] == {"signal": "abuse", "score": 0.83, "text": "abusive language: 0.83 (at least 0.6)"}
    assert {"signal": "abuse", "score": 0.83, "text": "found abuse"} in case.reasons


def test_the_most_severe_rule_wins_and_only_one_case_opens(stream, run):
    stream.say("we will find you, buy this", abuse=0.9, spam=0.9, **THREAT)
    run(stream)
    assert stream.case().rule == "threat"


def test_an_angry_customer_is_helped_and_not_moderated(stream, run):
    stream.say("third time, you idiots", complaint=0.8, abuse=0.9)
    run(stream)
    assert stream.case().queue == "care"


def test_two_first_reports_make_one_case(stream, run):
    first = stream.say("it broke", by="dan", at=0, complaint=0.9)
    second = stream.say("it broke again", by="dan", under="t2", at=1, complaint=0.9)
    stream.say("mine too", by="eve", at=1, complaint=0.9)
    run(stream)
    case = stream.case(subject="youtube/c1")
    assert stream.comments_of(case) == {first, second}
    assert len(stream.cases(queue="care")) == 2


def test_a_repeated_complaint_rises_and_keeps_its_due_time(stream, run):
    stream.say("it broke", by="dan", at=0, complaint=0.9)
    run(stream)
    before = stream.case()
    late = stream.say("it is still broken", by="dan", at=30, complaint=0.9)
    opened = run(stream, later=30)
    after = stream.case()
    assert after.id == before.id
    assert late in stream.comments_of(after)
    assert after.priority > before.priority
    assert any(reason["signal"] == "repeats" for reason in after.reasons)
    assert (after.opened_at, after.due_at) == (before.opened_at, before.due_at)
    assert (opened.opened, opened.updated) == (0, 1)


def test_an_earlier_complaint_that_arrives_late_joins_without_renaming_the_case(stream, run):
    stream.say("still broken", by="dan", at=20, complaint=0.9)
    run(stream)
    before = stream.case()
    stream.say("it broke", by="dan", at=10, complaint=0.9)
    run(stream)
    assert stream.case().id == before.id
    assert len(stream.comments_of(before)) == 2


def test_complaints_far_apart_are_two_matters(stream, run):
    stream.say("it broke", by="dan", at=0, complaint=0.9)
    stream.say("another thing broke", by="dan", at=24 * 31, complaint=0.9)
    run(stream)
    assert len(stream.cases(queue="care")) == 2


def test_a_complaint_after_the_answer_is_a_new_case(stream, run):
    stream.say("it broke", by="dan", at=0, complaint=0.9)
    run(stream)
    answered = stream.case()
    stream.decide(answered.id)
    again = stream.say("it broke again", by="dan", at=5, complaint=0.9)
    run(stream)
    assert stream.comments_of(stream.case(state="open")) == {again}
    assert len(stream.comments_of(answered)) == 1


def test_brand_echo_and_plain_comments_are_cleared_with_their_reason(stream, run):
    brand = stream.say("buy our watches", by="us", is_brand=True, spam=0.9)
    echo = stream.say("who is here in march", by="a")
    plain = stream.say("nice light", by="b")
    unscored = stream.say("hm", by="c", scored=False)
    stream.regroup(e=("echo", ["who is here in march"]))
    assert run(stream).cleared == 4
    assert stream.cases() == []
    assert stream.clearances() == {brand: "brand", echo: "echo", plain: "no rule met", unscored: "not scored"}


def test_an_echo_that_meets_a_rule_is_a_case(stream, run):
    stream.say("who is here in march", spam=0.9)
    stream.regroup(e=("echo", ["who is here in march"]))
    run(stream)
    assert stream.case().rule == "single-spam"


def test_signals_of_words_that_were_edited_away_do_not_count(stream, run):
    edited = stream.say("cheap watches", spam=0.9)
    run(stream)
    stream.edit(edited, "sorry, wrong thread")
    opened = run(stream)
    assert stream.case().state == "withdrawn"
    assert opened.withdrawn == 1
    assert stream.clearances() == {edited: "not scored"}


def test_a_case_opens_again_when_its_cause_returns(stream, run):
    comment = stream.say("cheap watches", spam=0.9)
    run(stream)
    stream.score(comment, spam=0.1)
    run(stream)
    assert stream.clearances() == {comment: "no rule met"}
    stream.score(comment, spam=0.8)
    opened = run(stream, later=9)
    case = stream.case()
    assert (case.state, case.opened_at) == ("open", stream.now + timedelta(hours=9))
    assert opened.opened_by_queue == {"moderation": 1}
    assert stream.clearances() == {}


def test_a_decided_case_is_never_touched(stream, run):
    comment = stream.say("you fools", abuse=0.9)
    run(stream)
    decided = stream.case()
    stream.decide(decided.id)
    stream.score(comment, abuse=0.0)
    opened = run(stream, later=5)
    assert (opened.opened, opened.updated, opened.withdrawn, opened.cleared) == (0, 0, 0, 0)
    stream.score(comment, spam=0.9)
    assert run(stream).opened == 0
    assert [case.id for case in stream.cases()] == [decided.id]


def test_what_is_graver_than_the_decision_still_opens(stream, run):
    comment = stream.say("you fools", abuse=0.9)
    run(stream)
    stream.decide(stream.case().id)
    stream.edit(comment, "we will find you")
    stream.score(comment, abuse=0.9, **THREAT)
    run(stream)
    assert stream.case(state="open").rule == "threat"


def test_the_same_store_twice_changes_no_row(stream, run):
    for place in range(6):
        stream.say(f"watches {place}", by=f"a{place}", spam=0.9)
        stream.say(f"broke {place}", by="dan", at=place, complaint=0.8)
    stream.regroup(w=("campaign", [f"watches {place}" for place in range(4)]))
    stream.neighbours("watches 4", "watches 5")
    run(stream)
    before = stream.tables()
    opened = run(stream, later=100)
    assert stream.tables() == before
    assert (opened.opened, opened.updated, opened.withdrawn, opened.cleared) == (0, 0, 0, 0)


def test_an_empty_store_is_fine(stream, run):
    assert run(stream).opened_by_queue == {}


def test_evidence_is_the_nearest_other_comments(stream, run):
    stream.say("cheap watches", by="a", name="own", spam=0.9)
    stream.say("cheap watches", by="b", name="copy", spam=0.1)
    stream.say("cheep watches", by="c", name="near")
    stream.say("w" * 300, by="d", name="far")
    stream.neighbours("cheap watches", "cheep watches", characters=0.91)
    stream.neighbours("cheap watches", "w" * 300, characters=0.2, channel="meaning")
    run(stream)
    evidence = stream.case().evidence
    assert [(each["comment_id"], each["similarity"], each["channel"]) for each in evidence] == [
        ("copy", 1.0, "characters"), ("near", 0.91, "characters"), ("far", 0.8, "meaning"),
    ]  # fmt: skip
    assert evidence[0]["text_excerpt"] == "cheap watches"
    assert len(evidence[2]["text_excerpt"]) == 160


def test_a_new_policy_version_marks_new_cases_only(stream, run, changed):
    stream.say("cheap watches", by="a", spam=0.9)
    run(stream)
    stream.say("cheap bags", by="b", spam=0.9)
    run(stream, under=changed({}))
    assert {case.subject: case.policy_version for case in stream.cases()} == {"youtube/c1": "2", "youtube/c2": "3"}


def test_cases_of_a_rule_that_is_gone_are_withdrawn(stream, run, changed):
    comment = stream.say("my cat", off_topic=0.9)
    run(stream)
    run(
        stream,
        under=changed({"  - id: off-topic\n": "  - id: out-of-place\n", "response_tree: response-tree.yaml\n": ""}),
    )
    assert {case.rule: case.state for case in stream.cases()} == {"off-topic": "withdrawn", "out-of-place": "open"}
    assert stream.comments_of(stream.case(state="open")) == {comment}


@pytest.mark.parametrize("lists", [["product-danger"], ["battery exploded"]])
def test_keywords_count_by_their_phrase_or_their_list(stream, run, lists):
    stream.say("the battery exploded", keywords=lists)
    run(stream)
    assert stream.case().rule == "product-danger"


def test_a_phrase_on_two_lists_counts_for_the_one_that_listens_there(stream, run, changed):
    under = changed({
        "queue: escalation\n    phrases:\n      - caught fire":
            "queue: escalation\n    channels: [youtube/other]\n    phrases:\n      - caught fire",
        "      - my lawyer": "      - my lawyer\n      - caught fire",
    })  # fmt: skip
    stream.say("it caught fire", keywords=["caught fire"])
    run(stream, under=under)
    assert stream.case().rule == "legal-and-press"


def test_a_store_of_the_policys_first_version_goes_on_with_the_second(stream, run, policy):
    with stream.store.writing() as session:
        old = {"version": "1", "digest": "of other words", "document": 'version: "1"', "first_used_at": stream.now}
        add(session, PolicyVersion, [old])
    stream.say("you fools", by="rude", abuse=0.9)
    run(stream)
    with stream.store.writing() as session:
        session.execute(update(Case).values(policy_version="1"))
    stream.say("you idiots", by="ruder", abuse=0.9)
    run(stream, later=1)
    assert {case.subject: case.policy_version for case in stream.cases()} == {"youtube/c1": "1", "youtube/c2": "2"}
    with stream.store.reading() as session:
        assert session.scalars(select(PolicyVersion.version).order_by(PolicyVersion.version)).all() == ["1", "2"]
