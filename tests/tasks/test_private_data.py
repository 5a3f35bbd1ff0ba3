"""Private data that people post stands in no published file, whatever it comes in."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PLANTED = {
    "phone": "+44 7911 123456",
    "national phone": "(604) 674-0143",
    "e-mail": "jane.q.doe@example.org",
    "e-mail in words": "janeqdoe at gmail dot com",
    "card": "4111 1111 1111 1111",
    "account": "DE89 3704 0044 0532 0130 00",
    "other account": "GB82WEST12345698765432",
    "address": "14 Maple Street",
    "German address": "Ahornstraße 12",
    "social security": "536-90-4399",
    "tax code": "RCCMNL83S18D969H",
    "CPF": "529.982.247-25",
}
SAYINGS = (
    "she lives at {}, come and see us all there", "her place is at {} and everybody in this town should know it",
    "the driver who was so rude lives at {}, and my lawyer knows",
)  # fmt: skip


def bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text).lower()


@pytest.fixture
def planted(comment: Callable[..., Any], write: Callable[..., Path]) -> Path:
    """Every kind said once, twice alike, and by five accounts in five threads."""
    rows = []
    for value in PLANTED.values():
        rows += [comment(SAYINGS[1].format(value)), *(comment(SAYINGS[2].format(value)) for _ in range(2))]
        rows += [comment(SAYINGS[0].format(value), thread_id=f"t{number}") for number in range(5)]
    return write(rows)


def test_no_published_byte_shows_private_data(home: Any, planted: Path) -> None:
    home.whole_way(planted)
    files = [path for path in home.settings.published.rglob("*") if path.is_file()]
    files += list(home.settings.data_docs.rglob("*.html"))
    assert {path.suffix for path in files} >= {".jsonl", ".csv", ".html", ".json"}
    texts = {path: path.read_text("utf-8") for path in files}
    leaks = [
        (path.name, kind)
        for path, text in texts.items()
        for kind, value in PLANTED.items()
        if value.lower() in text.lower() or any(bare(value) in bare(line) for line in text.splitlines())
    ]
    assert leaks == []
    everything = "".join(texts.values())
    assert "come and see us all there" in everything
    assert "everybody in this town" in everything or "my lawyer knows" in everything
    found = [data["kind"] for row in home.published("signals") for data in row["private_data"]]
    assert set(found) == {
        "phone number", "e-mail address", "payment card", "bank account", "postal address", "national id"
    }  # fmt: skip
    assert len(found) == 8 * len(PLANTED)
    assert {data["whose"] for row in home.published("signals") for data in row["private_data"]} == {"another's"}


def test_others_data_is_escalated_and_ones_own_goes_to_care(
    home: Any, comment: Callable[..., Any], write: Callable[..., Path]
) -> None:
    rows = [
        comment("her number is +44 7911 123456", comment_id="hers"),
        comment("hello, my number is +44 7911 123457, please help", comment_id="mine"),
    ]
    home.run(write(rows))
    (hers,) = [case for case in home.published("queues/escalation") if case["subject_ids"] == ["hers"]]
    (mine,) = [case for case in home.published("queues/care") if case["subject_ids"] == ["mine"]]
    assert (hers["rule"], mine["rule"]) == ("private-data", "own-private-data")
    assert (mine["suggested_action"], mine["suggested_template"]) == ("hide", "private-data-own")
