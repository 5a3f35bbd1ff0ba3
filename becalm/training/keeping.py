"""Packs as files, and what the store knows of where they are and come from."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from ..errors import InputError
from ..files import replace_all
from ..store import Store, TrainingPack, TrainingSource
from ..store.upsert import add_missing, put
from .pack import PACK_FILE, PAGE_FILE, Pack, as_json
from .page import write_page
from .scenario import Made


def keep_pack(store: Store, home: Path, pack: Pack, made: Iterable[Made], folder: Path, now: datetime) -> None:
    """Where the scenarios come from, in the store, and then the files. An older pack in that folder is no more.

    Raises `DiskFull`, and `InputError` where somebody else's page stands in the folder.
    """
    if (folder / PAGE_FILE).exists() and not (folder / PACK_FILE).exists():
        raise InputError(f"{folder / PAGE_FILE}: a page that is no training pack's; choose another folder")
    rows = [
        {"pack_id": pack.id, "scenario": each.scenario.id, "case_id": each.case_id, "comment_id": one.comment_id,
         "account_id": one.account_id}
        for each in made for one in sorted(each.sources, key=lambda source: (source.comment_id, source.account_id))
    ]  # fmt: skip
    where = {"id": pack.id, "folder": _told(home, folder), "kind": pack.kind, "policy_version": pack.policy_version}
    with store.writing() as session:
        for old in session.scalars(_in_folder(where["folder"]).where(TrainingPack.id != pack.id)).all():
            drop_rows(session, old, where["folder"])
        add_missing(session, TrainingPack, [where | {"made_at": now}])
        put(session, TrainingSource, rows)
    write_files(folder, pack)


def write_files(folder: Path, pack: Pack) -> None:
    """`pack.json` and its page, both whole or as they were."""
    replace_all(folder, {PACK_FILE: as_json(pack), PAGE_FILE: write_page(pack)})


def packs_of(session: Session, home: Path, pack_id: str | None = None) -> list[tuple[TrainingPack, Path]]:
    """Every pack that was written, with its folder, the newest first."""
    found = select(TrainingPack).order_by(TrainingPack.made_at.desc(), TrainingPack.id, TrainingPack.folder)
    if pack_id is not None:
        found = found.where(TrainingPack.id == pack_id)
    return [(each, home / each.folder) for each in session.scalars(found)]


def find_pack(session: Session, home: Path, name: str) -> Path:
    """The folder of the pack that a path or an id names; raises `InputError`."""
    if Path(name).exists():
        return Path(name)
    for each, folder in packs_of(session, home):
        if each.id == name and (folder / PACK_FILE).exists():
            return folder
    raise InputError(f"no training pack `{name}`: neither a file nor a folder, nor the id of a pack made here")


def _in_folder(told: str) -> Select[str]:
    return select(TrainingPack.id).where(TrainingPack.folder == told)


def drop_rows(session: Session, pack_id: str, told: str) -> None:
    """The pack no longer stands in that folder; with the last folder goes what it was made from."""
    session.execute(delete(TrainingPack).where(TrainingPack.id == pack_id, TrainingPack.folder == told))
    if session.scalar(select(TrainingPack.id).where(TrainingPack.id == pack_id).limit(1)) is None:
        session.execute(delete(TrainingSource).where(TrainingSource.pack_id == pack_id))


def _told(home: Path, folder: Path) -> str:
    """A home may be moved as a whole, so what lies in it is told from there."""
    whole, base = folder.absolute(), home.absolute()
    return str(whole.relative_to(base)) if whole.is_relative_to(base) else str(whole)
