"""Many new reporters at once count as one."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from becalm.policy.reports import Reports
from becalm.reports.ties import Voice, tied

NOW = datetime(2026, 3, 2, tzinfo=UTC)
TERMS = Reports()


def voices(minutes, known=()):
    """A reporter for each of `minutes`, all new but those in `known`."""
    return [
        Voice(number, NOW + timedelta(minutes=at), NOW + timedelta(minutes=at), number in known)
        for number, at in enumerate(minutes)
    ]


def test_a_handful_of_new_reporters_within_the_hour_are_tied():
    assert tied(voices([0, 20, 40, 60]), TERMS) == {0, 1, 2, 3}
    assert tied(voices([0, 20, 40]), TERMS) == frozenset()


def test_who_reports_hours_later_is_not():
    assert tied(voices([0, 5, 10, 15, 500]), TERMS) == {0, 1, 2, 3}


def test_whoever_people_know_is_never_tied():
    assert tied(voices([0, 1, 2, 3], known={1}), TERMS) == frozenset()


def test_who_has_been_reporting_for_long_is_no_new_reporter():
    old = [voice._replace(first_reported_at=NOW - timedelta(days=100)) for voice in voices([0, 1, 2, 3, 4])]
    assert tied(old, TERMS) == frozenset()


@given(st.lists(st.integers(0, 10_000), max_size=40), st.sets(st.integers(0, 40)))
def test_each_tied_reporter_has_enough_others_near(minutes, known):
    found = tied(voices(minutes, known), TERMS)
    for each in found:
        near = [other for other in found if abs(minutes[other] - minutes[each]) <= TERMS.tied_minutes]
        assert each not in known
        assert len(near) >= TERMS.tied_least


@given(st.lists(st.integers(0, 3_000), max_size=30))
def test_in_which_order_they_stand_makes_no_difference(minutes):
    assert tied(voices(minutes), TERMS) == tied(list(reversed(voices(minutes))), TERMS)


def test_a_brigade_weighs_no_more_than_one_person(hotline):
    for number in range(30):
        hotline.report("quiet", by=f"r{number}", at=hotline.now - timedelta(seconds=number))
    hotline.stream.say("hm", by="quill", name="other")
    crowd, alone = hotline.stream.case(subject="youtube/quiet"), hotline.stream.case(id=hotline.report("other").case_id)
    assert crowd.priority == alone.priority
    (told,) = [each for each in hotline.reasons(crowd.id) if "count as one" in each]
    assert told.startswith("30 of 30 reports came within 29 seconds")


def test_a_brigade_hides_nobody(hotline):
    for number in range(30):
        hotline.report("quiet", by=f"r{number}")
    hotline.open()
    case = hotline.stream.case(rule="reported")
    assert (case.state, case.suggested_action) == ("open", "monitor")
    assert hotline.log(case.id) == []
    assert hotline.stream.tables()["strikes"] == []
