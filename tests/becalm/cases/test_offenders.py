from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from becalm.cases import give_strikes, rank_offenders
from becalm.cases.offenders import Mark, Written, weigh_factors
from becalm.policy import load_policy
from becalm.store import Offender, stable_id

POLICY = load_policy()
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def rank(stream, policy, days=0):
    with stream.store.writing() as session:
        give_strikes(session, policy)
        return rank_offenders(session, policy, stream.now + timedelta(days=days))


def offender(stream, name="eve"):
    with stream.store.reading() as session:
        return session.scalars(select(Offender).where(Offender.account_id == stable_id("youtube", name))).one_or_none()


def insult(stream, times, by="eve"):
    for place in range(times):
        stream.say(f"you fools {place}", by=by, under=f"t{place}", at=place, abuse=0.9)


def test_an_offender_shows_four_factors_in_words(stream, policy):
    insult(stream, 2)
    stream.say("nice light", by="eve")
    assert rank(stream, policy) == 1
    found = offender(stream)
    factors = {factor["signal"]: factor for factor in found.factors}
    assert found.strikes == 2.0
    assert factors["number"]["score"] == 0.5
    assert factors["share"] == {"signal": "share", "score": 0.5, "text": "2 of 3 comments"}
    assert factors["gravity"]["score"] == 0.275
    assert factors["intent"] == {"signal": "intent", "score": 0.25, "text": "in 2 threads on 1 channel"}
    assert found.score == pytest.approx(0.4 * 0.5 + 0.2 * 0.5 + 0.25 * 0.275 + 0.15 * 0.25, abs=1e-4)


def test_campaign_comments_count_as_offences(stream, policy):
    stream.say("buy now", by="eve")
    stream.say("buy now", by="eve", under="t2")
    stream.regroup(buy=("campaign", ["buy now"]))
    rank(stream, policy)
    assert {factor["text"] for factor in offender(stream).factors} >= {"2 of 2 comments", "in 2 threads on 1 channel"}


def test_what_is_an_offence_twice_over_counts_once(stream, policy):
    stream.say("buy now fools", by="eve", abuse=0.9)
    stream.say("buy now", by="eve", under="t2")
    stream.say("buy now", by="bob")
    stream.say("nice light", by="eve", under="t3")
    rank(stream, policy)
    stream.regroup(buy=("campaign", ["buy now", "buy now fools"]))
    rank(stream, policy)
    told = {factor["text"] for factor in offender(stream).factors}
    assert told >= {"2 of 3 comments", "in 2 threads on 1 channel"}


def test_one_out_of_one_is_no_habit_yet(stream, policy):
    insult(stream, 1)
    rank(stream, policy)
    assert offender(stream).score < POLICY.thresholds["repeat_offender"]


def test_an_account_whose_strikes_expired_is_no_offender(stream, policy):
    insult(stream, 3)
    assert rank(stream, policy, days=89) == 1
    assert rank(stream, policy, days=91) == 0
    assert offender(stream) is None


def test_what_lies_before_the_window_counts_in_no_factor(stream, changed):
    insult(stream, 3)
    policy = changed(
        {"  window_days: 90": "  window_days: 10", "strike: {weight: 1.0, days: 120}": "strike: {weight: 1}"}
    )
    assert rank(stream, policy, days=0) == 1
    old = offender(stream)
    assert (old.strikes, old.score) == (3.0, 0.0)
    assert {factor["text"] for factor in old.factors} >= {"strikes in 10 days weigh 0", "0 of 0 comments"}


def test_ranking_twice_changes_nothing(stream, policy):
    insult(stream, 3)
    rank(stream, policy)
    before = stream.tables()
    rank(stream, policy)
    assert stream.tables() == before


def test_without_a_stream_time_nobody_is_ranked(stream, policy):
    with stream.store.writing() as session:
        assert rank_offenders(session, policy, None) == 0


def test_a_repeat_offender_gets_an_account_case_once(stream, run):
    insult(stream, 5)
    harmless = stream.say("nice light", by="eve")
    run(stream)
    case = stream.case(kind="account")
    assert (case.rule, case.queue, case.subject) == ("repeat-offender", "accounts", "youtube:eve")
    assert len(stream.comments_of(case)) == 5
    assert {"number", "share", "gravity", "intent"} <= {reason["signal"] for reason in case.reasons}
    assert stream.clearances() == {harmless: "no rule met"}
    assert run(stream).opened == 0


def test_more_from_a_decided_offender_is_a_follow_up(stream, run):
    insult(stream, 5)
    run(stream)
    stream.decide(stream.case(kind="account").id)
    assert run(stream).opened == 0
    new = stream.say("fools still", by="eve", abuse=0.9)
    run(stream)
    follow_up = stream.case(kind="account", state="open")
    assert (follow_up.subject, stream.comments_of(follow_up)) == ("youtube:eve~2", {new})


def test_a_likely_alternate_is_a_case_that_says_why(stream, run):
    insult(stream, 1)
    stream.say("hello again", by="eve2")
    stream.say("hello", by="someone")
    stream.alternate("eve2", of="eve", score=0.8)
    stream.alternate("someone", of="eve", score=0.3)
    run(stream)
    case = stream.case(kind="account")
    assert (case.rule, case.subject, case.suggested_action) == ("likely-alternate", "youtube:eve2", "monitor")
    assert {"signal": "texts", "score": 0.8, "text": "same texts"} in case.reasons


@st.composite
def written(draw):
    comments = draw(st.integers(1, 9))
    offending = draw(st.integers(0, comments))
    threads, channels = (draw(st.integers(min(1, offending), offending)) for _ in range(2))
    return Written(comments, offending, threads, channels, draw(st.integers(0, offending)))


marks = st.builds(
    Mark, st.just(1), st.sampled_from(["abuse", "campaign", "gone"]),
    st.sampled_from(["youtube/a", "youtube/b", "k1", "k2"]), st.floats(0.1, 10), st.just(START),
)  # fmt: skip


@given(st.lists(marks, min_size=1), written())
def test_every_factor_lies_between_zero_and_one(given_marks, account):
    factors = weigh_factors(POLICY, given_marks, account)
    assert all(0 <= factor.score <= 1 and factor.text for factor in factors.values())


@given(st.lists(marks, min_size=1), marks, written(), st.data())
def test_another_strike_lowers_no_factor(given_marks, another, account, data):
    wider = account._replace(
        offending=data.draw(st.integers(account.offending, account.comments)),
        threads=account.threads + data.draw(st.integers(0, 1)),
        channels=account.channels + data.draw(st.integers(0, 1)),
        after_warning=account.after_warning + data.draw(st.integers(0, 1)),
    )
    before = weigh_factors(POLICY, given_marks, account)
    after = weigh_factors(POLICY, [*given_marks, another], wider)
    assert all(before[name].score <= after[name].score + 1e-12 for name in before)
