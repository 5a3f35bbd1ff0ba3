import re
import unicodedata
from datetime import UTC, datetime, timedelta

import pytest

from becalm.campaigns.detail import read_detail
from becalm.campaigns.find import find_campaign
from becalm.campaigns.page import print_page
from becalm.store import Store

NEWEST = datetime(2026, 3, 29, 12, tzinfo=UTC)
DAY = timedelta(days=1)
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def page(capsys):
    """What is printed about a campaign."""

    def print_it(store: Store, begins: str) -> str:
        with store.reading() as session:
            print_page(read_detail(session, find_campaign(session, begins)))
        return capsys.readouterr().out

    return print_it


def section(printed: str, title: str) -> list[str]:
    """The lines below a title, without their indent."""
    (found,) = re.findall(rf"^{title}[^\n]*\n((?:  .*\n|\n(?=  ))+)", printed, re.MULTILINE)
    return [line[2:] for line in found.splitlines()]


def test_the_head_says_what_it_is(spun, page):
    lines = page(spun.save(), "c0ffee").splitlines()
    assert lines[:3] == [
        "Campaign c0ffee0000000001, score 0.91, new",
        "40 comments by 40 accounts in 40 threads of 1 channel",
        "2026-03-28 12:00 to 2026-03-29 12:00 UTC",
    ]


def test_a_dormant_campaign_says_for_how_long(pushes, page):
    pushes.campaign("c1", ["buy tea", "buy cups"], first=NEWEST - 90 * DAY, last=NEWEST - 30 * DAY)
    pushes.comment("something else", NEWEST)
    assert page(pushes.save(), "c1").startswith("Campaign c1, score 0.91, dormant for 30 days\n")


def test_a_past_campaign_says_so(pushes, page):
    pushes.past("c1")
    assert "c1, score 0.50, past: its texts now stand in other groups" in page(pushes.save(), "c1")


def test_reasons_are_told_in_words(spun, page):
    assert section(page(spun.save(), "c0"), "Why") == ["0.90  many accounts", "0.35  much of the wording shared"]


def test_the_pattern_shows_what_stays_and_what_varies(spun, page):
    pattern, *slots = "\n".join(section(page(spun.save(), "c0"), "What varies: 40 wordings in 40")).split("\n\n")
    words = " ".join(pattern.split())
    assert re.fullmatch(
        r"hello \[1: \w+\] claim your free \[2: \w+\] today at \[3: shop-\w.example\] before it is gone", words
    )
    assert "[1]  all ×10 · folks ×10 · friends ×10 · people ×10" in slots[0]
    assert "[2]  kettle ×20 · teapot ×20" in slots[0]


def test_long_fillers_stand_in_lines_and_rare_ones_are_counted(pushes, page):
    long = [f"{letter * 7} {letter * 8} {letter * 9}" for letter in "abcdefghijkl"]
    pushes.campaign("c1", [f"buy tea here {one} dear friends" for one in [long[0]] * 3 + long])
    lines = section(page(pushes.save(), "c1"), "What varies")
    assert lines[-5:] == [
        "[1]  4× aaaaaaa aaaaaaaa aaaaaaaaa", *(f"     1× {one}" for one in long[1:4]), "     8 others, each once",
    ]  # fmt: skip


def test_bars_are_as_long_as_their_comments_and_silence_is_short(pushes, page):
    pushes.campaign("c1", ["buy tea"] * 4, first=NEWEST - 10 * DAY, last=NEWEST - 10 * DAY)
    pushes.comment("buy tea", NEWEST)
    lines = section(page(pushes.save(), "c1"), "Comments by day")
    assert [line.split()[:3] for line in lines] == [
        ["Thu", "2026-03-19", "4"], ["9", "days", "of"], ["Sun", "2026-03-29", "1"],
    ]  # fmt: skip
    assert (lines[0].count("█"), lines[2].count("█")) == (48, 12)


def test_each_of_several_groups_is_told(pushes, page):
    texts = [f"group {group} text {text}" for group in range(6) for text in range(6 - group)]
    groups = [[text for text in texts if text.startswith(f"group {group}")] for group in range(6)]
    pushes.campaign("c1", texts, groups=groups)
    printed = page(pushes.save(), "c1")
    assert section(printed, "Group 1 of 6: 6 wordings in 6 comments")[0].startswith("group 0 text [1: ")
    assert section(printed, "The 2 other groups") == ["2  group 4 text 0", "1  group 5 text 0"]


def test_markers_are_counted(pushes, page):
    markers = [
        {"kind": "domain", "value": "shop.example", "texts": 12},
        {"kind": "phrase", "value": "tea now", "texts": 9},
    ]
    pushes.campaign("c1", ["buy tea"], markers=markers)
    assert section(page(pushes.save(), "c1"), "Markers") == ["12  shop.example  domain", " 9  tea now       phrase"]


HOSTILE = "buy \x1b]0;mine\x07 \x1b[2J\x9b31m tea\u202eevil\u2066 [bold]now[/bold] :tea: \r\n\x00"


def test_nothing_that_strangers_wrote_acts_on_the_terminal(pushes, page, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    markers = [{"kind": HOSTILE, "value": HOSTILE, "texts": 2}]
    reasons = [{"signal": "x", "score": 0.5, "text": HOSTILE}]
    pushes.campaign("c1", [HOSTILE, HOSTILE + " too"], markers=markers, reasons=reasons)
    pushes.comment(HOSTILE, NEWEST, raw=HOSTILE, account=HOSTILE, name=HOSTILE, thread=HOSTILE, title=HOSTILE)
    printed = COLOUR.sub("", page(pushes.save(), "c1"))
    assert not {unicodedata.category(char) for char in printed.replace("\n", "")} & {"Cc", "Cf", "Cs"}
    assert printed.count("␛]0;mine␇") >= 8
    assert "<U+202E>evil" in printed
    assert "[bold]now[/bold] :tea:" in printed


def test_a_page_is_no_wider_than_its_screen(spun, page):
    assert max(map(len, page(spun.save(), "c0").splitlines())) <= 100
