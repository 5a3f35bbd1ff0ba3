from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from becalm.review import Period
from becalm.review.quality import measure_quality

MONDAY = datetime(2026, 11, 9, tzinfo=UTC)
DAY = timedelta(days=1)
NOW = MONDAY + 7 * DAY


def test_rows_quarantine_and_expectations_are_counted(story: Any, week: Period) -> None:
    story.batch(2, rows=10, at=MONDAY, run="r2", source="b.jsonl")
    story.comment("a", MONDAY, batch=2)
    story.quarantine("x", ["date", "text"], batch=2)
    story.quarantine("y", ["date"], batch=2, state="replayed")
    story.quarantine("z", ["date"], batch=2, state="dismissed")
    story.ran("r2", MONDAY, 12.5, counts={"rows": 10, "known": 6}, seconds={"check": 2.0, "embed": 9.5})
    with story.save().reading() as session:
        quality = measure_quality(session, week, NOW)
    assert (quality.rows, quality.batches, quality.sources) == (10, 2, 2)
    assert (quality.held_back, quality.replayed, quality.dismissed, quality.quarantined.hits) == (1, 1, 1, 3)
    assert quality.expectations == (("date", 3), ("text", 1))
    assert quality.known == 6
    (run,) = quality.runs
    assert (run.seconds, run.rows, run.stages) == (12.5, 10, (("check", 2.0), ("embed", 9.5)))


def test_old_comments_that_come_in_today_bring_their_batch_and_runs(story: Any) -> None:
    old = Period(MONDAY - 4_000 * DAY, MONDAY - 3_993 * DAY)
    story.batch(2, rows=5, at=MONDAY, run="r2", source="b.jsonl")
    story.comment("a", old.start, batch=2)
    story.ran("r2", MONDAY, 1.0)
    story.ran("later", MONDAY + DAY, 1.0, counts={"known": 5})
    with story.save().reading() as session:
        quality = measure_quality(session, old, NOW)
    assert quality.rows == 5
    assert (len(quality.runs), quality.known) == (2, 5)


def test_an_earlier_period_leaves_later_work_out(story: Any, week: Period) -> None:
    story.batch(2, rows=5, at=NOW, run="r2", source="b.jsonl")
    story.comment("a", MONDAY - DAY)
    story.comment("b", MONDAY, batch=2)
    story.ran("r2", NOW, 1.0)
    with story.save().reading() as session:
        quality = measure_quality(session, week.before, NOW)
    assert (quality.rows, quality.runs) == (0, ())


@pytest.mark.parametrize("figures", [{}, {"counts": {}}, {"counts": {}, "seconds": {}}])
def test_a_run_that_failed_early_has_no_figures(story: Any, week: Period, figures: dict[str, Any]) -> None:
    story.ran("r", MONDAY, None, state="failed", **figures)
    with story.save().reading() as session:
        quality = measure_quality(session, week, NOW)
    (run,) = quality.runs
    assert (run.seconds, run.rows, run.known, run.stages) == (None, None, None, ())
    assert (quality.known, quality.failed_runs, quality.stages) == (None, 1, ())
