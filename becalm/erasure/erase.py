"""Erasing an account: looked at first, then out of the store and every file of the home."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..errors import AccountUnknown, StoreUnusable
from ..policy import Policy
from ..policy.staffing import person_of
from ..pseudonyms import Pseudonyms
from ..published import publish_files
from ..review.offenders import pseudonym_of
from ..runs import alone_in
from ..settings import Settings
from ..store import Erasure, Store
from ..store.compact import compact, is_log_empty
from ..store.upsert import add
from ..training import forget
from .carry import Carried, carry_out
from .files import Reach, drop_caches, files_of, scrub_files, telling
from .mentions import Mentions
from .subject import Subject, TextIds, find_subject, split_name

UNDERWAY, DONE = "underway", "done"
PURPOSE = "erasure"


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did, or would do; `left` are files that are not becalm's own and still tell of the person.

    `earlier` is when the account was erased before, where nothing of it is left to erase.
    """

    carried: Carried
    files: dict[str, int]
    left: tuple[Path, ...] = ()
    earlier: datetime | None = None

    def as_dict(self) -> dict[str, Any]:
        return {
            **self.carried.as_dict(),
            "files": self.files,
            "left": [str(path) for path in self.left],
            "earlier": self.earlier.isoformat() if self.earlier else None,
        }


NOTHING = Carried({}, {}, {}, {})


def preview(settings: Settings, policy: Policy, account_id: str, by: str, now: datetime, text_ids: TextIds) -> Erased:
    """What `erase` would do, by doing it and taking it back; raises as that does."""
    person_of(policy, by)
    with Store.open(settings.store_url) as store, store.reading() as session:
        try:
            subject = find_subject(session, account_id, text_ids)
        except AccountUnknown:
            return _earlier(session, account_id)
        printed = _printed(session, subject)
        carried = carry_out(session, policy, subject, now, may_return=True)
        session.rollback()
    files = {"scrubbed": len(telling(settings.home, printed, [Reach.SCRUBBED]))}
    return Erased(carried, files, tuple(telling(settings.home, printed, [Reach.THEIRS])))


def erase(
    settings: Settings, policy: Policy, account_id: str, by: str, reason: str, now: datetime, text_ids: TextIds,
    *, may_return: bool = False,
) -> Erased:  # fmt: skip
    """The account `platform:author_id` and all that is its own, out of the store and the files of the home.

    Files that are edited come first, while the store still knows what to look for; then the store, in one transaction;
    then what is written anew from it. So whatever dies in between, the same call finishes it. Raises `PersonUnknown`,
    `AccountUnknown`, `InputError` for the brand's own account, and `HomeBusy`, before anything is changed; and
    `StoreUnusable` where somebody reads the database so that its old bytes can't be dropped yet.
    """
    person_of(policy, by)
    with alone_in(settings.home, settings.wait_seconds), Store.open(settings.store_url) as store:
        with store.reading() as session:
            try:
                subject = find_subject(session, account_id, text_ids)
            except AccountUnknown:
                return _finish_earlier(store, settings, policy, account_id)
            printed = _printed(session, subject)
            left = tuple(telling(settings.home, printed, [Reach.THEIRS]))
            session.rollback()
        files = {"scrubbed": scrub_files(settings.home, printed)}
        with store.writing() as session:
            cut = forget(session, settings.home, subject.going.comments, subject.going.accounts)
            files |= {"training packs": cut.packs} if cut.packs else {}
            carried = carry_out(session, policy, subject, now, may_return=may_return)
            counts = carried.as_dict() | {"files": files}
            who = _who(session, account_id)
            add(session, Erasure, [
                {"who": who, "by": by, "reason": subject.said.scrub(reason), "erased_at": now, "state": UNDERWAY,
                 "counts": counts}
            ])  # fmt: skip
        return Erased(carried, files | _finish(store, settings, policy, account_id), left)


def _finish(store: Store, settings: Settings, policy: Policy, account_id: str) -> dict[str, int]:
    """What can be done without knowing what was erased: files written anew, caches dropped, old bytes overwritten."""
    files = {"removed": drop_caches(settings.home)}
    if settings.published.exists():
        with store.writing() as session:
            publish_files(session, settings.published, policy.queues)
        files["written anew"] = sum(found.reach == Reach.WRITTEN for found in files_of(settings.home))
    compact(store)
    if not is_log_empty(store):
        raise StoreUnusable("somebody reads the database, so its old bytes are still there; run this again to finish")
    with store.writing() as session:
        own = (Erasure.who == _who(session, account_id), Erasure.state == UNDERWAY)
        session.execute(update(Erasure).where(*own).values(state=DONE))
    return files


def _finish_earlier(store: Store, settings: Settings, policy: Policy, account_id: str) -> Erased:
    """An erasure that died after the store was done; nothing, where none did."""
    with store.reading() as session:
        earlier = _earlier(session, account_id)
        own = (Erasure.who == _who(session, account_id), Erasure.state == UNDERWAY)
        is_underway = session.scalar(select(Erasure.id).where(*own).limit(1)) is not None
    return replace(earlier, files=_finish(store, settings, policy, account_id)) if is_underway else earlier


def _earlier(session: Session, account_id: str) -> Erased:
    """When it was erased before; raises `AccountUnknown` where it never was."""
    known = select(Erasure.erased_at).where(Erasure.who == _who(session, account_id))
    at = session.scalar(known.order_by(Erasure.id.desc()).limit(1))
    if at is None:
        raise AccountUnknown(account_id)
    return Erased(NOTHING, {}, earlier=at)


def _printed(session: Session, subject: Subject) -> Mentions:
    """What reports may say of the person: their words, their ids, and what stands for them in reviews."""
    return Mentions([*subject.printed.phrases, pseudonym_of(Pseudonyms.of(session, "review"), subject.id)])


def _who(session: Session, account_id: str) -> str:
    return Pseudonyms.of(session, PURPOSE).digest(*split_name(account_id))
