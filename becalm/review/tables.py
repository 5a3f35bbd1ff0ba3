"""The figures as tables, for CSV and JSON: both are written from the same rows."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import Any

import orjson

from .figures import Figures
from .quality import Quality
from .transparency import MEASURE_COLUMNS
from .transparency_page import ACCURACY_COLUMNS
from .volumes import OUTCOMES, Volume

Rows = list[dict[str, Any]]

# A spreadsheet takes a cell that starts so for a formula (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

VOLUME = {name: f"volume.{name}" for name in ("comments", *OUTCOMES)}
SPAM = {
    "spam": "volume.spam.hits",
    "spam_share": "volume.spam.value",
    "spam_share_low": "volume.spam.low",
    "spam_share_high": "volume.spam.high",
}
# For each table: its columns, and where in a line of the figures each is found.
COLUMNS: dict[str, dict[str, str]] = {
    "volumes": {"day": "first", **VOLUME},
    "channels": {
        "platform": "platform", "channel": "channel", **VOLUME, **SPAM, "comments_before": "before.comments",
        "spam_before": "before.spam.hits", "sentiment": "sentiment",
    },
    "threads": {
        "platform": "platform", "channel": "channel", "thread_id": "thread_id", "title": "title", **VOLUME, **SPAM,
    },
    "campaigns": {
        name: name
        for name in (
            "id", "verdict", "score", "comments", "accounts", "threads", "channels", "comments_ever", "first_seen",
            "last_seen", "is_new", "reasons", "example",
        )
    },
    "surges": {
        "topic": "topic", "onset": "onset", "last": "last", "customers": "customers", "busiest_day": "busiest",
        "usual_a_day": "usual",
    },
    "offenders": {
        name: name
        for name in (
            "pseudonym", "platform", "strikes", "score", "comments", "comments_before", "alternates", "factors",
        )
    },
    "rings": {
        name: name
        for name in (
            "ring_id", "score", "accounts", "comments", "comments_before", "pairs", "messages", "messages_by_chance",
            "met", "met_by_chance", "first_seen", "last_seen", "evidence",
        )
    },
    "offender_scores": {name: name for name in ("low", "high", "accounts", "reached", "warned")},
    "rules": {
        "rule": "rule", "queue": "queue", "cases": "cases", "share": "share.value", "before": "before", "open": "open",
        "held": "held", "decided": "decided", "closed": "closed", "reversed": "reversed", "merged": "merged",
        "withdrawn": "withdrawn", "overdue": "overdue", "median_priority": "priority",
    },
    "mistakes": {
        "kind": "kind", "name": "name", "judged": "wrong.total", "wrong": "wrong.hits", "customers": "customers",
        "precision": "right.value", "precision_low": "right.low", "precision_high": "right.high",
        "overturned": "overturned.hits", "overturn_rate": "overturned.value", "looked_at": "missed.total",
        "missed": "missed.hits", "missed_low": "missed.low", "missed_high": "missed.high", "elsewhere": "elsewhere",
        "reported": "reported",
    },
    "appeals": {
        "rule": "rule", "received": "received", "decided": "decided", "overturned": "overturned.hits",
        "overturn_rate": "overturned.value", "overturn_low": "overturned.low", "overturn_high": "overturned.high",
        "precision": "precision.value", "judged": "precision.total", "median_hours": "median_hours",
    },
    "queues": {
        name: name for name in ("queue", "open", "overdue", "oldest_opened_at", "next_due_at")
    },
    "recurring_voices": {
        name: name for name in ("pseudonym", "platform", "weeks", "praise", "in_period", "first_at", "consent")
    },
    "stories": {
        name: name
        for name in (
            "pseudonym", "platform", "complained_at", "answered_at", "praised_at", "hours_to_answer", "consent",
        )
    },
    "recovery": {
        name: name
        for name in (
            "place", "answered", "threads", "comments_before", "comments_after", "before", "after", "change", "low",
            "high", "warmer", "is_telling",
        )
    },
    "understanding": {
        "rule": "rule", "policy_version": "policy_version", "people": "people", "answers": "right.total",
        "right": "right.hits", "share": "right.value", "share_low": "right.low", "share_high": "right.high",
        "rules_right": "rules_right.hits", "taken_for": "instead", "times": "times",
    },
    "measures": {name: name for name in MEASURE_COLUMNS},
    "accuracy": {name: name for name in ACCURACY_COLUMNS},
    "quality": {name: name for name in ("measure", "item", "value")},
}  # fmt: skip

LINES: dict[str, Callable[[Figures], Iterable[Any]]] = {
    "volumes": attrgetter("days"),
    "channels": attrgetter("channels"),
    "threads": attrgetter("threads"),
    "campaigns": attrgetter("campaigns.active"),
    "surges": attrgetter("surges"),
    "offenders": attrgetter("offenders.active"),
    "rings": attrgetter("rings.active"),
    "offender_scores": attrgetter("scores"),
    "rules": attrgetter("cases.rules"),
    "queues": attrgetter("cases.queues"),
    "recurring_voices": attrgetter("loyalty.voices"),
    "stories": attrgetter("loyalty.stories"),
    "recovery": attrgetter("loyalty.recovery"),
    "understanding": attrgetter("understanding"),
    "mistakes": attrgetter("mistakes.lines"),
    "appeals": attrgetter("appeals"),
}


def make_tables(figures: Figures) -> dict[str, Rows]:
    """Rows by table name; shares are 0..1 with their 95 % interval, days and times are UTC."""
    tables = {name: rows_of(COLUMNS[name], lines(figures)) for name, lines in LINES.items()}
    told = figures.transparency
    accuracy = [each.as_dict() for each in told.accuracies if each.has_anything]
    return {**tables, "measures": told.table(), "accuracy": accuracy, "quality": _quality(figures.quality)}


def as_json(figures: Figures, headline: Sequence[str], tables: Mapping[str, Rows]) -> bytes:
    """Everything in one document: the headline, totals of both periods, and the tables."""
    document = {
        "period": {"start": figures.period.start, "end": figures.period.end},
        "before": {"start": figures.period.before.start, "end": figures.period.before.end},
        "before_is_whole": figures.is_before_whole,
        "as_of": figures.now,
        "policy_version": figures.names.version,
        "headline": headline,
        "totals": _totals(figures),
        "tables": tables,
        "posts": [
            {
                "language": post.language,
                "title": post.title,
                "paragraphs": post.paragraphs,
                "patterns": [
                    {"kind": one.kind, "campaigns": one.campaigns, "comments": one.comments} for one in post.patterns
                ],
                "objections": [{"words": one.words, "why": one.why} for one in post.objections],
            }
            for post in figures.posts
        ],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def as_csv(name: str, rows: Rows) -> bytes:
    """A table under its header, which stands also where there are no rows."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(COLUMNS[name]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({column: _cell(value) for column, value in row.items()} for row in rows)
    return out.getvalue().encode()


