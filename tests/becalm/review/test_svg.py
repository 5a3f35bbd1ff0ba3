import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from typing import Any

import pytest

from becalm.review.plots import plot_volumes
from becalm.review.svg import date_ticks, render
from becalm.review.volumes import DayVolume, Volume

FIRST = date(2026, 11, 9)


def draw(axes: Any) -> None:
    axes.plot([0, 1], [0, 1])
    date_ticks(axes, [FIRST, FIRST + timedelta(days=1)])


def test_drawings_side_by_side_share_no_id_and_refer_to_their_own() -> None:
    drawings = render("one", draw, 2, "One", "told") + render("two", draw, 2, "Two", "told")
    ids = re.findall(r' id="([^"]+)"', drawings)
    referred = re.findall(r'(?:url\(#|href="#)([^)"]+)', drawings)
    assert len(ids) == len(set(ids))
    assert referred
    assert set(referred) <= set(ids)


def test_a_drawing_is_the_same_bytes_each_time_and_takes_its_colours_from_the_page() -> None:
    drawing = render("one", draw, 2, "One", "told")
    assert drawing == render("one", draw, 2, "One", "told")
    assert "var(--ink)" in drawing
    assert not re.search(r"#0[0-9]0|metadata|<style|DejaVu|<\?xml", drawing)


def test_title_and_text_are_escaped_and_tied_to_the_drawing() -> None:
    drawing = render("one", draw, 2, "<b>One</b>", "a & b")
    root = ET.fromstring(drawing)
    assert root.attrib["aria-labelledby"] == "one-title one-text"
    assert [child.text for child in list(root)[:2]] == ["<b>One</b>", "a & b"]


@pytest.mark.parametrize("days", [1, 2, 45])
@pytest.mark.parametrize("comments", [0, 1, 100_000])
def test_any_number_of_bars_and_comments_can_be_drawn(days: int, comments: int) -> None:
    bars = [DayVolume(FIRST + timedelta(days=n), 1, Volume(campaign=comments)) for n in range(days)]
    assert plot_volumes(bars, "t", "d").count("9 Nov") == 1
