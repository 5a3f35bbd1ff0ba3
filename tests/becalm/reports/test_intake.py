"""Reports as they come in: each once, all of one comment to one case, and none to nobody."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from becalm.reports.form import ReportUnusable
from becalm.reports.intake import report, report_by_form
from becalm.store import Case, CaseComment, Report, Reporter, Store


def test_a_report_of_what_nobody_noticed_opens_a_case_at_once(hotline):
    received = hotline.report("quiet", reason="abuse")
    case = hotline.case(received.case_id)
    assert (case.rule, case.queue, case.state, case.subject) == ("reported", "moderation", "open", "youtube/quiet")
    assert case.suggested_action == "monitor"
    assert received.is_new
    assert received.state == "open"
    assert any("reported by 1 person: An insult or hatred (1)" in each for each in hotline.reasons(case.id))


def test_reporters_join_the_case_that_a_rule_opened(hotline):
    assert hotline.report("rude").case_id == hotline.ids["rude"]
    hotline.report("rude", by="yan", reason="what a tone")
    assert [case.rule for case in hotline.stream.cases() if "rude" in case.subject] == ["abuse"]
    told = hotline.reasons(hotline.ids["rude"])
    assert "reported by 2 people: An insult or hatred (1); in their own words (1)" in told
    assert sum("nothing known yet" in each for each in told) == 2
    assert not any("zoe" in each or "yan" in each for each in told)


def test_a_customer_reported_by_trolls_stays_a_customer(hotline):
    for number in range(6):
        hotline.report("angry", by=f"r{number}", reason="abuse", at=hotline.now - timedelta(minutes=number))
    hotline.open()
    case = hotline.case(hotline.ids["angry"])
    assert (case.queue, case.rule, case.state) == ("care", "complaint", "open")
    assert [each.rule for each in hotline.stream.cases() if "angry" in each.subject] == ["complaint"]
    assert any("together they count as one" in each for each in hotline.reasons(case.id))


def test_two_first_reports_at_the_same_moment_make_one_case_with_two_reporters(hotline, policy, tmp_path):
    """Two processes, each with its own connections."""
    start, failures, now = Barrier(2), [], hotline.now

    def hand_in(key):
        with Store.open(str(hotline.store.engine.url)) as store:
            start.wait()
            try:
                with store.writing() as session:
                    said = {"platform": "youtube", "comment_id": "quiet", "reporter": key, "reason": "spam"}
                    report(session, policy, now, **said)
            except Exception as error:  # noqa: BLE001 - told below, by the test
                failures.append(error)

    threads = [Thread(target=hand_in, args=(key,)) for key in ("zoe", "yan")]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert not failures
    case = hotline.stream.case(rule="reported")
    assert any("reported by 2 people: Spam or a scam (2)" in each for each in hotline.reasons(case.id))
    with hotline.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Report)) == 2
        assert session.scalars(select(CaseComment.case_id).where(CaseComment.case_id == case.id)).all() == [case.id]


def test_the_same_report_twice_changes_nothing(hotline):
    first = hotline.report("quiet", text="look at this")
    before = hotline.stream.tables()
    again = hotline.report("quiet", reason="spam", text="I say it again", at=hotline.now - timedelta(hours=1))
    assert not again.is_new
    assert again.case_id == first.case_id
    assert hotline.stream.tables() == before


def test_a_report_of_a_comment_that_is_not_there_yet_waits_for_it(hotline):
    early = hotline.report("late")
    assert (early.state, early.case_id) == ("waiting", None)
    assert hotline.told("zoe") == []
    hotline.stream.say("here I am", by="lars", name="late")
    hotline.open()
    assert hotline.reports()["late", "zoe"].state == "open"
    assert hotline.stream.case(subject="youtube/late").rule == "reported"
    assert hotline.told("zoe") == ["receive"]


def test_a_report_of_a_comment_that_never_comes_waits_no_longer_than_the_policy_says(hotline):
    hotline.report("ghost")
    hotline.later(days=31)
    hotline.open()
    assert hotline.reports()["ghost", "zoe"].state == "gone"


def test_a_report_of_a_deleted_comment_is_answered_by_what_was_decided(hotline):
    hotline.decide(hotline.ids["rude"], "remove")
    before = len(hotline.stream.cases())
    received = hotline.report("rude")
    assert (received.state, received.told, received.case_id) == ("answered", "acted", None)
    assert len(hotline.stream.cases()) == before
    assert set(hotline.told("zoe")) == {"receive", "remove"}
    assert hotline.reports()["rude", "zoe"].counts is False


def test_what_people_left_up_is_looked_at_again_only_under_another_rule(hotline):
    hotline.decide(hotline.ids["rude"], "none", "dismissed")
    assert hotline.report("rude", reason="abuse").told == "not acted"
    received = hotline.report("rude", by="yan", reason="threat")
    assert received.state == "open"
    assert hotline.case(received.case_id).subject == "youtube/rude"
    assert hotline.case(received.case_id).rule == "reported"
    hotline.open()
    assert hotline.case(received.case_id).state == "open"


def test_what_is_reported_after_its_own_case_was_decided_gets_another(hotline):
    first = hotline.report("quiet", reason="abuse").case_id
    hotline.decide(first, "none", "dismissed", rule="abuse")
    second = hotline.report("quiet", by="yan", reason="I know more about it").case_id
    assert second != first
    assert hotline.case(second).subject == "youtube/quiet~2"
    before = hotline.stream.tables()
    hotline.open()
    assert hotline.stream.tables() == before


def test_the_brands_own_comment_and_an_unscored_one_reach_people_too(hotline):
    hotline.stream.say("buy now", by="brand", name="ours", is_brand=True)
    hotline.stream.say("new", by="nora", name="unscored", scored=False)
    for name in ("ours", "unscored"):
        case_id = hotline.report(name).case_id
        hotline.open()
        assert hotline.case(case_id).state == "open"


def test_reports_of_a_campaign_join_its_case(hotline):
    texts = ["buy tea", "buy teas", "buy the tea"]
    for number, text in enumerate(texts):
        hotline.stream.say(text, by=f"p{number}", name=f"p{number}", spam=0.9)
    hotline.stream.regroup(tea=("campaign", texts))
    hotline.open()
    group = hotline.stream.case(kind="group")
    assert hotline.report("p1").case_id == group.id
    hotline.open()
    assert any("reported by 1 person" in each for each in hotline.reasons(group.id))
    assert not hotline.stream.cases(rule="reported")


def test_a_run_after_a_report_changes_nothing_more(hotline):
    hotline.report("quiet")
    hotline.report("rude", by="yan")
    hotline.open()
    before = hotline.stream.tables()
    hotline.open()
    assert hotline.stream.tables() == before


def test_no_run_withdraws_a_case_while_its_reporters_wait(hotline):
    """The rule that opened it finds nothing any more, and reports alone open none under this policy."""
    case_id = hotline.report("rude").case_id
    hotline.policy = hotline.policy.model_copy(
        update={"rules": tuple(rule for rule in hotline.policy.rules if rule.id != "reported")}
    )
    hotline.stream.score(_comment(hotline, "rude"), abuse=0.1)
    hotline.open()
    assert hotline.case(case_id).state == "open"
    hotline.decide(case_id, "none", "dismissed")
    assert hotline.reports()["rude", "zoe"].outcome == "dismissed"


def test_where_the_cause_of_a_case_is_gone_its_reporters_get_one_of_their_own(hotline):
    old = hotline.report("rude").case_id
    hotline.stream.score(_comment(hotline, "rude"), abuse=0.1)
    hotline.open()
    assert hotline.case(old).state == "withdrawn"
    assert hotline.stream.case(subject="youtube/rude", state="open").rule == "reported"


def test_who_may_be_trusted_says_the_policy_and_not_the_form(hotline, changed):
    trusted = changed({"  trusted: []": '  trusted: ["youtube:watchdog"]'})
    hotline.policy = trusted
    with hotline.store.writing() as session:
        for key in ("watchdog", "boaster"):
            form = f"platform=youtube&comment_id=quiet&reporter={key}&reason=spam&trusted=yes&is_trusted=true"
            report_by_form(session, trusted, form, hotline.now)
    with hotline.store.reading() as session:
        rows = session.execute(select(Reporter.key, Report.is_trusted).join(Report, Report.reporter_id == Reporter.id))
        assert dict(rows.all()) == {"watchdog": True, "boaster": False}
    told = hotline.reasons(hotline.stream.case(rule="reported").id)
    assert sum("trusted flagger" in each for each in told) == 1


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"comment_id": ""}, "comment_id: is missing"),
        ({"reporter": "\u200b"}, "reporter: is empty"),
        ({"platform": "you tube"}, "platform: "),
        ({"reporter": "x" * 301}, "reporter: "),
        ({"text": "a\0b"}, "text: holds characters that can't be stored"),
        ({"text": "y" * 10_001}, "text: "),
        ({"reported_at": "soon"}, "reported_at: is no time"),
        ({"reported_at": "2026-03-01T12:00:00"}, "reported_at: says no zone"),
        ({"reported_at": "1970-01-01T00:00:00Z"}, "reported_at: 1970-01-01 00:00 lies before"),
        ({"reported_at": "2199-01-01T00:00:00Z"}, "reported_at: 2199-01-01 00:00 lies ahead"),
        ({"comment_id": 17}, "comment_id: "),
    ],
)
def test_a_report_that_can_not_be_is_refused_and_nothing_changed(hotline, said, why):
    before = hotline.stream.tables()
    whole = {"platform": "youtube", "comment_id": "quiet", "reporter": "zoe", "reason": "spam"}
    with pytest.raises(ReportUnusable, match=why), hotline.store.writing() as session:
        report(session, hotline.policy, hotline.now, **(whole | said))
    assert hotline.stream.tables() == before


def test_a_form_says_when_it_came_by_coming(hotline):
    form = {"platform": ["youtube"], "comment_id": "quiet", "reporter": "zoe", "reported_at": "2001-01-01T00:00:00Z"}
    with hotline.store.writing() as session:
        report_by_form(session, hotline.policy, form, hotline.now)
    assert hotline.reports()["quiet", "zoe"].reported_at == hotline.now


def test_a_text_without_end_is_no_form(hotline):
    with pytest.raises(ReportUnusable), hotline.store.writing() as session:
        report_by_form(session, hotline.policy, "&".join(f"a{n}=1" for n in range(100)), hotline.now)


def test_a_moderator_who_saw_the_case_before_a_report_came_in_can_still_decide(hotline):
    seen = hotline.case(hotline.ids["rude"]).version
    hotline.report("rude")
    hotline.decide(hotline.ids["rude"])
    assert hotline.case(hotline.ids["rude"]).version == seen + 1


def _comment(hotline, name):
    with hotline.store.reading() as session:
        found = select(CaseComment.comment_id).join(Case, Case.id == CaseComment.case_id)
        return session.scalars(found.where(Case.subject == f"youtube/{name}")).first()
