"""One case for a whole campaign or flood."""

import pytest

from becalm.cases import root_subject

CARD = {"private_data": [{"kind": "payment card", "start": 3, "masked": "•••• 1111"}]}


def push(stream, texts=("buy now", "buy n0w", "buy noww"), **signals):
    """A campaign: each text by an account of its own."""
    ids = [stream.say(text, by=f"bot {text}", **{"spam": 0.9, **signals}) for text in texts]
    stream.regroup(buy=("campaign", list(texts)))
    return ids


def test_a_campaign_is_one_case_with_all_its_comments(stream, run):
    ids = push(stream)
    run(stream)
    case = stream.case()
    assert (case.kind, case.subject, case.rule, case.queue) == ("group", "buy", "campaign", "moderation")
    assert stream.comments_of(case) == set(ids)
    assert {"signal": "wording", "score": 0.9, "text": "alike"} in case.reasons
    assert [each["similarity"] for each in case.evidence] == [1.0, 0.99, 0.98]


def test_a_campaign_of_hundreds_is_one_campaign(stream, run):
    texts = [f"buy number {place}" for place in range(250)]
    push(stream, texts)
    run(stream)
    assert len(stream.comments_of(stream.case())) == 250
    assert len(stream.case().evidence) == 5


def test_a_campaign_that_grows_updates_its_open_case(stream, run):
    push(stream)
    run(stream)
    before = stream.case()
    grown = push(stream, ("buy it", "buy that"))
    stream.regroup(buy=("campaign", ["buy now", "buy n0w", "buy noww", "buy it", "buy that"]))
    opened = run(stream, later=3)
    after = stream.case()
    assert set(grown) < stream.comments_of(after)
    assert after.priority > before.priority
    assert (after.opened_at, after.due_at, after.id) == (before.opened_at, before.due_at, before.id)
    assert (opened.opened, opened.updated) == (0, 1)


def test_a_campaign_that_dissolves_gives_its_comments_back(stream, run):
    ids = push(stream)
    stream.score(ids[0], spam=0.1)
    run(stream)
    stream.regroup()
    run(stream)
    assert stream.case(kind="group").state == "withdrawn"
    assert {case.rule for case in stream.cases(state="open")} == {"single-spam"}
    assert stream.clearances() == {ids[0]: "no rule met"}


def test_what_comes_after_a_decision_is_a_follow_up(stream, run):
    old = push(stream)
    run(stream)
    stream.decide(stream.case().id)
    new = push(stream, ("buy it",))
    stream.regroup(buy=("campaign", ["buy now", "buy n0w", "buy noww", "buy it"]))
    run(stream)
    follow_up = stream.case(state="open")
    assert follow_up.subject == "buy~2"
    assert root_subject(follow_up.subject) == "buy" == root_subject("buy")
    assert stream.comments_of(follow_up) == set(new)
    assert stream.comments_of(stream.case(state="decided")) == set(old)
    assert run(stream).opened == 0


def test_threats_in_a_campaign_escalate_beside_it(stream, run):
    ids = push(stream)
    stream.score(ids[1], spam=0.9, keywords=["bomb threat"])
    run(stream)
    assert stream.comments_of(stream.case(rule="threat")) == {ids[1]}
    assert stream.comments_of(stream.case(rule="campaign")) == set(ids)


def test_an_address_pushed_by_many_is_one_escalation_and_not_many(stream, run):
    ids = push(stream, spam=0.2, **CARD)
    run(stream)
    assert stream.comments_of(stream.case(rule="private-data")) == set(ids)


def test_a_number_in_an_advertisement_is_no_private_detail(stream, run):
    push(stream, **CARD)
    run(stream)
    assert stream.case().rule == "campaign"


def test_the_brands_own_words_are_never_in_a_campaign(stream, run):
    push(stream)
    brand = stream.say("buy now", by="us", is_brand=True, spam=0.9)
    run(stream)
    assert brand not in stream.comments_of(stream.case())
    assert stream.clearances() == {brand: "brand"}


def test_a_campaign_of_the_brand_alone_is_no_case(stream, run):
    stream.say("buy now", by="us", is_brand=True, spam=0.9)
    stream.regroup(buy=("campaign", ["buy now"]))
    run(stream)
    assert stream.cases() == []


def test_a_flood_goes_to_moderation(stream, run):
    for hour in range(4):
        stream.say("look at me", by="dan", at=hour)
    stream.regroup(me=("flood", ["look at me"]))
    run(stream)
    assert stream.case().rule == "flood"


def test_a_customer_who_repeats_a_complaint_is_no_flood(stream, run):
    for hour in range(4):
        stream.say("where is my order", by="dan", at=hour, complaint=0.9)
    stream.regroup(order=("flood", ["where is my order"]))
    run(stream)
    case = stream.case()
    assert (case.rule, case.queue, len(stream.comments_of(case))) == ("complaint", "care", 4)


@pytest.mark.parametrize(("spam", "queue"), [(0.1, "care"), (0.9, "moderation")])
def test_many_people_with_one_complaint_are_customers_unless_it_reads_like_spam(stream, run, spam, queue):
    push(stream, spam=spam, complaint=0.9)
    run(stream)
    assert stream.case(kind="group").queue == queue
