"""Appending to the log: each entry holds the digest of the one before."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..store import ChainHead, Decision
from ..store.upsert import add, add_missing
from .record import Decided, canonical

GENESIS = "0" * 64
SEALED = ("note", "subjects")
UNCHAINED = (*SEALED, "salt", "digest", "id")
HEAD = 1
ID_DIGITS = 20
SALT_BYTES = 16


def append(session: Session, decided: Decided) -> Decided:
    """The decision with its `seq` and `id`, written at the end of the chain within the transaction.

    The head's row is written first: whoever else appends waits for the end of this transaction.
    """
    add_missing(session, ChainHead, [{"id": HEAD, "seq": 0, "digest": GENESIS}])
    session.execute(update(ChainHead).where(ChainHead.id == HEAD).values(seq=ChainHead.seq + 1))
    seq, previous = session.execute(select(ChainHead.seq, ChainHead.digest).where(ChainHead.id == HEAD)).one()
    salt, subjects = secrets.token_hex(SALT_BYTES), decided.subjects or {}
    row = decided.as_dict() | {
        "decided_at": decided.decided_at.astimezone(UTC),
        "subjects": subjects,
        "seq": seq,
        "previous": previous,
    }
    row |= {"salt": salt, "seal": seal_of(salt, decided.note, subjects)}
    row["digest"] = digest_of(row)
    row["id"] = id_of(row["digest"])
    add(session, Decision, [row])
    session.execute(update(ChainHead).where(ChainHead.id == HEAD).values(digest=row["digest"]))
    return replace(decided, seq=seq, id=row["id"], subjects=subjects)


def seal_of(salt: str, note: str, subjects: Mapping[str, Any]) -> str:
    """What stands for note and subjects in the chain; without the salt nobody can guess them from it."""
    return hashlib.sha256(salt.encode() + canonical({"note": note, "subjects": subjects})).hexdigest()


def digest_of(row: Mapping[str, Any]) -> str:
    """SHA-256 over the row but for what is sealed, and so over the digest of the row before."""
    return hashlib.sha256(canonical({name: row[name] for name in row if name not in UNCHAINED})).hexdigest()


def id_of(digest: str) -> str:
    """A name for the decision that is never used again, of letters and digits only."""
    return "d" + digest[:ID_DIGITS]
