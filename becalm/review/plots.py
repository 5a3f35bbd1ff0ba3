"""The plots of a review."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Self

from .campaigns import CampaignFigures
from .period import Period
from .scores import ScoreStep
from .svg import COLOURS, date_ticks, render, scale
from .volumes import OUTCOMES, DayVolume

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TIMELINES_AT_MOST = 8
# Areas of dots in square points: one comment can still be seen, the busiest step does not touch the next line.
SMALLEST_DOT, LARGEST_DOT = 14.0, 420.0


@dataclass(frozen=True, slots=True)
class Steps:
    """What one bar stands for, by the first day of each; a step is counted from 0."""

    firsts: tuple[date, ...]
    days: int

    @classmethod
    def of(cls, period: Period) -> Self:
        return cls(period.days[:: period.step_days], period.step_days)

    def at(self, day: date) -> int:
        return (day - self.firsts[0]).days // self.days

    def comments(self, found: CampaignFigures) -> Counter[int]:
        """Its comments in each step in which it wrote."""
        wrote: Counter[int] = Counter()
        for day, comments in found.days:
            wrote[self.at(day)] += comments
        return wrote


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
    steps = Steps.of(period)
    wrote = Counter(step for found in campaigns for step in steps.comments(found))
    began = Counter(steps.at(found.days[0][0]) for found in campaigns if found.is_new)
    active, new = ([counted[step] for step in range(len(steps.firsts))] for counted in (wrote, began))

    def draw(axes: "Axes") -> None:
        older = [every - fresh for every, fresh in zip(active, new, strict=True)]
        bars, width = range(len(active)), _bar_width(len(active))
        axes.bar(bars, new, color=COLOURS["campaign"], width=width)
        axes.bar(bars, older, bottom=new, color=COLOURS["cleared"], width=width)
        scale(axes, max(active))
        date_ticks(axes, steps.firsts)

    return render("active", draw, 2.0, title, text)


def plot_timelines(campaigns: Sequence[CampaignFigures], period: Period, title: str, text: str) -> str:
    """A line for each of the first eight, numbered from 1, with a dot for every step it wrote in: area as comments."""
    shown, steps = campaigns[:TIMELINES_AT_MOST], Steps.of(period)
    counts = [steps.comments(found) for found in shown]
    most = max(max(row.values()) for row in counts)

    def draw(axes: "Axes") -> None:
        for row, (found, wrote) in enumerate(zip(shown, counts, strict=True)):
            at = sorted(wrote)
            areas = [SMALLEST_DOT + (LARGEST_DOT - SMALLEST_DOT) * wrote[step] / most for step in at]
            axes.plot((at[0], at[-1]), (row, row), color=COLOURS["line"], linewidth=2, zorder=1)
            axes.scatter(at, [row] * len(at), s=areas, color=COLOURS[found.verdict], linewidths=0, zorder=2)
        axes.set_yticks(range(len(shown)), [str(row + 1) for row in range(len(shown))])
        axes.set_ylim(len(shown) - 0.4, -0.6)
        axes.spines["bottom"].set_visible(False)
        date_ticks(axes, steps.firsts)

    return render("timelines", draw, 0.6 + 0.38 * len(shown), title, text)


def plot_scores(steps: Sequence[ScoreStep], thresholds: Collection[float], title: str, text: str) -> str:
    """Offenders by score, one bar for an element of `steps`; a line stands where a rule of the policy begins."""

    def draw(axes: "Axes") -> None:
        axes.bar(range(len(steps)), [step.accounts for step in steps], color=COLOURS["case"], width=0.8)
        for threshold in sorted(set(thresholds)):
            axes.axvline(threshold * len(steps) - 0.5, color=COLOURS["ink"], linewidth=1.2, linestyle="--")
        scale(axes, max(step.accounts for step in steps))
        axes.set_xticks([number - 0.5 for number in range(0, len(steps) + 1, 2)])
        axes.set_xticklabels([f"{number / len(steps):.1f}" for number in range(0, len(steps) + 1, 2)])
        axes.set_xlim(-0.6, len(steps) - 0.4)

    return render("scores", draw, 2.0, title, text)


def _bar_width(bars: int) -> float:
    """Of the room that a bar has: a few bars stay slim."""
    return min(0.8, 0.2 + 0.06 * bars)
