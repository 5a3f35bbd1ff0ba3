from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from becalm.review import Period
from becalm.review.places import channels_by_spam, threads_by_spam
from becalm.review.volumes import tally_outcomes

MONDAY = datetime(2026, 11, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def push(story: Any, spam: int, talk: int, **where: str) -> None:
    for n in range(spam):
        story.comment(f"{where}s{n}", MONDAY, "buy now", **where)
    for n in range(talk):
        story.comment(f"{where}t{n}", MONDAY, "talk", **where)
    story.group("g1", ["buy now"], "campaign", MONDAY, MONDAY)


def test_a_few_spam_comments_do_not_lead_by_luck(story: Any, week: Period) -> None:
    push(story, 3, 0, thread="tiny")
    push(story, 90, 10, thread="busy")
    push(story, 0, 5, thread="calm")
    with story.save().reading() as session:
        threads = threads_by_spam(session, tally_outcomes(session, week))
    assert [thread.thread_id for thread in threads] == ["busy", "tiny", "calm"]
    assert (threads[0].volume.spam.hits, threads[0].volume.spam.total, threads[0].title) == (90, 100, "About busy")


def test_channels_stand_with_both_periods_and_their_mood(story: Any, week: Period) -> None:
    story.comment("a", MONDAY, channel="page", sentiment=0.5)
    story.comment("b", MONDAY, channel="page", sentiment=-0.1)
    story.comment("c", MONDAY - DAY, channel="page", sentiment=-1.0)
    story.comment("d", MONDAY - DAY, channel="closed", thread="t2")
    story.comment("e", MONDAY, channel="page", platform="snap")
    with story.save().reading() as session:
        now, before = tally_outcomes(session, week), tally_outcomes(session, week.before)
        channels = {(found.platform, found.channel): found for found in channels_by_spam(now, before)}
    assert channels.keys() == {("tube", "page"), ("tube", "closed"), ("snap", "page")}
    page, closed = channels["tube", "page"], channels["tube", "closed"]
    assert (page.volume.comments, page.before.comments) == (2, 1)
    assert page.sentiment == pytest.approx(0.2)
    assert (closed.volume.comments, closed.before.comments, closed.sentiment) == (0, 1, None)
