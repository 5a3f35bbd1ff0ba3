"""What is erased from the store goes from packs too.

How an erasure reaches them. A pack is a folder with `pack.json` and `index.html`. Neither names an account, a comment
or a case: scenarios are `s1`, `s2`, ... Only the store leads there. `training_packs` says where each pack was written,
and `training_sources` which comments and accounts each of its scenarios shows or speaks of. So whoever erases comments
or accounts calls `forget(session, home, comments=..., accounts=...)` with the store's ids, in the transaction of the
erasure: it cuts those scenarios out of the files first and drops their rows then, so that after a crash it can simply
be called again. A folder whose last scenario goes is removed. Copies that somebody took elsewhere are cut by
`renew(session, path)` (`becalm training renew`): what has no rows any more has no place in a pack. Answers to
quizzes name no comment, and stay. Whole packs go by age with `drop_packs` (`training_files` of the policy's
`retention`), and what staff answered with `forget_person`.
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import ColumnElement, Select, delete, select
from sqlalchemy.orm import Session

from ..errors import InputError
from ..store import QuizResult, TrainingPack, TrainingSource
from ..store.upsert import chunks
from .keeping import drop_rows, packs_of, write_files
from .pack import PACK_FILE, PAGE_FILE, Pack, read_pack

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """So many scenarios were cut out, of so many files on the disk; `removed` folders held nothing else."""

    scenarios: int = 0
    packs: int = 0
    removed: int = 0


def forget(session: Session, home: Path, comments: Collection[int] = (), accounts: Collection[int] = ()) -> Forgotten:
    """Cuts every scenario that shows one of these comments, or speaks of one of these accounts, out of its files."""
    cut: defaultdict[str, set[str]] = defaultdict(set)
    for column, ids in ((TrainingSource.comment_id, comments), (TrainingSource.account_id, accounts)):
        for chunk in chunks(sorted(set(ids) - {0})):
            for pack_id, scenario in session.execute(_scenarios(column.in_(chunk))):
                cut[pack_id].add(scenario)
    packs = removed = 0
    for pack_id in sorted(cut):
        files, gone = _cut_files(session, home, pack_id, frozenset(cut[pack_id]))
        packs, removed = packs + files, removed + gone
        these = (TrainingSource.pack_id == pack_id, TrainingSource.scenario.in_(cut[pack_id]))
        session.execute(delete(TrainingSource).where(*these))
        _drop_empty(session, pack_id)
    return Forgotten(sum(map(len, cut.values())), packs, removed)


def renew(session: Session, path: Path) -> Forgotten:
    """Cuts out of the pack at `path`, wherever it was copied to, what the store knows no source of any more.

    Raises `InputError` for what is no pack.
    """
    pack, folder = read_pack(path), path if path.is_dir() else path.parent
    alive = set(session.scalars(select(TrainingSource.scenario).where(TrainingSource.pack_id == pack.id)))
    gone = frozenset(each.id for each in pack.scenarios if each.id not in alive)
    if not gone:
        return Forgotten()
    return Forgotten(len(gone), 1, _write_without(folder, pack, gone))


def drop_packs(session: Session, home: Path, before: datetime) -> int:
    """Removes the packs that were made before that moment, files and rows; returns how many."""
    old = [(each.id, each.folder, folder) for each, folder in packs_of(session, home) if each.made_at < before]
    for pack_id, told, folder in old:
        if (pack := _standing_in(folder)) and pack.id == pack_id:
            _remove(folder)
        drop_rows(session, pack_id, told)
    return len(old)


def forget_person(session: Session, person: str) -> int:
    """Drops what one of the staff answered in quizzes; returns how many answers."""
    answers: Sequence[int] = session.scalars(select(QuizResult.id).where(QuizResult.taken_by == person)).all()
    session.execute(delete(QuizResult).where(QuizResult.taken_by == person))
    return len(answers)


def _scenarios(which: ColumnElement[bool]) -> Select[str, str]:
    return select(TrainingSource.pack_id, TrainingSource.scenario).where(which).distinct()


def _cut_files(session: Session, home: Path, pack_id: str, gone: frozenset[str]) -> tuple[int, int]:
    files = removed = 0
    for _, folder in packs_of(session, home, pack_id):
        pack = _standing_in(folder)
        if pack is None or pack.id != pack_id:
            continue
        if any(each.id in gone for each in pack.scenarios):
            files, removed = files + 1, removed + _write_without(folder, pack, gone)
    return files, removed


def _write_without(folder: Path, pack: Pack, gone: frozenset[str]) -> int:
    """The files without these scenarios; 1 where the folder was removed, because none was left."""
    rest = pack.without(gone)
    if rest.scenarios:
        write_files(folder, rest)
        return 0
    _remove(folder)
    return 1


def _remove(folder: Path) -> None:
    for name in (PAGE_FILE, PACK_FILE):
        (folder / name).unlink(missing_ok=True)
    with suppress(OSError):  # something of somebody else's is in it, or it is not there
        folder.rmdir()


def _standing_in(folder: Path) -> Pack | None:
    """The pack in the folder, None where it was moved away or removed by hand.

    One that can't be read any more can't be shown to be without anybody either: it is removed.
    """
    if not (folder / PACK_FILE).exists():
        return None
    try:
        return read_pack(folder)
    except InputError as error:
        logger.warning("%s; the pack was removed, as nothing can be cut out of it", error)
        _remove(folder)
        return None


def _drop_empty(session: Session, pack_id: str) -> None:
    if session.scalar(select(TrainingSource.scenario).where(TrainingSource.pack_id == pack_id).limit(1)) is None:
        session.execute(delete(TrainingPack).where(TrainingPack.id == pack_id))
