"""Rows out of the quarantine and through the check again."""

from collections.abc import Sequence
from datetime import UTC, datetime

import orjson
from sqlalchemy.orm import Session

from becalm.runs import Counts, StageDone, logged_run
from becalm.settings import Settings
from becalm.sources import UNREADABLE, Row
from becalm.store import Batch, Store
from becalm.store.keep import keep_comments
from becalm.store.quarantine import HeldRow, hold, mark_replayed, to_replay
from expectations.comments import CommentContext, examine_comments, known_authors
from tasks.take_in import checked_row


def replay(settings: Settings, everything: bool = False) -> Counts:
    """Check the mended rows (or all that are held) again and store the good ones; the next moderation takes them on."""
    with logged_run(settings, "replay") as run, Store.open(settings.store_url) as store, store.writing() as session:
        counts = _replay(session, settings, to_replay(session, only_fixed=not everything), run.id)
        run.add(StageDone("replay", 0.0, counts))
    return counts


def _replay(session: Session, settings: Settings, rows: Sequence[HeldRow], run_id: str) -> Counts:
    if not rows:
        return {"replayed": 0, "held": 0}
    now, contents = datetime.now(UTC), [_content(row) for row in rows]
    context = CommentContext(
        now, settings.max_text_characters, settings.max_bad_share, known_authors(session, contents), "the quarantine"
    )
    quality = examine_comments(contents, context)
    session.add(Batch(run_id=run_id, source="the quarantine", first_line=1, rows=len(rows), collected_at=now))
    session.flush()
    good = [rows[index].raw_row_id for index in quality.good]
    keep_comments(session, [checked_row(rows[index].raw_row_id, contents[index]) for index in quality.good], now)
    mark_replayed(session, good)
    failures = {
        rows[index].raw_row_id: [failure.as_dict() for failure in failed] for index, failed in quality.bad.items()
    }
    hold(session, failures, now)
    return {"replayed": len(good), "held": len(quality.bad)}


def _content(row: HeldRow) -> Row:
    content = orjson.loads(row.payload)
    return content if isinstance(content, dict) else {UNREADABLE: "JSON, but no object"}
