"""What users reported is the source of the statement about it."""

from datetime import timedelta

from becalm.review.mistakes import measure_mistakes
from becalm.review.period import covering_period
from becalm.review.report import names_of
from becalm.statements.notified import notices_known


def known(hotline):
    with hotline.store.reading() as session:
        return notices_known(session, list(hotline.ids.values()) + [case.id for case in hotline.stream.cases()])


def test_reports_that_came_before_the_decision_are_its_source(hotline):
    hotline.report("rude", by="zoe")
    hotline.report("rude", by="yan")
    hotline.now += timedelta(hours=1)
    hotline.decide(hotline.ids["rude"])
    found = known(hotline)[hotline.ids["rude"]]
    assert (found.source, found.count, found.opened_case) == ("SOURCE_TYPE_OTHER_NOTIFICATION", 2, False)


def test_a_case_that_only_a_report_opened_says_so(hotline):
    case_id = hotline.report("quiet", by="zoe").case_id
    assert case_id
    hotline.decide(case_id, rule="abuse")
    assert known(hotline)[case_id].opened_case


def test_what_is_reported_after_the_decision_is_no_source_of_it(hotline):
    hotline.decide(hotline.ids["rude"])
    hotline.now += timedelta(hours=1)
    hotline.report("rude", by="zoe")
    assert hotline.ids["rude"] not in known(hotline)


def test_what_is_open_or_unreported_has_no_source(hotline):
    hotline.report("rude", by="zoe")
    assert known(hotline) == {}


def test_what_only_users_found_is_told_as_missed_and_not_as_a_mistake_of_the_machine(hotline):
    case_id = hotline.report("quiet", by="zoe").case_id
    assert case_id
    hotline.decide(case_id, rule="abuse")
    hotline.decide(hotline.ids["rude"])
    with hotline.store.reading() as session:
        lines = measure_mistakes(session, covering_period(session), names_of(hotline.policy)).lines
    told = {line.name: (line.wrong.hits, line.wrong.total, line.reported) for line in lines if line.kind == "rule"}
    assert told == {"abuse": (0, 1, 1)}
