"""What the review says of appeals."""

import pytest

from becalm.cases.deciding import Ruling, decide
from becalm.review.appeals import measure_appeals
from becalm.review.figures import gather
from becalm.review.names import PolicyNames
from becalm.review.page import write_page
from becalm.review.period import covering_period
from becalm.review.tables import make_tables


def figures(court):
    with court.store.reading() as session:
        return measure_appeals(session, covering_period(session))


def test_without_appeals_nothing_is_said_of_them(court):
    court.decide("rude")
    assert figures(court) == ()


def test_appeals_are_counted_by_rule_with_the_hours_they_took(court):
    court.stream.say("you idiots", by="toni", name="worse", abuse=0.9)
    court.open()
    court.ids["worse"] = court.stream.case(subject="youtube/worse").id
    cases = [court.appeal(court.decide(name), by=by) for name, by in (("rude", "rudi"), ("worse", "toni"))]
    court.appeal(court.decide("spam", "remove"), by="spammer")
    court.later(hours=2)
    court.answer(cases[0].case_id, "restore")
    court.later(hours=4)
    court.answer(cases[1].case_id, "uphold")
    every, abuse, spam = figures(court)
    assert (every.rule, every.received, every.decided, every.overturned.value) == (None, 3, 2, 0.5)
    assert (abuse.rule, abuse.received, abuse.overturned.hits, abuse.median_hours) == ("abuse", 2, 1, 4.0)
    assert (spam.rule, spam.received, spam.decided, spam.overturned.value) == ("single-spam", 1, 0, None)
    assert (abuse.precision.hits, abuse.precision.total) == (1, 2)
    assert spam.precision.value == 1.0


@pytest.mark.parametrize("answer", ["uphold", "restore"])
def test_the_page_sets_the_overturn_rate_beside_the_precision(court, answer):
    opened = court.appeal(court.decide("rude"))
    court.later(hours=3)
    court.do(decide, opened.case_id, "moderator-2", ruling=Ruling(answer, note="It is a quotation."))
    with court.store.reading() as session:
        told = gather(session, covering_period(session), court.now, PolicyNames())
    page = write_page(told).decode()
    assert "overturn rate" in page
    assert "precision" in page
    table = make_tables(told)["appeals"]
    assert [row["overturn_rate"] for row in table] == [float(answer == "restore")] * 2
    assert sum(row["cases"] for row in make_tables(told)["rules"]) == 3
