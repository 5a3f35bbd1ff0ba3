from datetime import timedelta

import pytest
from sqlalchemy import select

from becalm.cases import give_strikes, stream_time
from becalm.store import Strike, stable_id


def strikes(stream):
    with stream.store.reading() as session:
        return list(session.scalars(select(Strike).order_by(Strike.account_id, Strike.cause)))


def give(stream, policy):
    with stream.store.writing() as session:
        return give_strikes(session, policy)


def start_of(stream):
    return stream.now - timedelta(days=30)


def test_a_campaign_is_one_strike_an_account_from_its_last_comment(stream, policy):
    stream.say("buy now", by="bot", at=1)
    stream.say("buy now", by="bot", at=5)
    stream.say("buy now", by="other", at=2)
    stream.regroup(buy=("campaign", ["buy now"]))
    assert give(stream, policy) == 2
    bot = next(strike for strike in strikes(stream) if strike.account_id == stable_id("youtube", "bot"))
    assert (bot.rule, bot.cause, bot.weight) == ("campaign", "buy", 1.0)
    assert bot.given_at == start_of(stream) + timedelta(hours=5)
    assert bot.expires_at == bot.given_at + timedelta(days=90)


def test_each_abusive_comment_is_a_strike(stream, policy):
    stream.say("you fools", by="eve", abuse=0.9)
    stream.say("such fools", by="eve", abuse=0.9)
    assert give(stream, policy) == 2
    assert {strike.cause for strike in strikes(stream)} == {"youtube/c1", "youtube/c2"}


def test_customers_fans_echoes_and_the_brand_get_none(stream, policy):
    stream.say("it broke, you fools", by="a", abuse=0.9, complaint=0.9)
    stream.say("lovely", by="b", praise=0.9)
    stream.say("who is here", by="c")
    stream.say("buy now", by="us", is_brand=True, spam=0.9, abuse=0.9)
    for hour in range(3):
        stream.say("where is my order", by="d", at=hour, complaint=0.9)
    stream.regroup(e=("echo", ["who is here"]), buy=("campaign", ["buy now"]), order=("flood", ["where is my order"]))
    assert give(stream, policy) == 0


def test_a_strike_whose_cause_is_gone_is_removed(stream, policy):
    comment = stream.say("you fools", by="eve", abuse=0.9)
    stream.say("buy now", by="bot")
    stream.regroup(buy=("campaign", ["buy now"]))
    assert give(stream, policy) == 2
    stream.score(comment, abuse=0.1)
    stream.regroup()
    assert give(stream, policy) == 0
    assert strikes(stream) == []


def test_strikes_follow_the_policy(stream, policy, changed):
    stream.say("you fools", by="eve", abuse=0.9)
    give(stream, policy)
    give(stream, changed({"strike: {weight: 1.0, days: 120}": "strike: {weight: 2.5}"}))
    (strike,) = strikes(stream)
    assert strike.weight == 2.5
    assert strike.expires_at - strike.given_at == timedelta(days=policy.offenders.strike_days)


def test_giving_twice_changes_nothing(stream, policy):
    stream.say("you fools", by="eve", abuse=0.9)
    give(stream, policy)
    before = stream.tables()
    give(stream, policy)
    assert stream.tables() == before


@pytest.mark.parametrize("hours", [(), (3,), (7, 3, 5)])
def test_stream_time_is_that_of_the_newest_comment(stream, hours):
    for hour in hours:
        stream.say("hello", at=hour)
    with stream.store.reading() as session:
        found = stream_time(session)
    assert found == (start_of(stream) + timedelta(hours=max(hours)) if hours else None)
