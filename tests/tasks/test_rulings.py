"""What people said of texts and campaigns, in every run after it."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from becalm import cli
from becalm.campaigns import rulings as ruled
from becalm.store import CampaignEvent, Store, Text
from tasks.rule import texts_to_rule_on

Make = Callable[..., dict[str, Any]]
Say = Callable[..., None]
Run = Callable[[Sequence[str]], None]

LIKES = "Real likes delivered tonight by aunt Odile at more-likes.example"
LIKES_CYRILLIC = LIKES.replace("e", "\u0435").replace("a", "\u0430")
LIKES_INVISIBLE = "\u200b".join(LIKES)
LIKES_SPACED = LIKES.replace("likes", "l i k e s").replace("delivered", "d.e.l.i.v.e.r.e.d")
LIKES_LEET = LIKES.replace("Real", "R3al").replace("tonight", "t0n1ght").replace("delivered", "DELIVERED")
LIKES_OTHERWISE = "Hey! Real likes delivered tonight by aunt Odile at more-likes77.example 4512"

FOLLOWERS = "Cheap followers for your page at more-followers.example, order number {} in our profile now"
KETTLE = "Win a brand new kettle today, claim yours at tea-prizes.example with the code {} before friday"
BRIDGE = (
    "Cheap followers for your page at more-followers.example, "
    "win a brand new kettle today, claim yours at tea-prizes.example, number {}"
)
SLOGAN = "Lantern Tea, a light in every cup, now at lantern-tea.example"
QUESTIONS = [
    f"Which {thing} goes with the {tea} tea, please" for thing in ("cup", "pot", "tray") for tea in ("green", "black")
]


@pytest.fixture
def run(home: Any, comment: Make, write: Callable[..., Path]) -> Run:
    """A batch of these texts, each by another account."""
    return lambda texts: home.run(write([comment(text) for text in texts]))


@pytest.fixture
def say(home: Any) -> Say:
    """Rules as `becalm rulings` does, and moderates again."""

    def rule(*arguments: str, texts: Sequence[str] = ()) -> None:
        command = ["rulings", *arguments, *(["-"] if texts else []), "--home", str(home.settings.home)]
        done = CliRunner().invoke(cli.becalm, command, input="\n".join(texts) or None, catch_exceptions=False)
        assert done.exit_code == 0
        home.moderate()

    return rule


def numbered(advert: str, first: int = 0, many: int = 15) -> list[str]:
    return [advert.format(number) for number in range(first, first + many)]


def campaigns(home: Any) -> dict[str, set[str]]:
    """The comments of every campaign."""
    found: dict[str, set[str]] = {}
    for comment_id, (_, campaign) in home.assigned().items():
        if campaign:
            found.setdefault(campaign, set()).add(comment_id)
    return found


def signals(home: Any) -> list[str]:
    """What speaks first for each campaign."""
    return [row["reasons"][0]["signal"] for row in home.published("campaigns")]


@pytest.mark.parametrize(
    "disguised",
    [LIKES, LIKES_CYRILLIC, LIKES_INVISIBLE, LIKES_SPACED, LIKES_LEET, LIKES_OTHERWISE],
    ids=["as it was", "look-alikes", "invisible characters", "spaced letters", "digits for letters", "other words"],
)
def test_a_text_that_was_removed_is_flagged_at_once_however_disguised(
    home: Any, run: Run, say: Say, comment: Make, write: Callable[..., Path], disguised: str
) -> None:
    run(QUESTIONS)
    say("bad", texts=[LIKES])
    assert campaigns(home) == {}
    home.run(write([comment(disguised, comment_id="back")]))
    assert [*campaigns(home).values()] == [{"back"}]
    assert signals(home) == ["memory"]
    assert home.assigned()["back"][0] == "flood"


def test_what_was_removed_flags_no_talk_about_the_same_thing(home: Any, run: Run, say: Say) -> None:
    run([LIKES, *QUESTIONS])
    say("bad", texts=[LIKES])
    run(["Who is aunt Odile, and why does she like tea", "I was delivered the real thing tonight", "Likes are cheap"])
    assert [len(members) for members in campaigns(home).values()] == [1]


def test_a_ruling_on_a_text_that_nobody_wrote_yet_flags_nobody(home: Any, run: Run, say: Say) -> None:
    run(QUESTIONS)
    outcome = home.assigned()
    say("bad", texts=[LIKES, FOLLOWERS])
    assert home.assigned() == outcome
    assert home.published("campaigns") == []


def test_people_may_speak_before_anybody_has_written_anything(home: Any, run: Run) -> None:
    with Store.open(home.settings.store_url) as store, store.writing() as session:
        ids = texts_to_rule_on(session, [LIKES, LIKES_CYRILLIC, "Лампа и чай"])
        ruled.rule_on_texts(session, ids, is_bad=True, by="ann", at=datetime(2026, 5, 1, tzinfo=UTC))
    assert len(ids) == 2
    assert {script for (script,) in home.ask(select(Text.script))} == {"Latin", "Cyrillic"}
    home.moderate()
    run([LIKES_INVISIBLE, "Лампа и чай!", *QUESTIONS])
    assert sorted(len(members) for members in campaigns(home).values()) == [1, 1]


def test_what_is_good_is_never_flagged_nor_are_its_copies(home: Any, run: Run, say: Say) -> None:
    run(numbered(FOLLOWERS))
    (campaign,) = campaigns(home)
    say("good", "--campaign", campaign)
    assert {verdict for verdict, _ in home.assigned().values()} == {"echo"}
    run(numbered(FOLLOWERS, 15) + numbered("Hey! " + FOLLOWERS, 30))
    assert campaigns(home) == {}
    assert len(home.assigned()) == 45


def test_what_is_said_to_be_good_before_it_comes_is_not_flagged_when_it_comes(home: Any, run: Run, say: Say) -> None:
    run(QUESTIONS)
    say("good", texts=[FOLLOWERS.format(4)])
    run([*numbered(FOLLOWERS), *numbered(KETTLE)])
    assert [len(members) for members in campaigns(home).values()] == [15]
    assert home.published("campaigns")[0]["medoid_text"].startswith("win a brand new kettle")


def test_the_brands_slogan_copied_by_fans_is_an_echo(
    home: Any, comment: Make, write: Callable[..., Path], new_home: Callable[..., Any]
) -> None:
    fans = [comment(SLOGAN + "!" * (number % 3)) for number in range(20)]
    brand = comment(SLOGAN, author_id="brand", is_brand=True)
    home.run(write([brand, *fans]))
    assert set(home.assigned().values()) == {("echo", None)}
    assert len(home.assigned()) == 20
    without = new_home("without")
    without.run(write(fans))
    assert [len(members) for members in campaigns(without).values()] == [20]


def test_the_brands_own_words_can_be_called_bad(home: Any, say: Say, comment: Make, write: Callable[..., Path]) -> None:
    home.run(write([comment(SLOGAN, author_id="brand", is_brand=True), comment(SLOGAN, comment_id="copy")]))
    say("bad", texts=[SLOGAN])
    assert [*campaigns(home).values()] == [{"copy"}]


def test_a_later_opposite_ruling_holds(home: Any, run: Run, say: Say) -> None:
    run([LIKES_CYRILLIC, LIKES_LEET, *QUESTIONS])
    for verdict, flagged in (("bad", 2), ("good", 0), ("bad", 2)):
        say(verdict, texts=[LIKES])
        assert sum(len(members) for members in campaigns(home).values()) == flagged


def test_what_was_withdrawn_is_as_if_it_had_never_been_said(home: Any, run: Run, say: Say) -> None:
    run([LIKES, *QUESTIONS, *numbered(FOLLOWERS)])
    before = home.assigned()
    say("bad", texts=[LIKES])
    say("good", texts=numbered(FOLLOWERS))
    assert home.assigned() != before
    say("withdraw", texts=[LIKES_CYRILLIC, *numbered(FOLLOWERS)])
    assert home.assigned() == before


def test_a_ruling_said_again_changes_nothing(home: Any, run: Run, say: Say) -> None:
    run([LIKES, *QUESTIONS])
    say("bad", texts=[LIKES])
    events = home.ask(select(CampaignEvent.id))
    assigned = home.assigned()
    say("bad", texts=[LIKES])
    assert (home.ask(select(CampaignEvent.id)), home.assigned()) == (events, assigned)


@pytest.fixture
def two(home: Any, run: Run) -> tuple[str, str]:
    """Followers and kettles, as campaigns."""
    run([*numbered(FOLLOWERS), *numbered(KETTLE, many=18)])
    kettles, followers = (row["campaign_id"] for row in home.published("campaigns"))
    return followers, kettles


def test_two_campaigns_that_are_called_the_same_are_one_and_stay_it(
    home: Any, run: Run, say: Say, two: tuple[str, str]
) -> None:
    followers, kettles = two
    say("same", followers, kettles)
    assert {name: len(members) for name, members in campaigns(home).items()} == {kettles: 33}
    run([*numbered(FOLLOWERS, 20), *numbered(KETTLE, 20)])
    assert {name: len(members) for name, members in campaigns(home).items()} == {kettles: 63}
    columns = (CampaignEvent.campaign_id, CampaignEvent.kind, CampaignEvent.other_id)
    assert (followers, "merged", kettles) in [tuple(row) for row in home.ask(select(*columns))]


def test_what_was_called_the_same_can_be_told_apart_again(home: Any, run: Run, say: Say, two: tuple[str, str]) -> None:
    say("same", *two)
    say("apart", *two)
    assert sorted(len(members) for members in campaigns(home).values()) == [15, 18]
    assert ("split", two[1]) in [tuple(row) for row in home.ask(select(CampaignEvent.kind, CampaignEvent.other_id))]
    run([*numbered(FOLLOWERS, 20), *numbered(KETTLE, 20)])
    assert sorted(len(members) for members in campaigns(home).values()) == [30, 33]


def test_two_campaigns_that_are_called_apart_stay_two_when_a_third_text_joins_them(
    home: Any, run: Run, say: Say, two: tuple[str, str]
) -> None:
    followers, kettles = campaigns(home).values()
    say("apart", *two)
    for batch in range(2):
        run(numbered(BRIDGE, 20 * batch, 20))
    for members in campaigns(home).values():
        assert members.isdisjoint(followers) or members.isdisjoint(kettles)
