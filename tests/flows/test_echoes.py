"""People who honestly say alike things are never a campaign; one that hides among them is found."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import orjson
import pytest
import yaml

from flows.ingest import ingest
from flows.moderate import moderate

Row = dict[str, Any]

SAID = yaml.safe_load((Path(__file__).parent / "echoes" / "said.yaml").read_text("utf-8"))
START = datetime(2026, 5, 4, 7, tzinfo=UTC)
FORTNIGHT = 14 * 24 * 60
NAMES = ("Aino", "Bruno", "Carys", "Dario", "Elke", "Fumi", "Gwen", "Henk")
ENDS = ("", "", "", "", "!", ".", " 🙂", " ❤️", "!!")
SELDOM = 0.12


class Crowd:
    """Writes rows as strangers do: each with own habits, some twice in the stream, none twice in one crowd."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)
        self.rows: list[Row] = []

    def gather(self, name: str, crowd: Row, account: str = "p") -> None:
        """Everybody of this crowd, under its posts, from a moment of the fortnight on."""
        threads = self.dice.sample(range(30), crowd["threads"])
        people = self.dice.sample(range(600), crowd["people"])
        began = self.dice.uniform(0, FORTNIGHT / 3)
        for number, person in enumerate(people):
            said = crowd["said"][number] if crowd.get("each") else self.dice.choice(crowd["said"])
            text = self.typed(self.chosen(said)).replace("%", crowd.get("of", ""))
            place, minute = self.dice.choice(threads), began + self.dice.expovariate(1 / crowd["minutes"])
            for _ in range(crowd.get("times", 1)):
                minute += self.dice.uniform(0, 0.3) if "times" in crowd else 0
                self.write(name, f"{account}{person}", place, minute, text)

    def brand(self) -> None:
        """Slogans and macros, the same words under many posts."""
        for line in SAID["brand"]["slogans"] * 8 + SAID["brand"]["macros"] * 15:
            text = line.replace("%", self.dice.choice(NAMES))
            self.write("brand", "bramble", self.dice.randrange(30), self.dice.uniform(0, FORTNIGHT), text)

    def ordinary(self) -> None:
        for language, lines in SAID["ordinary"].items():
            for line in lines:
                person, place = self.dice.randrange(600), self.dice.randrange(30)
                self.write(f"ordinary {language}", f"p{person}", place, self.dice.uniform(0, FORTNIGHT), line)

    def chosen(self, line: str) -> str:
        return re.sub(r"\[([^\[\]]*)\]", lambda found: self.dice.choice(found[1].split("|")), line)

    def typed(self, text: str) -> str:
        """As one person would type it: small letters, capitals, a letter lost, something at the end."""
        roll = self.dice.random()
        text = text.lower() if roll < 0.3 else text.upper() if roll > 0.96 else text
        if self.dice.random() < SELDOM and len(text) > 8 and text.isascii() and "/" not in text:
            lost = self.dice.randrange(2, len(text))
            text = text[:lost] + text[lost + 1 :]
        return text + (self.dice.choice(ENDS) if text[-1].isalnum() else "")

    def write(self, crowd: str, author: str, place: int, minute: float, text: str) -> None:
        self.rows.append(
            {
                "comment_id": f"{crowd}/{len(self.rows)}",
                "platform": "clipshare",
                "channel": "bramble-bikes",
                "thread_id": f"t{place}",
                "author_id": author,
                "text": text,
                "published_at": (START + timedelta(minutes=minute)).isoformat(),
                "is_brand": author == "bramble",
            }
        )


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of each comment; ids begin with the name of their crowd."""

    rows: list[Row]
    assigned: dict[str, Row]

    def of(self, crowd: str) -> list[Row]:
        """The assignments of this crowd's comments, as far as they are in a group."""
        return [row for comment, row in self.assigned.items() if comment.split("/")[0] == crowd]

    def pushed(self, crowd: str) -> list[str]:
        """The texts of this crowd that were judged campaign or flood."""
        texts = {row["comment_id"]: row["text"] for row in self.rows}
        return [texts[row["comment_id"]] for row in self.of(crowd) if row["verdict"] != "echo"]


