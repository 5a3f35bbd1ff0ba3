"""How reliable reporters are, by what people found."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.reports.intake import reporter_id
from becalm.reports.reliability import Reliability, reliabilities

COUNTS = st.integers(0, 10_000)


def known(hotline, by):
    with hotline.store.reading() as session:
        own = reporter_id("youtube", by)
        return reliabilities(session, hotline.policy, [own], hotline.now)[own]


def test_of_whom_nothing_is_known_counts_one():
    assert (Reliability().mean, Reliability().weight, Reliability().evidence) == (0.5, 1.0, "nothing known yet")


def test_a_trusted_flagger_is_expected_to_be_right_until_they_are_not():
    assert Reliability(is_trusted=True).mean == 0.9
    assert Reliability(0, 30, is_trusted=True).mean < 0.25
    assert Reliability(12, 2, is_trusted=True).evidence == "trusted flagger, 12 of 14 upheld"


@given(COUNTS, COUNTS, st.booleans())
def test_reliability_lies_strictly_between_never_and_always(upheld, dismissed, is_trusted):
    one = Reliability(upheld, dismissed, is_trusted)
    assert 0 < one.mean < 1
    assert one.weight == pytest.approx(2 * one.mean)


@given(COUNTS, COUNTS, st.booleans())
def test_being_right_raises_it_and_being_wrong_lowers_it(upheld, dismissed, is_trusted):
    one = Reliability(upheld, dismissed, is_trusted)
    assert Reliability(upheld + 1, dismissed, is_trusted).mean > one.mean
    assert Reliability(upheld, dismissed + 1, is_trusted).mean < one.mean


@given(COUNTS, COUNTS)
def test_much_evidence_outweighs_what_was_expected(upheld, dismissed):
    one = Reliability(upheld, dismissed)
    if one.answered >= 1_000:
        assert one.mean == pytest.approx(upheld / one.answered, abs=0.002)


def test_evidence_is_what_people_decided_within_the_window(hotline):
    hotline.track("zoe", upheld=3, dismissed=1)
    assert (known(hotline, "zoe").evidence, known(hotline, "yan").evidence) == ("3 of 4 upheld", "nothing known yet")
    case_id = hotline.report("quiet").case_id
    assert any("3 of 4 upheld" in each for each in hotline.reasons(case_id))
    hotline.later(days=364)
    assert known(hotline, "zoe").answered == 4
    hotline.later(days=2)
    assert known(hotline, "zoe").answered == 0


def test_reporting_what_was_taken_down_already_earns_nothing(hotline):
    hotline.decide(hotline.ids["rude"], "remove")
    for key in ("zoe", "yan"):
        hotline.report("rude", by=key)
        assert known(hotline, key).answered == 0


def test_a_machines_answer_says_nothing_of_a_reporter(hotline, strict):
    hotline.policy = strict
    hotline.stream.say("cheap watches", by="s", name="spam", spam=0.9)
    hotline.open()
    case_id = hotline.report("spam", reason="spam").case_id
    from becalm.cases.deciding import Ruling
    from becalm.cases.machine import decide_alone

    with hotline.store.writing() as session:
        decide_alone(session, strict, case_id, Ruling("remove"), hotline.now)
    assert hotline.reports()["spam", "zoe"].outcome == "upheld"
    assert known(hotline, "zoe").answered == 0


def test_the_reports_of_somebody_who_is_mostly_wrong_weigh_little_and_still_reach_people(hotline):
    hotline.track("zoe", upheld=0, dismissed=12)
    case = hotline.stream.case(id=hotline.report("quiet").case_id)
    hotline.stream.say("hm", by="quill", name="other")
    other = hotline.stream.case(id=hotline.report("other", by="yan").case_id)
    assert case.state == "open"
    assert case.priority < other.priority


def test_old_evidence_ends_before_the_report_does(hotline):
    hotline.track("zoe", upheld=2, dismissed=0)
    hotline.later(days=366)
    assert any("nothing known yet" in each for each in hotline.reasons(hotline.report("quiet").case_id))
    assert timedelta(days=hotline.policy.reports.reliability_days) < timedelta(days=366)
