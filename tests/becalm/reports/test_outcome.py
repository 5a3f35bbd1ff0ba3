"""What becomes of reports, and what their reporters hear."""

import pytest
from sqlalchemy import select

from becalm.cases.deciding import Ruling, override
from becalm.cases.merging import merge
from becalm.cases.reversing import reverse, undo
from becalm.cases.second import approve, refuse
from becalm.store import Notice


def test_a_decision_answers_everybody_who_reported_it(hotline):
    for key in ("zoe", "yan"):
        hotline.report("rude", by=key)
    hotline.decide(hotline.ids["rude"], "hide")
    for key in ("zoe", "yan"):
        one = hotline.reports()["rude", key]
        assert (one.state, one.outcome, one.told, one.counts) == ("answered", "upheld", "acted", True)
        assert sorted(hotline.told(key)) == ["hide", "receive"]


@pytest.mark.parametrize(
    ("action", "outcome", "rule", "reason", "found", "told"),
    [
        ("hide", "upheld", "abuse", "abuse", "upheld", "acted"),
        ("remove", "upheld", "single-spam", "abuse", "upheld", "acted"),
        ("none", "dismissed", "abuse", "abuse", "dismissed", "not acted"),
        ("monitor", "upheld", "abuse", "abuse", "upheld", "not acted"),
        ("monitor", "upheld", "abuse", "spam", "dismissed", "not acted"),
        ("escalate", "upheld", "threat", "they are in danger", "upheld", "passed on"),
        ("reply", "upheld", "complaint", "abuse", "dismissed", "not acted"),
        ("monitor", "upheld", None, "spam", "upheld", "not acted"),
    ],
)
def test_a_report_was_right_where_something_was_done_or_its_rule_was_met(
    hotline, action, outcome, rule, reason, found, told
):
    case_id = hotline.report("quiet", reason=reason).case_id
    hotline.decide(case_id, action, outcome, rule=rule)
    one = hotline.reports()["quiet", "zoe"]
    assert (one.outcome, one.told) == (found, told)


def test_a_customer_who_was_helped_was_not_reported_rightly(hotline):
    hotline.report("angry", reason="abuse")
    hotline.decide(hotline.ids["angry"], "reply", by="care-1")
    one = hotline.reports()["angry", "zoe"]
    assert (one.outcome, one.told) == ("dismissed", "not acted")


def test_after_a_reversal_reporters_hear_only_what_is_other_than_before(hotline):
    hotline.report("rude", by="zoe")
    hotline.decide(hotline.ids["rude"], "hide")
    hotline.later(hours=1)
    hotline.send()
    hotline.do(override, hotline.ids["rude"], "moderator-2", ruling=Ruling("remove", note="worse than it seemed"))
    assert sorted(hotline.told("zoe")) == ["hide", "receive"]
    hotline.later(hours=1)
    hotline.send()
    hotline.do(reverse, hotline.ids["rude"], "lead-1", note="a quotation")
    assert sorted(hotline.told("zoe")) == ["hide", "none", "receive"]
    one = hotline.reports()["rude", "zoe"]
    assert (one.outcome, one.told) == ("dismissed", "not acted")


def test_the_reversal_of_what_was_left_up_tells_nobody_anything(hotline):
    hotline.report("rude")
    hotline.decide(hotline.ids["rude"], "none", "dismissed")
    hotline.later(hours=1)
    hotline.send()
    hotline.do(reverse, hotline.ids["rude"], "lead-1", note="once more")
    assert sorted(hotline.told("zoe")) == ["none", "receive"]


def test_what_is_undone_is_open_again(hotline):
    hotline.report("rude")
    hotline.decide(hotline.ids["rude"], "hide")
    hotline.do(undo, hotline.ids["rude"], "moderator-1")
    one = hotline.reports()["rude", "zoe"]
    assert (one.state, one.outcome, one.told, one.decision_id) == ("open", None, None, None)
    hotline.decide(hotline.ids["rude"], "none", "dismissed")
    assert hotline.reports()["rude", "zoe"].told == "not acted"
    with hotline.store.reading() as session:
        told = session.scalars(select(Notice.action).where(Notice.recipient == "youtube:zoe")).all()
    assert "none" in told


def test_what_one_person_proposed_answers_nobody_yet(hotline, strict):
    hotline.policy = strict
    hotline.report("rude")
    hotline.decide(hotline.ids["rude"], "hide")
    assert hotline.reports()["rude", "zoe"].state == "open"
    hotline.do(refuse, hotline.ids["rude"], "moderator-2", note="harmless")
    assert hotline.reports()["rude", "zoe"].state == "open"
    hotline.decide(hotline.ids["rude"], "hide")
    hotline.do(approve, hotline.ids["rude"], "moderator-2")
    assert hotline.reports()["rude", "zoe"].outcome == "upheld"


def test_while_a_second_person_is_awaited_a_run_opens_no_second_case(hotline, strict):
    hotline.policy = strict
    hotline.report("rude")
    hotline.decide(hotline.ids["rude"], "hide")
    hotline.report("rude", by="yan")
    before = len(hotline.stream.cases())
    hotline.open()
    assert len(hotline.stream.cases()) == before
    assert hotline.reports()["rude", "yan"].state == "open"


def test_reports_go_along_with_a_merge(hotline):
    own = hotline.report("quiet").case_id
    hotline.do(merge, own, "moderator-1", into=hotline.ids["rude"])
    hotline.open()
    hotline.decide(hotline.ids["rude"], "hide")
    assert hotline.reports()["quiet", "zoe"].outcome == "upheld"


def test_a_report_that_came_before_its_comment_is_answered_like_any_other(hotline):
    hotline.report("late")
    hotline.stream.say("here I am", by="lars", name="late")
    hotline.open()
    hotline.decide(hotline.stream.case(subject="youtube/late").id, "hide", rule="abuse")
    assert hotline.reports()["late", "zoe"].told == "acted"
    assert sorted(hotline.told("zoe")) == ["hide", "receive"]


def test_an_edited_comment_can_be_reported_anew_after_a_decision(hotline):
    from becalm.store import CommentVersion
    from becalm.store.upsert import add

    hotline.decide(hotline.ids["rude"], "none", "dismissed")
    hotline.later(hours=1)
    with hotline.store.writing() as session:
        from becalm.store import Comment

        one = session.scalars(select(Comment).where(Comment.comment_id == "rude")).one()
        add(session, CommentVersion, [
            {"raw_row_id": one.raw_row_id, "comment_id": one.id, "text": "hello", "replaced_at": hotline.now}
        ])  # fmt: skip
    assert hotline.report("rude", reason="abuse").state == "open"


def test_a_reporter_is_told_even_where_the_first_answer_was_called_off_before_it_was_sent(hotline):
    hotline.report("rude")
    hotline.decide(hotline.ids["rude"], "hide")
    hotline.later(minutes=5)
    hotline.do(override, hotline.ids["rude"], "moderator-2", ruling=Ruling("remove", note="worse than it seemed"))
    assert sorted(hotline.told("zoe")) == ["receive", "remove"]
    hotline.do(undo, hotline.ids["rude"], "moderator-2")
    assert sorted(hotline.told("zoe")) == ["hide", "receive"]
    hotline.do(undo, hotline.ids["rude"], "moderator-1")
    assert hotline.told("zoe") == ["receive"]
    hotline.decide(hotline.ids["rude"], "hide")
    assert sorted(hotline.told("zoe")) == ["hide", "receive"]