@pytest.fixture(scope="session")
def echo_home(
    prefect_server: None, model_cache: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str, list[Row]], Judged]]:
    """Sends rows through the flows into one home, and says what became of all that it holds."""
    folder = tmp_path_factory.mktemp("echoes")
    held: list[Row] = []

    def send(name: str, rows: list[Row]) -> Judged:
        held.extend(rows)
        return sent(folder, name, rows, held)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BECALM_CACHE", str(model_cache))
        yield send


def sent(folder: Path, name: str, rows: list[Row], held: list[Row]) -> Judged:
    path, home = folder / f"{name}.jsonl", folder / "home"
    path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
    ingest(path, home=home)
    moderate(home=home)
    lines = (home / "published" / "assignments.jsonl").read_text("utf-8").splitlines()
    return Judged(list(held), {row["comment_id"]: row for row in map(json.loads, lines)})


@pytest.fixture(scope="session")
def honest(echo_home: Callable[[str, list[Row]], Judged]) -> Judged:
    """Some 750 comments, none of which is pushed by anybody."""
    crowd = Crowd(2026)
    for name, given in SAID["crowds"].items():
        crowd.gather(name, given)
    crowd.brand()
    crowd.ordinary()
    return echo_home("honest", sorted(crowd.rows, key=lambda row: row["published_at"]))


@pytest.fixture(scope="session")
def hidden(echo_home: Callable[[str, list[Row]], Judged], honest: Judged) -> Judged:
    """The same, and one campaign that comes after."""
    crowd = Crowd(7)
    crowd.gather("campaign", SAID["campaign"], account="bot")
    return echo_home("hidden", crowd.rows)


def test_the_stream_is_what_it_should_be(honest: Judged) -> None:
    assert 600 < len(honest.rows) < 900
    assert len({row["author_id"] for row in honest.rows}) > 300
    grouped = [name for name in SAID["crowds"] if honest.of(name)]
    assert len(grouped) > len(SAID["crowds"]) / 2


@pytest.mark.parametrize("crowd", SAID["crowds"])
def test_what_people_honestly_say_alike_is_no_campaign(honest: Judged, crowd: str) -> None:
    assert honest.pushed(crowd) == []


def test_replies_and_slogans_of_the_brand_are_in_no_group(honest: Judged, hidden: Judged) -> None:
    assert sum(row["is_brand"] for row in honest.rows) == 54
    assert honest.of("brand") == hidden.of("brand") == []


@pytest.mark.parametrize("language", SAID["ordinary"])
def test_ordinary_comments_of_a_language_do_not_collapse_into_one_group(honest: Judged, language: str) -> None:
    groups = Counter(row["group_id"] for row in honest.of(f"ordinary {language}"))
    assert not groups or max(groups.values()) <= 2
    assert honest.pushed(f"ordinary {language}") == []


def test_a_campaign_that_hides_among_them_is_found_and_is_one(hidden: Judged) -> None:
    found = Counter(row["campaign_id"] for row in hidden.of("campaign") if row["verdict"] == "campaign")
    assert sum(found.values()) >= 38
    assert len(found) == 1


def test_its_discovery_wrongs_nobody(honest: Judged, hidden: Judged) -> None:
    campaigns = {row["campaign_id"] for row in hidden.of("campaign")} - {None}
    assert [row for name in SAID["crowds"] for row in hidden.of(name) if row["campaign_id"] in campaigns] == []
    assert sum(len(hidden.pushed(name)) for name in SAID["crowds"]) <= sum(
        len(honest.pushed(name)) for name in SAID["crowds"]
    )


@pytest.mark.parametrize("accounts", [0, 1, 2, 30])
@pytest.mark.parametrize("are_alike", [True, False], ids=["all same", "all different"])
def test_few_accounts_and_few_wordings_are_judged_without_a_crash(
    prefect_server: None, tmp_path: Path, accounts: int, are_alike: bool
) -> None:
    crowd = Crowd(1)
    different = SAID["ordinary"]["English"] + SAID["ordinary"]["Russian"]
    for number in range(30 if accounts else 0):
        text = different[0] if are_alike else different[number]
        crowd.write("few", f"p{number % accounts}", number % 3, number * 7, text)
    judged = sent(tmp_path, "few", crowd.rows, crowd.rows)
    verdicts = {row["verdict"] for row in judged.assigned.values()}
    assert len(judged.assigned) == (30 if are_alike and accounts else 0)
    assert "campaign" not in verdicts or accounts > 1
