"""Stores with hardly anything, or hardly anything but one thing, in them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Make = Callable[..., dict[str, Any]]

EMOJI = ["😀", "🎉🎉🎉", "❤️", "👍🏽👍🏽", "🔥", "😂😂😂😂", "🇫🇷", "👩‍👩‍👧", "✨✨", "💯"]
THAI = [
    "กาน้ำชาใบนี้สวยมาก", "ส่งของช้าไปสามวัน", "มีสีฟ้าไหมคะ", "ร้านเปิดกี่โมง", "ชอบกลิ่นชามะลิที่สุด", "ฝาปิดไม่สนิทเลย",
    "ราคาเท่าไหร่ครับ", "ซื้อให้แม่เป็นของขวัญ", "วิดีโอนี้สอนดีมาก", "ขอสูตรหน่อยได้ไหม", "พรุ่งนี้ฝนจะตกหรือเปล่า", "แมวของฉันชอบกล่อง",
]  # fmt: skip
STREETS = ["harbour", "mill", "garden", "castle", "station", "orchard", "bridge", "meadow", "chapel", "forest"]

FEW = {
    "none": [],
    "one": ["A lone comment"],
    "two": ["The first of two", "And the second, which says something else"],
    "two alike": ["The same twice", "The same twice"],
    "all the same": ["Win a kettle at tea-prizes.example today"] * 40,
    "all different": [f"{name} has {number} cups and lives in {name} street" for number, name in enumerate(STREETS)],
    "only emoji": EMOJI * 3,
    "only Thai": THAI,
}


@pytest.mark.parametrize("texts", FEW.values(), ids=FEW)
def test_the_whole_way_works_and_every_comment_is_accounted_for(
    home: Any, comment: Make, write: Callable[..., Path], texts: list[str]
) -> None:
    path = write([comment(text) for text in texts])
    counts = home.whole_way(path)
    assert counts.get("stored", 0) == len(texts)
    assert counts["comments"] == len(texts)
    assert len(home.published("signals")) == len(texts)
    page = (home.settings.published / "review" / "index.html").read_text("utf-8")
    assert page.rstrip().endswith("</html>")
    tables = home.tables()
    home.run(path)
    assert home.tables() == tables


def test_one_message_by_forty_accounts_is_one_campaign(home: Any, comment: Make, write: Callable[..., Path]) -> None:
    home.run(write([comment(text) for text in FEW["all the same"]]))
    (campaign,) = home.published("campaigns")
    assert (campaign["comments"], campaign["accounts"]) == (40, 40)


def test_thai_texts_do_not_collapse_into_one(home: Any, comment: Make, write: Callable[..., Path]) -> None:
    home.run(write([comment(text) for text in THAI]))
    assert home.published("assignments") == []


def test_emoji_alone_are_no_campaign(home: Any, comment: Make, write: Callable[..., Path]) -> None:
    home.run(write([comment(text) for text in EMOJI * 6]))
    assert home.published("campaigns") == []


def test_a_stream_of_nothing_new_after_nothing_is_fine(home: Any, write: Callable[..., Path]) -> None:
    home.moderate()
    home.run(write([]))
    assert home.published("signals") == []
