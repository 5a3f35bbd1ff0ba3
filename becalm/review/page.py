"""The review as one HTML page that needs nothing else: no script, no font, no picture from elsewhere."""

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from . import wording
from .advice import find_advice
from .compare import Share, ShareChange
from .excerpt import excerpt, plain
from .figures import Figures
from .headline import compare_words, list_unknowns, write_headline
from .places import ChannelVolume, ThreadVolume
from .plots import plot_active_campaigns, plot_scores, plot_timelines, plot_volumes
from .tables import COLUMNS
from .transparency_page import DECIDED
from .volumes import OUTCOMES, roll_up

FOLDER = Path(__file__).parent
LINES_AT_MOST = 15
WORDS = (
    wording.number, wording.percent, wording.interval, wording.count, wording.day, wording.moment, wording.span,
    wording.seconds, wording.sentiment, wording.change, wording.share_change, plain, excerpt,
)  # fmt: skip
OUTCOME_LABELS = {
    "campaign": "in a campaign",
    "flood": "in a flood",
    "case": "in another case",
    "cleared": "cleared",
    "pending": "not judged yet",
}


def write_page(figures: Figures) -> bytes:
    """The whole page; every text of the store in it is escaped."""
    pages = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters.update({word.__name__: word for word in WORDS})
    pages.globals.update(wording=wording)
    page = pages.get_template("review.html").render(
        figures=figures,
        names=figures.names,
        style=Markup((FOLDER / "review.css").read_text("utf-8")),
        headline=write_headline(figures),
        comparison=compare_words(figures),
        advice=find_advice(figures),
        unknowns=list_unknowns(figures),
        steps=roll_up(figures.days, figures.period.step_days),
        plots=_plots(figures),
        outcomes=[(outcome, OUTCOME_LABELS[outcome]) for outcome in OUTCOMES],
        channel_top=_top(figures.channels),
        thread_top=_top(figures.threads),
        no_change=ShareChange(Share(0, 0), None),
        files=[f"{name}.csv" for name in COLUMNS],
        most=LINES_AT_MOST,
        decided=DECIDED,
    )
    return page.encode("utf-8", "replace")


def _top(places: Sequence[ChannelVolume | ThreadVolume]) -> float:
    """The share at the right end of the small interval plots."""
    return max((place.volume.spam.high for place in places[:LINES_AT_MOST] if place.volume.comments), default=1.0)


def _plots(figures: Figures) -> dict[str, Markup]:
    """The plots that have something to show, by name."""
    period, campaigns = figures.period, figures.campaigns
    drawn: dict[str, str] = {}
    if figures.volume.comments:
        steps = roll_up(figures.days, period.step_days)
        drawn["volumes"] = plot_volumes(steps, "Comments over time, by outcome", _volumes_told(figures))
    if campaigns.campaigns:
        drawn["active"] = plot_active_campaigns(
            campaigns.campaigns, period, "Campaigns at work over time", _campaigns_told(figures)
        )
    if campaigns.active:
        drawn["timelines"] = plot_timelines(
            campaigns.active, period, "When the largest campaigns and floods wrote", _timelines_told(figures)
        )
    if figures.scores:
        drawn["scores"] = plot_scores(
            figures.scores, figures.names.score_thresholds.values(), "Offenders by score", _scores_told(figures)
        )
    return {name: Markup(drawing) for name, drawing in drawn.items()}


def _volumes_told(figures: Figures) -> str:
    busiest = max(figures.days, key=lambda day: day.volume.comments)
    spammed = max(figures.days, key=lambda day: day.volume.spam.hits)
    comments, days = wording.count(figures.volume.comments, "comment"), wording.count(len(figures.days), "day")
    return (
        f"{comments} over {days}; the busiest day was {wording.day(busiest.first)} with "
        f"{wording.number(busiest.volume.comments)}, the most spam was on {wording.day(spammed.first)} with "
        f"{wording.number(spammed.volume.spam.hits)}. The table below has every number."
    )


def _campaigns_told(figures: Figures) -> str:
    campaigns = figures.campaigns
    return (
        f"{wording.count(len(campaigns.campaigns), 'campaign')} at work in the period, "
        f"{wording.number(campaigns.new)} of them began in it."
    )


def _scores_told(figures: Figures) -> str:
    known = wording.count(figures.scores[0].reached, "account")
    reached = "; ".join(
        f"{figures.names.rule(rule)} from {threshold:g}" for rule, threshold in figures.names.score_thresholds.items()
    )
    return f"Scores of {known} with strikes in force. Rules begin at: {reached or 'none'}. The table has every number."


def _timelines_told(figures: Figures) -> str:
    told = (
        f"number {place} wrote {wording.count(found.comments, 'comment')} from {wording.day(found.days[0][0])} "
        f"to {wording.day(found.days[-1][0])}"
        for place, found in enumerate(figures.campaigns.active[:8], start=1)
    )
    return f"By number in the table: {'; '.join(told)}."
