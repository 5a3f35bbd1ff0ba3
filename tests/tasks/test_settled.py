"""What is new is judged with what it may matter to; the rest stands, and all is as if everything had come at once."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from becalm.store import Group, GroupText, Store
from tasks.maintain import reopen_groups

Make = Callable[..., dict[str, Any]]
Rows = list[dict[str, Any]]

FOLLOWERS = "Cheap followers for your page at more-followers.example, order number {} in our profile now"
KETTLE = "Win a brand new kettle today, claim yours at tea-prizes.example with the code {} before friday"
SPRING, SUMMER = datetime(2025, 3, 1, tzinfo=UTC), datetime(2025, 6, 1, tzinfo=UTC)
WINTER = datetime(2026, 1, 1, tzinfo=UTC)
POKED = 0.123


@pytest.fixture
def push(comment: Make) -> Callable[..., Rows]:
    """A comment by another account each, minute by minute."""

    def make(advert: str, numbers: Sequence[int], begins: datetime) -> Rows:
        return [
            comment(advert.format(number), published_at=(begins + timedelta(minutes=number)).isoformat())
            for number in numbers
        ]

    return make


def poke(home: Any) -> None:
    """A score that no verdict gives, by which a group that is judged anew is told."""
    with Store.open(home.settings.store_url) as store, store.writing() as session:
        session.execute(update(Group).values(score=POKED))


def poked(home: Any) -> set[str]:
    """The campaigns of groups that still have it."""
    return {campaign for (campaign,) in home.ask(select(Group.campaign_id).where(Group.score == POKED))}


def groups(home: Any) -> set[frozenset[int]]:
    members: dict[str, set[int]] = {}
    for group, text in home.ask(select(GroupText.group_id, GroupText.text_id)):
        members.setdefault(group, set()).add(text)
    return {frozenset(texts) for texts in members.values()}


def campaigns(home: Any) -> dict[str, str]:
    """By the beginning of their wording."""
    return {row["medoid_text"][:5]: row["campaign_id"] for row in home.published("campaigns")}


def test_only_what_new_comments_may_matter_to_is_judged_anew(
    home: Any, push: Callable[..., Rows], write: Callable[..., Path]
) -> None:
    home.run(write([*push(FOLLOWERS, range(30), SPRING), *push(KETTLE, range(30), WINTER)]))
    known = campaigns(home)
    poke(home)
    home.run(write(push(KETTLE, range(30, 34), WINTER)))
    assert poked(home) == {known["cheap"]}
    assert campaigns(home) == known


def test_an_old_campaign_that_grows_is_judged_anew_and_the_others_stand(
    home: Any, push: Callable[..., Rows], write: Callable[..., Path]
) -> None:
    home.run(write([*push(FOLLOWERS, range(30), SPRING), *push(KETTLE, range(30), SUMMER)]))
    known = campaigns(home)
    poke(home)
    home.run(write(push(FOLLOWERS, range(30, 34), WINTER)))
    assert poked(home) == {known["win a"]}
    assert [row["comments"] for row in home.published("campaigns")] == [34, 30]


def test_when_the_texts_are_a_tenth_more_everything_is_judged_anew(
    home: Any, push: Callable[..., Rows], write: Callable[..., Path]
) -> None:
    home.run(write([*push(FOLLOWERS, range(20), SPRING), *push(KETTLE, range(20), WINTER)]))
    poke(home)
    home.run(write(push(KETTLE, range(20, 24), WINTER)))
    assert len(poked(home)) == 1
    home.run(write(push(KETTLE, range(24, 28), WINTER)))
    assert not poked(home)


def test_housekeeping_has_everything_judged_anew(
    home: Any, push: Callable[..., Rows], write: Callable[..., Path]
) -> None:
    home.run(write(push(FOLLOWERS, range(12), SPRING)))
    poke(home)
    home.moderate()
    assert poked(home)
    reopen_groups.fn(home.settings)
    home.moderate()
    assert not poked(home)


def test_two_eras_in_three_batches_are_what_they_are_at_once(
    new_home: Callable[..., Any], push: Callable[..., Rows], write: Callable[..., Path]
) -> None:
    batches = [
        [*push(FOLLOWERS, range(60), SPRING), *push(KETTLE, range(60), SUMMER)],
        push(KETTLE, range(60, 66), WINTER),
        [*push(FOLLOWERS, range(60, 63), SPRING), *push(FOLLOWERS, range(63, 65), WINTER)],
    ]
    stepwise, at_once = new_home("stepwise"), new_home("at once")
    for batch in batches:
        stepwise.run(write(batch))
    at_once.run(write([row for batch in batches for row in batch]))
    assert groups(stepwise) == groups(at_once)
    # The id alone tells which texts came first.
    told = [[{**row, "campaign_id": ""} for row in one.published("campaigns")] for one in (stepwise, at_once)]
    assert told[0] == told[1]
