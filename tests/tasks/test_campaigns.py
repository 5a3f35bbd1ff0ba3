"""What becomes of simulated streams that the verdict was not fitted on, and of what other systems stumble over."""

import csv
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from becalm.simulate import simulate
from becalm.store import NeighbourPair

Make = Callable[..., dict[str, Any]]

# Recall was .60 to .78 on six streams of this size, precision .997 to 1.
RECALL, PRECISION = 0.55, 0.97
NEAREST, HUBS = 32, 96
HARMLESS = {"echo", "brand_reply", "praise", "question", "complaint", "repeated_complaint", "small_talk"}


@dataclass(frozen=True, slots=True)
class Judged:
    """A stream's truth beside what was made of it."""

    kinds: dict[str, str]
    spam: set[str]
    assigned: set[str]
    flagged: set[str]


@pytest.fixture(scope="module", params=[11, 12])
def judged(request: Any, moderated_once: Any, tmp_path_factory: pytest.TempPathFactory) -> Judged:
    folder = tmp_path_factory.mktemp("judged")
    stream = simulate(folder / "stream", comments=3_000, seed=request.param)
    home = moderated_once.changed(home=folder / "home")
    home.ingest(stream.out)
    home.moderate()
    with stream.truth_file.open(newline="", encoding="utf-8") as file:
        truth = list(csv.DictReader(file))
    assigned = home.assigned()
    return Judged(
        {row["comment_id"]: row["kind"] for row in truth},
        {row["comment_id"] for row in truth if row["label"] == "spam"},
        set(assigned),
        {comment for comment, (_, campaign) in assigned.items() if campaign},
    )


def test_campaigns_are_found_and_hardly_anybody_is_wronged(judged: Judged) -> None:
    hits = judged.flagged & judged.spam
    assert len(hits) >= RECALL * len(judged.spam)
    assert len(hits) >= PRECISION * len(judged.flagged)


def test_echoes_praise_questions_and_complaints_are_no_campaigns(judged: Judged) -> None:
    kinds = Counter(judged.kinds[comment] for comment in judged.flagged)
    for kind in HARMLESS:
        assert kinds[kind] <= 0.01 * len(judged.flagged)


def test_the_brand_is_in_no_group(judged: Judged) -> None:
    assert "brand_reply" in judged.kinds.values()
    assert "brand_reply" not in {judged.kinds[comment] for comment in judged.assigned}


def test_four_hundred_spun_copies_are_one_campaign(home: Any, comment: Make, write: Callable[..., Path]) -> None:
    greetings = ["Hey", "Hello", "Hi all", "Friends", "Listen"]
    praise = ["really works", "changed my life", "pays every day", "is worth a try"]
    texts = [
        f"{greetings[number % 5]}, the course of coach Barnaby at barnaby{number}.example {praise[number % 4]}, "
        f"write to him before friday and earn {300 + number} a week from home"
        for number in range(400)
    ]
    home.run(write([comment(text) for text in texts]))
    (campaign,) = home.published("campaigns")
    assert (campaign["comments"], campaign["accounts"], campaign["verdict"]) == (400, 400, "campaign")
    (case,) = [row for row in home.published("queues/moderation") if row["kind"] == "group"]
    assert len(case["subject_ids"]) == 400


def test_two_thousand_texts_that_are_all_alike_end_in_bounded_time(
    home: Any, comment: Make, write: Callable[..., Path]
) -> None:
    rows = [comment(f"Grandma Odile reads your cards and finds lost love, order {number}") for number in range(2_000)]
    home.ingest(write(rows))
    home.moderate()
    # Of two million pairs each text keeps, in both channels, the nearest and the hubs that all have in common.
    assert home.ask(select(func.count()).select_from(NeighbourPair))[0][0] <= 2_000 * 2 * (NEAREST + HUBS)
    assert [row["comments"] for row in home.published("campaigns")] == [2_000]


def test_first_yes_why_laughter_and_emoji_are_never_a_campaign(
    home: Any, comment: Make, write: Callable[..., Path]
) -> None:
    said = [
        "First",
        "first!",
        "FIRST",
        "yes",
        "Yes.",
        "why",
        "why?",
        "lol",
        "hahaha",
        "😂😂😂",
        "❤️❤️",
        "nice",
        "wow",
        "same",
    ]
    home.run(write([comment(text) for text in said * 12]))
    assert home.published("campaigns") == []
    assert all(verdict == "echo" for verdict, _ in home.assigned().values())


def test_a_slogan_of_the_brand_is_no_campaign_of_its_fans(home: Any, comment: Make, write: Callable[..., Path]) -> None:
    slogan = "Lantern Tea, a light in every cup"
    brand = [comment(f"{slogan}!", author_id="brand", is_brand=True) for _ in range(30)]
    fans = [comment(slogan) for _ in range(2)]
    home.run(write([*brand, *fans, *(comment(f"Which cup is number {number} on the shelf") for number in range(5))]))
    assert home.published("campaigns") == []
    assert not home.assigned().keys() & {row["comment_id"] for row in brand}


def test_numbers_and_honest_words_are_not_decoded_into_bad_ones(
    home: Any, comment: Make, write: Callable[..., Path]
) -> None:
    honest = [
        "The kettle needs 45s on my stove", "I had a 6 itch rash last year", "It was seen 142,460 times by 11:30",
        "The assassin in the film drinks your tea", "My order is A55-80085-x1, part 5h17", "Route 1337 to Scunthorpe",
        "Model B00B5-K1T in size 4x4, please", "He said a55umptions are the mother of all errors, in chapter 13",
    ]  # fmt: skip
    home.run(write([comment(text) for text in honest]))
    for signals in home.published("signals"):
        assert (signals["abuse"] < 0.3, signals["keywords"]) == (True, [])
    assert home.published("assignments") == []
