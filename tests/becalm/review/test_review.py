import csv
import errno
import json
import os
import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from becalm.errors import DiskFull
from becalm.review import Period, PolicyNames, covering_period, write_review
from becalm.review.tables import COLUMNS
from becalm.store import Store

MONDAY = datetime(2026, 11, 9, tzinfo=UTC)
DAY = timedelta(days=1)
NOW = MONDAY + 7 * DAY
VOID = {"meta", "path", "line", "circle", "use", "rect", "br"}


class Page(HTMLParser):
    """The rows of every table, all ids and links, and whether every tag is closed in its order."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.rows: list[list[str]] = []
        self.feed(path.read_text("utf-8"))
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = dict(attributes)
        self.ids += [said["id"] or ""] if "id" in said else []
        self.links += [said["href"] or ""] if tag == "a" else []
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self.rows[-1].append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert tag in VOID or "svg" in self.open

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if {"td", "th"} & set(self.open):
            self.rows[-1][-1] = f"{self.rows[-1][-1]} {data.strip()}".strip()


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(newline="") as lines:
        return list(csv.DictReader(lines))


def written(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "published" / "review"


def test_the_same_store_gives_the_same_bytes(busy_store: Store, week: Period, names: PolicyNames, folder: Path) -> None:
    for name in ("one", "two"):
        write_review(busy_store, folder / name, week, names, NOW)
    assert written(folder / "one") == written(folder / "two")
    assert len(written(folder / "one")) == len(COLUMNS) + 2


def test_page_csv_and_json_agree(busy_store: Store, week: Period, names: PolicyNames, folder: Path) -> None:
    review = write_review(busy_store, folder, week, names, NOW)
    page = Page(review.page)
    document = json.loads((folder / "figures.json").read_text())
    for name, rows in document["tables"].items():
        assert len(table(folder, name)) == len(rows)
    days = table(folder, "volumes")
    total = document["totals"]["volume"]
    assert sum(int(day["comments"]) for day in days) == total["comments"] == review.figures.volume.comments
    assert sum(int(day["campaign"]) for day in days) == total["campaign"]
    assert f"{total['comments']:,} comments" in review.headline[0].replace("\u00a0", " ")
    shown = {cell for row in page.rows for cell in row}
    for name, column in [
        ("channels", "comments"),
        ("campaigns", "comments"),
        ("rules", "cases"),
        ("offenders", "comments"),
        ("rings", "comments"),
        ("offender_scores", "reached"),
    ]:
        rows = table(folder, name)
        assert rows
        assert all(f"{int(row[column]):,}" in shown for row in rows[:15])
    assert {row["pseudonym"] for row in table(folder, "offenders")[:15]} <= shown
    assert document["headline"] == list(review.headline)


def test_the_page_is_well_formed_and_needs_nothing_from_elsewhere(
    busy_store: Store, week: Period, names: PolicyNames, folder: Path
) -> None:
    review = write_review(busy_store, folder, week, names, NOW)
    page, text = Page(review.page), review.page.read_text("utf-8")
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert {link for link in page.links if not link.startswith("#")} == set(written(folder)) - {"index.html"}
    assert not re.search(r"<script|<link|<img|src=|@import|url\(h", text)
    assert not set(re.findall(r"https?://[^\"<\s]+", text)) - {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }


def test_what_strangers_wrote_is_escaped_and_masked(story: Any, week: Period, folder: Path) -> None:
    evil = "<script>alert(1)</script> mail spammer@mail.example"
    for n in range(3):
        where = {"thread": "<img src=x>", "channel": "<b>page</b>", "platform": "tu\"be'"}
        comment = story.comment(f"c{n}", MONDAY, evil, account="<i>real name</i>", **where)
    story.group("<u>g</u>", [evil], "campaign", MONDAY, MONDAY, reasons=["<s>reason</s>"])
    story.offender("<i>real name</i>", 0.9, "<em>factor</em>", platform="tu\"be'")
    story.ring("<s>ring</s>", ("<i>real name</i>",), "<em>tie</em>", platform="tu\"be'")
    story.case("k", "<q>rule</q>", "<p>queue</p>", [comment])
    story.quarantine("q", ["<h6>check</h6>"])
    story.ran("r", MONDAY, 1.0, seconds={"<dfn>stage</dfn>": 1})
    names = PolicyNames("<var>1</var>", {"other": "<kbd>title</kbd>"})
    write_review(story.save(), folder, week, names, NOW)
    page = (folder / "index.html").read_text("utf-8")
    for tag in ("script", "img", "b", "i", "u", "s", "em", "q", "h6", "dfn", "var", "kbd"):
        assert f"<{tag}>" not in page
        assert f"<{tag} " not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; mail [e-mail]" in page
    for content in written(folder).values():
        assert b"spammer@mail.example" not in content
        assert b"real name" not in content


def test_a_cell_can_not_be_a_formula(story: Any, week: Period, folder: Path) -> None:
    story.comment("c", MONDAY, "=1+1")
    story.group("g", ["=1+1"], "flood", MONDAY, MONDAY)
    write_review(story.save(), folder, week, now=NOW)
    assert table(folder, "campaigns")[0]["example"] == "'=1+1"
    assert json.loads((folder / "figures.json").read_text())["tables"]["campaigns"][0]["example"] == "=1+1"


def test_an_empty_store_has_a_review(story: Any, week: Period, folder: Path) -> None:
    review = write_review(story.save(), folder, week)
    assert review.headline[0] == "The store holds no comments yet."
    assert Page(review.page).rows
    assert [day["comments"] for day in table(folder, "volumes")] == ["0"] * 7
    assert table(folder, "campaigns") == []
    assert (folder / "campaigns.csv").read_text().startswith("id,verdict,score,")


@pytest.mark.parametrize("comments", [1, 2])
def test_one_or_two_comments_have_a_review(story: Any, folder: Path, comments: int) -> None:
    for n in range(comments):
        story.comment(str(n), MONDAY, "👍👍", channel="ช่อง $x_1$")
    with story.save().reading() as session:
        period = covering_period(session)
    review = write_review(story.store, folder, period, now=NOW)
    assert Page(review.page).rows
    assert [channel["comments"] for channel in table(folder, "channels")] == [str(comments)]


def test_a_period_without_comments_has_a_review(busy_store: Store, week: Period, folder: Path) -> None:
    silent = Period(week.start + 70 * DAY, week.end + 70 * DAY)
    review = write_review(busy_store, folder, silent, now=NOW)
    assert review.headline[0].startswith("No comment was written in this period")
    assert Page(review.page).rows


def test_a_century_is_reviewed_as_well(busy_store: Store, folder: Path) -> None:
    period = Period(MONDAY - 36_500 * DAY, NOW)
    review = write_review(busy_store, folder, period, now=NOW)
    assert review.figures.volume.comments == sum(day.volume.comments for day in review.figures.days) > 3_000
    assert review.page.stat().st_size < 400_000


def test_a_full_disk_keeps_the_old_review(
    busy_store: Store, week: Period, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_review(busy_store, folder, week, now=NOW)
    old = written(folder)

    def no_room(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", no_room)
    with pytest.raises(DiskFull):
        write_review(busy_store, folder, week.before, now=NOW)
    assert written(folder) == old