def rows_of(columns: Mapping[str, str], lines: Iterable[Any]) -> Rows:
    """A row for each line, with these columns of it."""
    getters = {column: attrgetter(path) for column, path in columns.items()}
    return [{column: _rounded(get(line)) for column, get in getters.items()} for line in lines]


def _quality(quality: Quality) -> Rows:
    rows: list[tuple[str, str, float | int | None]] = [
        (name, "", getattr(quality, name))
        for name in ("rows", "batches", "sources", "held_back", "replayed", "dismissed", "known", "failed_runs")
    ]
    rows += [("failed_expectation", name, count) for name, count in quality.expectations]
    rows += [("stage_seconds", stage, seconds) for stage, seconds in quality.stages]
    rows += [("run_seconds", f"{run.job} {run.started_at.isoformat()}", run.seconds) for run in quality.runs]
    return [{"measure": measure, "item": item, "value": _rounded(value)} for measure, item, value in rows]


def _totals(figures: Figures) -> dict[str, Any]:
    care, cases, campaigns = figures.care, figures.cases, figures.campaigns
    return {
        "volume": _volume(figures.volume),
        "volume_before": _volume(figures.volume_before),
        "accounts": figures.accounts,
        "campaigns": {
            "active": len(campaigns.campaigns), "new": campaigns.new, "floods": len(campaigns.floods),
            "active_before": campaigns.active_before, "new_before": campaigns.new_before,
        },
        "cases": {"of_period": cases.total, "before": cases.before, "open": cases.open, "overdue": cases.overdue},
        "care": {name: getattr(care, name) for name in care.__slots__},
        "offenders": {
            "active": len(figures.offenders.active), "returned": figures.offenders.returned,
            "known": figures.offenders.known,
        },
        "loyalty": {
            "recurring": len(figures.loyalty.voices), "recurring_before": figures.loyalty.voices_before,
            "stories": len(figures.loyalty.stories), "stories_before": figures.loyalty.stories_before,
            "stories_may_be_shared": figures.loyalty.may_be_shared, "praising": figures.loyalty.praising,
            "complaining": figures.loyalty.complaining, "answered": figures.loyalty.answered,
        },
        "rings": {
            "active": len(figures.rings.active), "accounts": figures.rings.accounts, "known": figures.rings.known,
            "none": figures.rings.none, "insufficient_data": figures.rings.insufficient_data,
        },
        "mistakes": {
            "customers": figures.mistakes.customers, "cleared": figures.mistakes.cleared,
            "looked_at": figures.mistakes.missed.total, "missed": figures.mistakes.missed.hits,
            "missed_estimate": figures.mistakes.missed_estimate,
        },
    }  # fmt: skip


def _volume(volume: Volume) -> dict[str, int]:
    return {name: getattr(volume, name) for name in ("comments", *OUTCOMES)}


def _rounded(value: Any) -> Any:
    return round(value, 4) if isinstance(value, float) else value


def _cell(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    text = "; ".join(value) if isinstance(value, tuple) else value
    return f"'{text}" if isinstance(text, str) and text.startswith(FORMULA_STARTS) else text
