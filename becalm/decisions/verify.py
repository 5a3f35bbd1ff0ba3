"""Reading the chain from its first link to its head."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..errors import ChainBroken
from ..store import ChainHead, Decision
from ..store.decisions import MACHINE
from .chain import GENESIS, HEAD, digest_of, id_of, seal_of

ROWS_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Verified:
    """The chain holds: `decisions` links, of which `erased` lost their note or subjects; `head` is the last digest.

    Whoever notes `head` elsewhere can prove later that nothing before it was changed.
    """

    decisions: int
    erased: int
    head: str
    has_noted: bool


def verify_chain(session: Session, noted: str | None = None) -> Verified:
    """What was read, when every link follows from the one before and the head is the last.

    `noted` is a digest that was the head once. Raises `ChainBroken` at the first link that is wrong, and when `noted`
    is not in the chain.
    """
    previous, count, erased, found = GENESIS, 0, 0, noted == GENESIS
    statement = select(Decision.__table__).order_by(Decision.seq).execution_options(yield_per=ROWS_AT_ONCE)
    for each in session.connection().execute(statement).mappings():
        row, count = dict(each), count + 1
        _check_link(row, count, previous)
        previous, erased = row["digest"], erased + (row["salt"] is None)
        found = found or row["digest"] == noted
    _check_head(session, count, previous)
    if noted is not None and not found:
        raise ChainBroken(count, f"the noted digest {noted} is not in it")
    return Verified(count, erased, previous, noted is not None)


def _check_link(row: Mapping[str, Any], seq: int, previous: str) -> None:
    if row["seq"] != seq:
        raise ChainBroken(seq, f"the next link is {row['seq']}, so one is missing")
    if row["previous"] != previous:
        raise ChainBroken(seq, "it does not follow the link before")
    if row["digest"] != digest_of(row) or row["id"] != id_of(row["digest"]):
        raise ChainBroken(seq, "its content is not what was written")
    if row["salt"] is not None and row["seal"] != seal_of(row["salt"], row["note"], row["subjects"]):
        raise ChainBroken(seq, "its note or its subjects are not what was written")
    if row["is_machine"] != (row["by"] == MACHINE):
        raise ChainBroken(seq, "its mark for machines does not agree with who decided")


def _check_head(session: Session, count: int, last: str) -> None:
    head = session.execute(select(ChainHead.seq, ChainHead.digest).where(ChainHead.id == HEAD)).one_or_none()
    seq, digest = head or (0, GENESIS)
    if (seq, digest) != (count, last):
        raise ChainBroken(count + 1, f"the chain ends at {count}, and its head says {seq}")
