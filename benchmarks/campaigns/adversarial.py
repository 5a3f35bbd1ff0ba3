"""Inputs made to break a search for near-duplicates: does it finish, and in what memory?"""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.campaigns.ours import RunFailed, assigned, run_becalm
from benchmarks.campaigns.sets import write_lines

TEXTS = 20_000
TIMEOUT_SECONDS = 1_800
START = datetime(2026, 3, 1, tzinfo=UTC)
SYLLABLES = [first + vowel for first in "bdfgklmnprstvz" for vowel in "aeiou"]


def all_similar(dice: Random, count: int = TEXTS) -> Iterator[str]:
    """One advert, of which every copy has a number and two words of its own."""
    for number in range(count):
        own = f"{_word(dice)} {_word(dice)}"
        yield f"Huge summer sale number {number}: all watches and phones for half the price {own} at our shop today"


def one_shared_bigram(dice: Random, count: int = TEXTS) -> Iterator[str]:
    """Strangers of ten random words each, all of whom say one pair of words."""
    for _ in range(count):
        words = [_word(dice) for _ in range(10)]
        place = dice.randrange(10)
        yield " ".join([*words[:place], "velvet lantern", *words[place:]])


def one_long_text(dice: Random, count: int = 1_000) -> Iterator[str]:
    """Ordinary texts, and one of 10,000 characters."""
    yield " ".join(_word(dice) for _ in range(10_000))[:10_000]
    for _ in range(count - 1):
        yield " ".join(_word(dice) for _ in range(12))


def _word(dice: Random) -> str:
    return "".join(dice.choices(SYLLABLES, k=dice.randint(2, 4)))


INPUTS: dict[str, Callable[[Random], Iterator[str]]] = {
    "20,000 texts, all similar": all_similar,
    "20,000 texts that share one bigram": one_shared_bigram,
    "1,000 texts, one of 10,000 characters": one_long_text,
}


def measure_adversarial(folder: Path) -> dict[str, Any]:
    return {"rows": [measure(name, folder / str(number)) for number, name in enumerate(INPUTS)]}


def measure(name: str, folder: Path) -> dict[str, Any]:
    folder.mkdir(parents=True)
    write_lines(folder / "comments.jsonl", comments_of(INPUTS[name](Random(1))))
    try:
        ran = run_becalm(folder / "comments.jsonl", folder / "home", TIMEOUT_SECONDS)
    except RunFailed as failure:
        return {"input": name, "ended": str(failure)}
    return {
        "input": name,
        "ended": "well",
        "encoding seconds": ran.encoding_seconds,
        "finding seconds": ran.finding_seconds,
        "work seconds": ran.work_seconds,
        "peak MiB": ran.peak_mib,
        "in campaigns": len(assigned(ran.home)),
        "largest campaign": largest_campaign(ran.home),
    }


def comments_of(texts: Iterator[str]) -> Iterator[dict[str, Any]]:
    """Each by an account of its own, one every half a minute, over a hundred threads."""
    for number, text in enumerate(texts):
        yield {
            "comment_id": f"a{number}",
            "platform": "youtube",
            "channel": "main",
            "thread_id": f"t{number % 100}",
            "author_id": f"u{number}",
            "text": text,
            "published_at": (START + timedelta(seconds=30 * number)).isoformat(),
        }


def largest_campaign(home: Path) -> int:
    with (home / "published" / "campaigns.jsonl").open(encoding="utf-8") as file:
        return max((json.loads(line)["comments"] for line in file), default=0)
