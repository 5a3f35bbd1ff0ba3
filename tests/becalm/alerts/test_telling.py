"""Owners hear of each comment once, soon, and whatever breaks."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LIST = "legal-and-press"


def test_one_message_a_list_and_run(desk):
    desk.reach("desk")
    for number in range(7):
        desk.say(f"text number {number}")
    desk.say("bomb", keywords=("bomb threat",))
    told = desk.tell()
    assert (told.messages, told.failures, told.waiting) == (2, 0, 0)
    assert desk.post.titles == [
        "becalm: 1 comment on the alert list “threats”", f"becalm: 7 comments on the alert list “{LIST}”"
    ]  # fmt: skip


def test_a_second_run_tells_only_what_is_new(desk):
    desk.reach("desk")
    desk.say("first")
    desk.tell()
    assert desk.tell().messages == 0
    desk.say("second")
    desk.tell()
    assert ["first" in body for body in desk.post.to("desk")] == [True, False]
    assert len(desk.post.bodies) == 2


def test_a_comment_on_two_lists_is_told_to_both_owners(desk):
    desk.reach("safety", owner="safety lead")
    desk.reach("press", owner="communications lead")
    desk.say("both of them", keywords=("bomb threat", "my lawyer"))
    desk.tell()
    assert [host for host, _ in desk.post.bodies] == ["safety", "press"]


def test_the_brand_itself_raises_no_alert(desk):
    desk.reach("desk")
    desk.say("we say it ourselves", is_brand=True)
    assert desk.tell().messages == 0


def test_an_address_that_fails_is_tried_again_and_others_are_not(desk, caplog):
    desk.reach("one", "two")
    desk.post.down = {"two"}
    desk.say("first")
    told = desk.tell()
    assert (told.messages, told.failures, told.waiting) == (1, 1, 1)
    assert [record.message for record in caplog.records if record.levelname == "WARNING"] == [
        f"alerts: post (number 2 of communications lead) failed for `{LIST}`; the next run tries again"
    ]
    desk.say("second")
    desk.post.down = set()
    told = desk.tell()
    assert (told.messages, told.failures, told.waiting) == (2, 0, 0)
    assert ["first" in body for body in desk.post.to("one")] == [True, False]
    assert ["first" in body and "second" in body for body in desk.post.to("two")] == [True]


def test_an_address_that_nobody_understands_fails_alone(desk):
    desk.urls["*"] = (SecretStr("nonsense"), SecretStr("post://desk"))
    desk.say("first")
    told = desk.tell()
    assert (told.messages, told.failures, told.waiting) == (1, 1, 1)


def test_without_an_address_alerts_wait_for_one(desk, caplog):
    desk.say("first")
    assert desk.tell().waiting == 1
    assert caplog.text == ""
    desk.reach("desk")
    assert desk.tell().messages == 1
    assert desk.tell().messages == 0


def test_a_new_address_hears_nothing_old(desk):
    desk.reach("old")
    desk.say("first")
    desk.tell()
    desk.reach("new")
    assert desk.tell().messages == 0


def test_an_owner_without_lists_is_named(desk, caplog):
    desk.reach("desk", owner="safety leader")
    desk.tell()
    assert "`safety leader`, whom no alert list has" in caplog.text


def test_in_quiet_hours_alerts_wait_and_the_first_run_after_them_tells(desk, policy_with):
    desk.policy = policy_with("quiet_hours: {from: '22:00', to: '07:00', zone: Asia/Kolkata}")
    desk.reach("desk")
    desk.say("at night")
    desk.say("bomb", keywords=("bomb threat",))
    night = NOON.replace(hour=17)  # 22:30 there
    assert (desk.tell(night).messages, desk.tell(night).waiting) == (1, 1)
    desk.say("in the small hours")
    assert desk.tell(night + timedelta(hours=8, minutes=29)).messages == 0
    assert desk.tell(night + timedelta(hours=8, minutes=30)).messages == 1
    assert "at night" in desk.post.bodies[-1][1]
    assert "in the small hours" in desk.post.bodies[-1][1]


def test_what_was_edited_before_it_was_told_is_not_told(desk):
    comment = desk.say("never mind")
    desk.tell()
    desk.rescore(comment, [])
    desk.reach("desk")
    told = desk.tell()
    assert (told.messages, told.waiting) == (0, 0)


def test_what_was_told_stays_told_whatever_becomes_of_the_comment(desk):
    desk.reach("desk")
    comment = desk.say("first")
    desk.tell()
    for keywords in ([], ["my lawyer", "legal action"], ["legal action"]):
        desk.rescore(comment, keywords)
        assert desk.tell().messages == 0


def test_a_list_that_listens_elsewhere_raises_no_alert(desk, policy_with):
    desk.reach("desk")
    desk.say("first")
    desk.policy = policy_with("channels: [clipshare/coffee]")
    assert desk.tell().messages == 0
    desk.policy = policy_with("channels: [clipshare/lantern-tea]")
    assert desk.tell().messages == 1


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_run_that_dies_while_sending_is_owned_up_to_and_nothing_is_told_twice(desk, moment, caplog):
    desk.reach("desk")
    desk.say("first of all")
    desk.say("second to none")
    desk.post.crash = moment
    with pytest.raises(desk.post.Crash):
        desk.tell()
    desk.post.crash = None
    seen = len(desk.post.bodies)
    assert seen == (moment == "after")
    desk.say("third in line")
    told = desk.tell()
    assert (told.messages, told.waiting) == (1, 0)
    (body,) = desk.post.to("desk")[seen:]
    assert "cut off while it told of 2 comments" in body
    assert "third in line" in body
    assert not any(words in body for words in ("first of all", "second to none"))
    assert f"cut off while it told of 2 on `{LIST}`" in caplog.text
    assert desk.tell().messages == 0


def test_a_run_cut_off_is_owned_up_to_without_news_too(desk):
    desk.reach("desk")
    desk.say("first")
    desk.post.crash = "before"
    with pytest.raises(desk.post.Crash):
        desk.tell()
    desk.post.crash = None
    assert desk.tell().messages == 1
    assert desk.post.titles[-1] == f"becalm: alert list “{LIST}”"
    assert desk.tell().messages == 0


def test_addresses_stay_secret(desk, caplog):
    token = "s3cr3t-t0k3n"
    desk.urls["*"] = (SecretStr(f"post://up/{token}"), SecretStr(f"post://down/{token}"), SecretStr(token))
    desk.post.down = {"down"}
    desk.say("first")
    told = desk.tell()
    assert (told.messages, told.failures) == (1, 2)
    assert token not in caplog.text
    assert token not in desk.everything_stored()
    assert token not in repr(desk.urls)


STEPS = st.lists(
    st.tuples(
        st.integers(0, 3), st.sets(st.sampled_from(["one", "two"])), st.sampled_from([None, None, "before", "after"])
    ),
    max_size=6,
)


@given(STEPS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nobody_is_told_twice_and_without_a_crash_everybody_is_told(desk, steps):
    desk.clear()
    desk.post.bodies.clear()
    desk.reach("one", "two")
    said = []
    for count, desk.post.down, desk.post.crash in steps:
        said += [f"<{desk.say(f'<{desk._next}>')}>" for _ in range(count)]
        with suppress(desk.post.Crash):
            desk.tell()
    desk.post.down, desk.post.crash = set(), None
    desk.tell()
    crashed = any(crash for _, _, crash in steps)
    for host in ("one", "two"):
        told = "".join(desk.post.to(host))
        counts = [sum(f"<{comment[1:-1]}>" in body for body in desk.post.to(host)) for comment in said]
        assert max(counts, default=0) <= 1
        if not crashed and len(said) <= 5:
            assert all(comment in told for comment in said)
    assert desk.tell().waiting == 0
