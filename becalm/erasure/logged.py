"""Decisions of which somebody is to be forgotten: the log stays, and can still be verified."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..store import Decision
from .going import Going
from .mentions import Mentions


def forget_in_decisions(session: Session, going: Going, case_ids: Collection[str], mentions: Mentions) -> int:
    """Decisions without the ids that go, and without notes that are about them; how many were changed.

    The note goes where the case is one of `case_ids` (about nobody else), where nobody else is among the subjects, and
    where somebody is mentioned. The salt goes with it: the seal stays in the chain, and nobody can guess from it.
    """
    rows = session.execute(select(Decision.seq, Decision.case_id, Decision.note, Decision.subjects)).all()
    changed = 0
    for seq, case_id, note, subjects in rows:
        rest = _rest(subjects, going)
        is_theirs = case_id in case_ids or (rest != subjects and not any(rest.values()))
        said = "" if is_theirs or mentions.scrub(note) != note else note
        if (rest, said) != (subjects, note):
            empty(session, [seq], note=said, subjects=rest if any(rest.values()) else {})
            changed += 1
    return changed


def empty(session: Session, seqs: Collection[int], note: str = "", subjects: dict[str, Any] | None = None) -> None:
    """These decisions with nothing but this left of what is sealed."""
    values = {"note": note, "subjects": subjects or {}, "salt": None}
    session.execute(update(Decision).where(Decision.seq.in_(seqs)).values(**values))


def _rest(subjects: dict[str, list[int]], going: Going) -> dict[str, list[int]]:
    gone = {"comments": going.comments, "accounts": going.accounts}
    return {name: [one for one in ids if one not in gone.get(name, ())] for name, ids in subjects.items()}
