"""The inbox: its new and whole files into the store, each on its own."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from becalm.errors import BatchRefused, ColumnsMissing, InboxUnusable, SourceUnusable
from becalm.runs import Counts
from becalm.settings import Settings
from becalm.sources import find_inputs
from becalm.store import StageMark, Store
from becalm.store.marks import mark_made_from
from becalm.store.upsert import remove
from tasks.stage import stage
from tasks.take_in import take_in_comments, take_in_threads

MARK = "inbox "
UNUSABLE = "unusable files"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file of the inbox as it was seen; `mark` is another one after any change to it."""

    path: Path
    is_threads: bool
    mark: str
    changed_at: datetime

    @property
    def key(self) -> str:
        return f"{MARK}{self.path.name}"


@stage("take in inbox", timeout_seconds=12 * 3600)
def take_in_inbox(settings: Settings, run_id: str) -> Counts:
    """Every file that is new or has changed and that nobody is writing any more, threads first.

    A file that can't be used stops no other: it is counted under `unusable files` with the reason, once, and is not
    looked at again until it changes. An inbox that is empty, or not there yet, is nothing to do.
    """
    files = look_into(settings.inbox)
    taken_in: list[Counts] = []
    with Store.open(settings.store_url) as store:
        with store.writing() as session:
            marks = _marks_of(session, files)
        news = [one for one in files if marks.get(one.key) != one.mark]
        ready = whole(news, datetime.now(UTC), settings.settle_seconds)
        for one in ready:
            taken_in.append(_take_in(one, settings, run_id))
            with store.writing() as session:
                mark_made_from(session, one.key, one.mark)
    return {"files": len(ready), "files being written": len(news) - len(ready), **_summed(taken_in)}


def require_usable(counts: Counts, *others: str) -> None:
    """Raises `InboxUnusable` where a run met files that can't be used (also such as are counted under one of `others`):
    to be asked when all the rest is in."""
    unusable = {file: why for name in (UNUSABLE, *others) for file, why in counts.get(name, {}).items()}
    if unusable:
        raise InboxUnusable(unusable)


def look_into(inbox: Path) -> list[Waiting]:
    """The data files of the inbox, threads first; none where there is no inbox. Hidden files are somebody's drafts."""
    try:
        inputs = find_inputs(inbox)
    except SourceUnusable:
        return []
    files = [(file, True) for file in inputs.threads] + [(file, False) for file in inputs.comments]
    return [seen(file, is_threads) for file, is_threads in files if not file.name.startswith(".")]


def whole(files: Sequence[Waiting], now: datetime, settle_seconds: float) -> list[Waiting]:
    """The files that nobody has written to, renamed or touched for some seconds."""
    return [one for one in files if (now - one.changed_at).total_seconds() >= settle_seconds]


def seen(file: Path, is_threads: bool) -> Waiting:
    """By the time of the last change to the file's entry: writers can set the other time to what they like."""
    facts = file.stat()
    mark = f"{facts.st_size} {facts.st_mtime_ns} {facts.st_ctime_ns}"
    return Waiting(file, is_threads, mark, datetime.fromtimestamp(facts.st_ctime, UTC))


def _take_in(file: Waiting, settings: Settings, run_id: str) -> Counts:
    try:
        if file.is_threads:
            return take_in_threads.fn(settings, settings.inbox, file.path).counts
        return take_in_comments.fn(settings, file.path, run_id).counts
    except (SourceUnusable, ColumnsMissing, BatchRefused) as error:
        return {UNUSABLE: {file.path.name: _reason(file.path, error)}}


def _summed(each: Iterable[Counts]) -> Counts:
    totals: Counter[str] = Counter()
    quarantined_by: Counter[str] = Counter()
    unusable: dict[str, str] = {}
    for counts in each:
        quarantined_by.update(counts.pop("quarantined by", {}))
        unusable |= counts.pop(UNUSABLE, {})
        totals.update(counts)
    return {**totals, "quarantined by": dict(quarantined_by.most_common()), UNUSABLE: unusable}


def _reason(file: Path, error: Exception) -> str:
    """Named by its file, which not every error does by itself."""
    return str(error) if str(file) in str(error) else f"{file}: {error}"


def _marks_of(session: Session, files: Sequence[Waiting]) -> dict[str, str]:
    """As they were when last taken in. A file that has left the inbox is forgotten: should it come back, it is read
    again, and its rows are known."""
    marked = select(StageMark.stage, StageMark.made_from).where(StageMark.stage.startswith(MARK))
    marks = {row.stage: row.made_from for row in session.execute(marked)}
    remove(session, StageMark.stage, sorted(marks.keys() - {one.key for one in files}))
    return marks
