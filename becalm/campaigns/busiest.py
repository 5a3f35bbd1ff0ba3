"""Who wrote most of a campaign, and where most of it stands."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..store import Account, Thread

SHOWN = 5


@dataclass(frozen=True, slots=True)
class BusyAccount:
    """An account, `platform:author_id`, and how many of the campaign's comments it wrote."""

    account_id: str
    name: str
    comments: int


@dataclass(frozen=True, slots=True)
class BusyThread:
    """A thread and how many of the campaign's comments stand under it."""

    platform: str
    channel: str
    thread_id: str
    title: str
    comments: int


def busiest_accounts(session: Session, comments: Mapping[int, int]) -> tuple[BusyAccount, ...]:
    """The five with most comments; `comments` by the store's account ids."""
    busiest = _busiest(comments)
    rows = {row.id: row for row in session.scalars(select(Account).where(Account.id.in_(busiest)))}
    return tuple(BusyAccount(rows[one].account_id, rows[one].name or "", comments[one]) for one in busiest)


def busiest_threads(session: Session, comments: Mapping[int, int]) -> tuple[BusyThread, ...]:
    """The five with most comments; `comments` by the store's thread ids."""
    busiest = _busiest(comments)
    rows = {row.id: row for row in session.scalars(select(Thread).where(Thread.id.in_(busiest)))}
    found = ((rows[one], comments[one]) for one in busiest)
    return tuple(BusyThread(row.platform, row.channel, row.thread_id, row.title, count) for row, count in found)


def _busiest(comments: Mapping[int, int]) -> list[int]:
    return sorted(comments, key=lambda one: (-comments[one], one))[:SHOWN]
