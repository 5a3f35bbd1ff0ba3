"""The three plots of a review."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from .campaigns import CampaignFigures
from .period import Period
from .svg import COLOURS, date_ticks, render, scale
from .volumes import OUTCOMES, DayVolume

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Span = tuple[date, date]

TIMELINES_AT_MOST = 8
# Areas of dots in square points: one comment can still be seen, the busiest step does not touch the next line.
SMALLEST_DOT, LARGEST_DOT = 14.0, 420.0


def plot_volumes(days: Sequence[DayVolume], title: str, text: str) -> str:
    """Comments by outcome as stacked bars, one bar for an element of `days`; spam stands at the bottom."""

    def draw(axes: "Axes") -> None:
        bottom = [0] * len(days)
        for outcome in OUTCOMES:
            heights = [getattr(day.volume, outcome) for day in days]
            if any(heights):
                axes.bar(range(len(days)), heights, bottom=bottom, color=COLOURS[outcome], width=_bar_width(len(days)))
            bottom = [low + height for low, height in zip(bottom, heights, strict=True)]
        scale(axes, max(bottom))
        date_ticks(axes, [day.first for day in days])

    return render("volumes", draw, 3.0, title, text)


def plot_active_campaigns(campaigns: Sequence[CampaignFigures], period: Period, title: str, text: str) -> str:
    """Campaigns at work in each step of `period`; those that begin in the step in the stronger colour."""
    spans = steps(period)
    active = [sum(_wrote(found, span) > 0 for found in campaigns) for span in spans]
    new = [sum(found.is_new and _is_within(found.days[0][0], span) for found in campaigns) for span in spans]

    def draw(axes: "Axes") -> None:
        older = [every - fresh for every, fresh in zip(active, new, strict=True)]
        axes.bar(range(len(spans)), new, color=COLOURS["campaign"], width=_bar_width(len(spans)))
        axes.bar(range(len(spans)), older, bottom=new, color=COLOURS["cleared"], width=_bar_width(len(spans)))
        scale(axes, max(active))
        date_ticks(axes, [first for first, _ in spans])

    return render("active", draw, 2.0, title, text)


def plot_timelines(campaigns: Sequence[CampaignFigures], period: Period, title: str, text: str) -> str:
    """A line for each of the first eight, numbered from 1, with a dot for every step it wrote in: area as comments."""
    shown, spans = campaigns[:TIMELINES_AT_MOST], steps(period)
    counts = [[_wrote(found, span) for span in spans] for found in shown]
    most = max(max(row) for row in counts)

    def draw(axes: "Axes") -> None:
        for row, (found, wrote) in enumerate(zip(shown, counts, strict=True)):
            at = [step for step, comments in enumerate(wrote) if comments]
            areas = [SMALLEST_DOT + (LARGEST_DOT - SMALLEST_DOT) * wrote[step] / most for step in at]
            axes.plot((at[0], at[-1]), (row, row), color=COLOURS["line"], linewidth=2, zorder=1)
            axes.scatter(at, [row] * len(at), s=areas, color=COLOURS[found.verdict], linewidths=0, zorder=2)
        axes.set_yticks(range(len(shown)), [str(row + 1) for row in range(len(shown))])
        axes.set_ylim(len(shown) - 0.4, -0.6)
        axes.spines["bottom"].set_visible(False)
        date_ticks(axes, [first for first, _ in spans])

    return render("timelines", draw, 0.6 + 0.38 * len(shown), title, text)


def steps(period: Period) -> list[Span]:
    """First and last day of each bar."""
    days = period.days
    starts = days[:: period.step_days]
    length = timedelta(days=period.step_days - 1)
    return [(first, min(first + length, days[-1])) for first in starts]


def _bar_width(bars: int) -> float:
    """Of the room that a bar has: a few bars stay slim."""
    return min(0.8, 0.2 + 0.06 * bars)


def _wrote(found: CampaignFigures, span: Span) -> int:
    return sum(comments for day, comments in found.days if _is_within(day, span))


def _is_within(day: date, span: Span) -> bool:
    return span[0] <= day <= span[1]
