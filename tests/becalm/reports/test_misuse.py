"""Who keeps reporting without ground is warned first, paused after that, and by people only."""

import pytest

from becalm.errors import PersonUnknown
from becalm.reports.intake import reporter_id
from becalm.reports.misuse import (
    ReporterRefused,
    ReporterUnknown,
    lift,
    misuse_of,
    pause_reporter,
    warn_reporter,
)  # fmt: skip
from becalm.reports.pseudonyms import pseudonym


def act(hotline, verb, name="youtube:zoe", by="lead-1", **said):
    with hotline.store.writing() as session:
        return verb(session, hotline.policy, name, by=by, now=hotline.now, **said)


def evidence(hotline):
    with hotline.store.reading() as session:
        return misuse_of(session, hotline.policy, reporter_id("youtube", "zoe"), hotline.now)


def test_nobody_is_warned_for_a_few_reports_without_ground(hotline):
    hotline.track("zoe", upheld=0, dismissed=7)
    with pytest.raises(ReporterRefused, match="7 of 7 answered reports had no ground; it takes 8"):
        act(hotline, warn_reporter)
    assert evidence(hotline).suggested(hotline.policy) is None


def test_nobody_is_warned_who_is_often_right(hotline):
    hotline.track("zoe", upheld=5, dismissed=9)
    with pytest.raises(ReporterRefused, match="9 of 14"):
        act(hotline, warn_reporter)


def test_nobody_is_paused_without_a_warning_before(hotline):
    hotline.track("zoe", upheld=1, dismissed=9)
    assert evidence(hotline).suggested(hotline.policy) == "warn"
    with pytest.raises(ReporterRefused, match="not warned before"):
        act(hotline, pause_reporter)


def test_who_goes_on_after_a_warning_can_be_paused_for_a_time(hotline):
    hotline.track("zoe", upheld=1, dismissed=9)
    assert act(hotline, warn_reporter, note="the same three people").warned_at == hotline.now
    with pytest.raises(ReporterRefused, match="warned on"):
        act(hotline, warn_reporter)
    hotline.later(hours=1)
    with pytest.raises(ReporterRefused, match="0 without ground since the warning; it takes 3"):
        act(hotline, pause_reporter)
    hotline.track("zoe", upheld=0, dismissed=3)
    assert evidence(hotline).suggested(hotline.policy) == "pause"
    until = act(hotline, pause_reporter).paused_until
    assert (until - hotline.now).days == 30
    assert {"caution-reporter", "pause-reporter"} <= set(hotline.told("zoe"))


def paused(hotline):
    hotline.track("zoe", upheld=0, dismissed=9)
    act(hotline, warn_reporter)
    hotline.later(hours=1)
    hotline.track("zoe", upheld=0, dismissed=3)
    act(hotline, pause_reporter)


def test_a_paused_reporters_reports_are_kept_and_opened_nowhere(hotline):
    paused(hotline)
    told, cases = hotline.told("zoe"), len(hotline.stream.cases())
    received = hotline.report("quiet")
    assert (received.state, received.case_id) == ("paused", None)
    hotline.open()
    assert len(hotline.stream.cases()) == cases
    assert hotline.told("zoe") == told
    assert hotline.report("rude", by="yan").state == "open"


def test_a_pause_ends_by_the_clock(hotline):
    paused(hotline)
    hotline.later(days=31)
    assert hotline.report("quiet").state == "open"


def test_a_pause_can_be_lifted(hotline):
    paused(hotline)
    assert act(hotline, lift) >= 1
    assert hotline.report("quiet").state == "open"


def test_what_was_reported_before_the_warning_is_no_going_on(hotline):
    names = [f"early{number}" for number in range(4)]
    for name in names:
        hotline.stream.say(name, by=name, name=name)
    cases = [hotline.report(name).case_id for name in names]
    hotline.track("zoe", upheld=0, dismissed=9)
    hotline.later(hours=1)
    act(hotline, warn_reporter)
    hotline.later(hours=1)
    for case_id in cases:
        hotline.decide(case_id, "none", "dismissed", rule="abuse")
    assert (evidence(hotline).dismissed, evidence(hotline).after_warning) == (13, 0)


def test_only_people_of_the_policy_decide_on_it(hotline):
    hotline.track("zoe", upheld=0, dismissed=9)
    before = hotline.stream.tables()
    with pytest.raises(PersonUnknown):
        act(hotline, warn_reporter, by="stranger")
    with pytest.raises(ReporterUnknown):
        act(hotline, warn_reporter, name="youtube:nobody")
    assert hotline.stream.tables() == before


def test_a_pseudonym_names_a_reporter(hotline):
    hotline.track("zoe", upheld=0, dismissed=9)
    name = pseudonym(reporter_id("youtube", "zoe"))
    assert act(hotline, warn_reporter, name=name).reporter == name
