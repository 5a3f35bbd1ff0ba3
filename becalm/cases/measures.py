"""Measures: what people did about accounts, written down so that every later run knows of it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import blake2b

from sqlalchemy import or_, select, true, update
from sqlalchemy.orm import Session

from ..errors import AccountUnknown, InputError
from ..policy import Policy
from ..store import Account, Measure
from ..store.upsert import put


class Kind(StrEnum):
    """What people do about an account; all but a warning keep it from commenting."""

    WARN = "warn"
    MUTE = "mute"
    BAN = "ban"


@dataclass(frozen=True, slots=True)
class Standing:
    """The measures in force against an account, since the first of them; `kind` is the gravest."""

    warnings: int
    suspensions: int
    kind: Kind
    since: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """One measure as it was taken."""

    account_id: str
    kind: Kind
    taken_at: datetime
    ends_at: datetime | None
    lifted_at: datetime | None
    taken_by: str
    note: str


def take_measure(
    session: Session, account_id: str, kind: Kind, at: datetime, by: str, days: int | None = None, note: str = ""
) -> None:
    """Write down that the account (`platform:author_id`) was warned, muted or banned; `days` None is without an end.

    Raises `AccountUnknown`, and `InputError` for a warning that is to end: how long those hold says the policy.
    """
    if kind == Kind.WARN and days is not None:
        raise InputError("a warning has no days: how long it holds says `offenders.warning_days` of the policy")
    row = {
        "account_id": _account(session, account_id).id, "kind": kind.value, "taken_at": at,
        "ends_at": at + timedelta(days=days) if days else None, "lifted_at": None, "taken_by": by, "note": note,
        "decision_id": None,
    }  # fmt: skip
    put(session, Measure, [row])


def lift_measures(session: Session, account_id: str, at: datetime) -> int:
    """No measure against the account is in force from now on; how many were. Raises `AccountUnknown`."""
    own = Measure.account_id == _account(session, account_id).id
    standing = or_(Measure.ends_at.is_(None), Measure.ends_at > at)
    lifted = update(Measure).where(own, Measure.lifted_at.is_(None), standing).values(lifted_at=at)
    return len(session.execute(lifted.returning(Measure.kind)).all())


def measures(session: Session) -> Iterator[Taken]:
    """Every measure, the latest first."""
    rows = session.execute(
        select(Measure, Account.platform, Account.author_id)
        .join(Account, Account.id == Measure.account_id)
        .order_by(Measure.taken_at.desc(), Measure.account_id, Measure.kind)
    )
    for one, platform, author_id in rows:
        yield Taken(
            f"{platform}:{author_id}", Kind(one.kind), one.taken_at, one.ends_at, one.lifted_at, one.taken_by, one.note
        )


def standings(
    session: Session, policy: Policy, as_of: datetime, accounts: Collection[int] | None = None
) -> Mapping[int, Standing]:
    """By account, what is in force at `as_of`; a measure that was taken later (old comments, read today) counts too.

    With `accounts`, only theirs.
    """
    taken: dict[int, list[Measure]] = defaultdict(list)
    among = true() if accounts is None else Measure.account_id.in_(accounts)
    for one in session.scalars(select(Measure).where(Measure.lifted_at.is_(None), among)):
        if _ends_at(one, policy.offenders.warning_days) > as_of:
            taken[one.account_id].append(one)
    return {account_id: _standing(rows) for account_id, rows in taken.items()}


def measures_version(session: Session) -> str:
    """Changes with every measure."""
    columns = (Measure.account_id, Measure.kind, Measure.taken_at, Measure.ends_at, Measure.lifted_at)
    rows = session.execute(select(*columns).order_by(*columns[:3])).all()
    return blake2b(repr(rows).encode(), digest_size=4).hexdigest()


def _ends_at(one: Measure, warning_days: int) -> datetime:
    if one.kind == Kind.WARN:
        return one.taken_at + timedelta(days=warning_days)
    return one.ends_at or datetime.max.replace(tzinfo=one.taken_at.tzinfo)


def _standing(rows: Collection[Measure]) -> Standing:
    kinds = [Kind(one.kind) for one in rows]
    gravest = max(kinds, key=list(Kind).index)
    return Standing(
        kinds.count(Kind.WARN), len(kinds) - kinds.count(Kind.WARN), gravest, min(one.taken_at for one in rows)
    )


def _account(session: Session, account_id: str) -> Account:
    platform, _, author_id = account_id.partition(":")
    found = session.scalar(select(Account).where(Account.platform == platform, Account.author_id == author_id))
    if found is None:
        raise AccountUnknown(account_id)
    return found
