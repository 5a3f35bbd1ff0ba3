"""Reports by users and appeals into the store: files of the inbox, or beside the comments."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from becalm.appeals.files import take_in_appeals
from becalm.errors import SourceUnusable
from becalm.policy import Policy, load_policy
from becalm.reports.files import take_in_reports
from becalm.reports.held import Filed
from becalm.runs import Counts
from becalm.settings import Settings
from becalm.sources import find_filings
from becalm.store import StageMark, Store
from becalm.store.marks import mark_made_from
from becalm.store.upsert import remove
from tasks.inbox import Waiting, seen, whole
from tasks.stage import stage

MARK = "filed "
UNUSABLE = "unusable filings"
TakeIn = Callable[[Store, Policy, Path, datetime], Filed]


@stage("take in reports", timeout_seconds=3600)
def take_in_filings(settings: Settings, folder: Path | None = None) -> Counts:
    """The reports and appeals in files of `folder`; by default those of the inbox that are new or have changed and that
    nobody is writing any more. Each row ends as taken in, known, or held with why.

    A file that can't be used stops no other: it is counted with the reason, and looked at again when it changes.
    """
    policy, now = load_policy(settings.policy), datetime.now(UTC)
    totals: Counter[str] = Counter()
    unusable: dict[str, str] = {}
    with Store.open(settings.store_url) as store:
        for room, take_in, file in _files(store, settings, folder, now):
            try:
                filed = take_in(store, policy, file.path, now)
            except SourceUnusable as error:
                unusable[file.path.name] = str(error)
            else:
                totals.update({room: filed.new, f"{room} known": filed.known, f"{room} held": filed.held})
            with store.writing() as session:
                mark_made_from(session, _key(file), file.mark)
    return {**totals, **({UNUSABLE: unusable} if unusable else {})}


def any_filings(settings: Settings, folder: Path | None) -> bool:
    """Whether there are reports or appeals in `folder` (by default the inbox) at all."""
    found = find_filings(folder or settings.inbox)
    return bool(found.reports or found.appeals)


def _files(
    store: Store, settings: Settings, folder: Path | None, now: datetime
) -> Sequence[tuple[str, TakeIn, Waiting]]:
    found = find_filings(folder or settings.inbox)
    every: list[tuple[str, TakeIn, Waiting]] = [
        *(("reports", take_in_reports, seen(file, is_threads=False)) for file in found.reports),
        *(("appeals", take_in_appeals, seen(file, is_threads=False)) for file in found.appeals),
    ]
    if folder is not None:
        return every
    visible = [each for each in every if not each[2].path.name.startswith(".")]
    with store.writing() as session:
        marks = _marks_of(session, [file for _, _, file in visible])
    news = [each for each in visible if marks.get(_key(each[2])) != each[2].mark]
    ready = whole([file for _, _, file in news], now, settings.settle_seconds)
    return [each for each in news if each[2] in ready]


def _marks_of(session: Session, files: Sequence[Waiting]) -> dict[str, str]:
    """As they were when last taken in; a file that has left is forgotten, and its rows are known should it return."""
    marked = select(StageMark.stage, StageMark.made_from).where(StageMark.stage.startswith(MARK))
    marks = {row.stage: row.made_from for row in session.execute(marked)}
    remove(session, StageMark.stage, sorted(marks.keys() - {_key(file) for file in files}))
    return marks


def _key(file: Waiting) -> str:
    return f"{MARK}{file.path.name}"
