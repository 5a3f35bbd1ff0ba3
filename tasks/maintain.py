"""Keeping a home small and quick."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, select

from becalm.runs import Counts
from becalm.settings import Settings
from becalm.store import Group, Run, StageMark, Store
from becalm.store.compact import compact
from tasks.group import STAGE as GROUP
from tasks.stage import stage


@stage("expire")
def expire_runs(settings: Settings) -> Counts:
    """The run log without the lines that are older than the settings keep them."""
    oldest = datetime.now(UTC) - timedelta(days=settings.keep_runs_days)
    with Store.open(settings.store_url) as store, store.writing() as session:
        removed = session.execute(delete(Run).where(Run.started_at < oldest).returning(Run.id)).all()
    return {"runs removed": len(removed)}


@stage("reopen groups")
def reopen_groups(settings: Settings) -> Counts:
    """No group is settled any more: the next run judges all of them by the words that are common by then."""
    with Store.open(settings.store_url) as store, store.writing() as session:
        session.execute(delete(StageMark).where(StageMark.stage == GROUP))
        return {"groups reopened": session.scalar(select(func.count()).select_from(Group)) or 0}


@stage("vacuum", timeout_seconds=3600)
def vacuum(settings: Settings) -> Counts:
    """The database file without its holes; other databases look after themselves."""
    with Store.open(settings.store_url) as store:
        size = compact(store)
    return {} if size is None else {"MiB": size}
