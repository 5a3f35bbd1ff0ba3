"""Files into the store: collect, check, keep; a batch at a time, each whole or not at all."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from becalm.erasure.tombstones import buried
from becalm.errors import CountsDiffer, SourceUnusable
from becalm.progress import progress
from becalm.runs import Counts
from becalm.settings import Settings
from becalm.sources import Row, find_inputs, read_rows
from becalm.store import Batch, RawRow, Store
from becalm.store.keep import CheckedRow, keep_comments, keep_raw, keep_threads, raw_row_id
from becalm.store.quarantine import hold
from becalm.store.upsert import known as known_values
from embeddings.normalise import main_script, normalise
from expectations.comments import CommentContext, examine_comments, judge_batch, known_authors, require_columns
from expectations.facts import moment
from expectations.run import Quality
from tasks.checks import forget_qualities, keep_quality
from tasks.stage import stage

THREADS_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class RawLine:
    """A row as it was read."""

    id: int
    line: int
    row: Row


@stage("take in threads")
def take_in_threads(settings: Settings, path: Path, threads: Path | None = None) -> Counts:
    """Titles and texts of the posts that comments stand under."""
    kept = rows = 0
    with Store.open(settings.store_url) as store:
        for file in find_inputs(path, threads).threads:
            for batch in _in_batches(read_rows(file), THREADS_AT_ONCE):
                usable = [_thread(row) for _, row in batch if row.get("thread_id") and row.get("platform")]
                if not usable:
                    raise SourceUnusable(file, "no threads in it: they need at least thread_id and platform")
                with store.writing() as session:
                    kept += keep_threads(session, usable)
                rows += len(batch)
    return {"threads": rows, "threads new or changed": kept}


@stage("take in comments", timeout_seconds=12 * 3600)
def take_in_comments(settings: Settings, path: Path, run_id: str) -> Counts:
    """Every row ends as stored, in quarantine, or known from before.

    Raises `SourceUnusable`, `ColumnsMissing` or `BatchRefused`; batches before the bad one stay stored, and a mended
    file can simply be taken in again.
    """
    totals: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    with Store.open(settings.store_url) as store:
        for file in find_inputs(path).comments:
            with progress(f"read {file.name}"[:12], None) as advance:
                for lines in _batches_of(file, settings.batch_rows):
                    counts = _take_in(store, settings, file, lines, run_id)
                    totals.update(counts.outcomes)
                    failed.update(counts.failed)
                    advance(len(lines))
    return {**totals, "quarantined by": dict(failed.most_common())}


@dataclass(frozen=True, slots=True)
class TakenIn:
    outcomes: Counts
    failed: Counter[str]


def _batches_of(file: Path, size: int) -> Iterator[list[RawLine]]:
    for batch in _in_batches(read_rows(file), size):
        yield [RawLine(raw_row_id(row), line, row) for line, row in batch]


def _in_batches(rows: Iterator[tuple[int, Row]], size: int) -> Iterator[list[tuple[int, Row]]]:
    while batch := list(islice(rows, size)):
        yield batch


def _take_in(store: Store, settings: Settings, file: Path, lines: Sequence[RawLine], run_id: str) -> TakenIn:
    """One batch in one transaction: check first, and write only when it passed."""
    now = datetime.now(UTC)
    with store.reading() as session:
        unknown = _not_known(session, lines)
        fresh = _not_erased(session, unknown)
        authors = known_authors(session, [one.row for one in fresh])
    erased = len(unknown) - len(fresh)
    known = {"known": len(lines) - len(unknown)} | ({"erased before": erased} if erased else {})
    if not fresh:
        return TakenIn({"rows": len(lines), **known}, Counter())
    context = CommentContext(now, settings.max_text_characters, settings.max_bad_share, authors, str(file))
    quality = _checked(settings, [one.row for one in fresh], context, f"{run_id}-{file.name}-{lines[0].line}")
    forget_qualities(settings, "comments", but=run_id)
    checked = [checked_row(fresh[index].id, fresh[index].row) for index in quality.good]
    with store.writing() as session:
        batch = Batch(run_id=run_id, source=str(file), first_line=lines[0].line, rows=len(fresh), collected_at=now)
        session.add(batch)
        session.flush()
        keep_raw(session, batch.id, [(one.id, one.line, one.row) for one in fresh])
        kept = keep_comments(session, checked, now)
        held = hold(session, _failures(fresh, quality), now)
    ends = {"stored": kept.new, "changed": kept.changed, "quarantined": held, **known}
    if sum(ends.values()) != len(lines):
        raise CountsDiffer(f"rows of {file}", len(lines), sum(ends.values()))
    return TakenIn({"rows": len(lines), **ends}, Counter(quality.failed))


def _checked(settings: Settings, rows: Sequence[Row], context: CommentContext, name: str) -> Quality:
    """The quality of a batch that may be stored; that of a refused one is kept for Data Docs all the same."""
    require_columns(rows, context.source)
    quality = examine_comments(rows, context)
    keep_quality(settings, quality, f"comments-{name}")
    judge_batch(quality, context.max_bad_share)
    return quality


def _not_known(session: Session, lines: Sequence[RawLine]) -> list[RawLine]:
    """Rows of a content that never came before, in this batch neither."""
    first = {one.id: one for one in reversed(lines)}
    seen = known_values(session, RawRow.id, list(first))
    return [one for one in lines if one.id not in seen and first[one.id] is one]


def _not_erased(session: Session, lines: Sequence[RawLine]) -> list[RawLine]:
    """Rows without those that were erased once; of the others, who answers one of these does not say so."""
    told = buried(session, [one.row for one in lines])
    return [
        replace(one, row=one.row | {"parent_id": None}) if place in told.answering else one
        for place, one in enumerate(lines)
        if place not in told.erased
    ]


def checked_row(row_id: int, row: Row) -> CheckedRow:
    """A good row with what is made of its text and its time."""
    normalised = normalise(row["text"])
    published_at = moment(row["published_at"])
    assert published_at is not None, "the suite `comments` lets no other time pass"
    return CheckedRow.of(row_id, row, published_at, normalised, main_script(normalised))


def _failures(lines: Sequence[RawLine], quality: Quality) -> dict[int, list[dict[str, str]]]:
    return {lines[index].id: [one.as_dict() for one in failures] for index, failures in quality.bad.items()}


def _thread(row: Row) -> dict[str, Any]:
    return {**row, "published_at": moment(row.get("published_at"))}
