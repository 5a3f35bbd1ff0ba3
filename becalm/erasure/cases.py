"""Cases about somebody who goes: deleted, or kept without telling whom they were about."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

import orjson
from sqlalchemy import Table, Text, cast, select, update
from sqlalchemy.orm import Session

from ..cases.history import root_subject
from ..pseudonyms import Pseudonyms
from ..store import Base, Case, CaseComment, CaseEvent
from ..store.upsert import chunks, remove
from .going import Going
from .rows import Counts

# No platform's name begins so, so that no subject is taken for it.
ERASED = "(erased) "
UNDONE = ("open", "withdrawn")
WAITING = ("open", "held")
# A case always says why it is one.
FORGOTTEN = [{"signal": "erased", "score": 0.0, "text": "what it said was about somebody who was erased"}]
CLOSED: dict[str, Any] = {
    "state": "closed", "claimed_by": None, "claimed_at": None, "claimed_until": None, "held_by": None, "held_at": None,
}  # fmt: skip
# Of what happened to a case, what was written; numbers and colleagues stay.
WRITTEN = frozenset({"note", "reason", "text"})
_OWN = (CaseComment.__tablename__, CaseEvent.__tablename__)


def about(session: Session, going: Going) -> frozenset[str]:
    """Cases whose subject goes, and those with no other comments than these."""
    subjects = going.comment_names | going.account_names
    named = {
        case_id
        for case_id, subject in session.execute(select(Case.id, Case.subject))
        if root_subject(subject) in subjects
    }
    return frozenset(named | (holding(session, going) - holding_others(session, going)))


def holding(session: Session, going: Going) -> set[str]:
    """Cases with any of the comments."""
    return {
        case_id for chunk in chunks(sorted(going.comments))
        for case_id in session.scalars(select(CaseComment.case_id).where(CaseComment.comment_id.in_(chunk)))
    }  # fmt: skip


def holding_others(session: Session, going: Going) -> set[str]:
    """Of those, the ones that are about other comments too."""
    found: set[str] = set()
    for chunk in chunks(sorted(holding(session, going))):
        members = select(CaseComment.case_id, CaseComment.comment_id).where(CaseComment.case_id.in_(chunk))
        found |= {case_id for case_id, comment_id in session.execute(members) if comment_id not in going.comments}
    return found


def settle_cases(session: Session, going: Going, pseudonyms: Pseudonyms, *, keep: bool) -> Counts:
    """Cases about the person are deleted where nobody decided on them and nothing refers to them, else pseudonymised
    (`keep`: all but open and withdrawn ones are) and closed. Other cases lose what their
    evidence and reasons say of them."""
    mine, mixed = about(session, going), holding_others(session, going)
    kept = mine & (referred_to(session) | mixed)
    if keep:
        kept |= {one for one, state in _states(session, mine) if state not in UNDONE}
    counts = delete_cases(session, mine - kept)
    counts["cases changed"] += pseudonymise(session, kept, pseudonyms, going.comment_names | going.account_names)
    close(session, kept - mixed)
    counts["cases changed"] += _forget_reasons(session, mixed - mine) + _forget_evidence(session, going)
    return counts


def delete_cases(session: Session, case_ids: Collection[str]) -> Counts:
    """With their comments and events."""
    removed: Counts = Counts()
    remove(session, CaseComment.case_id, sorted(case_ids))
    for chunk in chunks(sorted(case_ids)):
        removed["case_events"] += len(session.scalars(select(CaseEvent.id).where(CaseEvent.case_id.in_(chunk))).all())
    remove(session, CaseEvent.case_id, sorted(case_ids))
    remove(session, Case.id, sorted(case_ids))
    removed["cases"] += len(case_ids)
    return +removed


def close(session: Session, case_ids: Collection[str]) -> None:
    """Those of the cases that still wait for somebody are over: nobody can say anything about them any more."""
    for chunk in chunks(sorted(case_ids)):
        session.execute(update(Case).where(Case.id.in_(chunk), Case.state.in_(WAITING)).values(**CLOSED))


def pseudonymise(
    session: Session, case_ids: Collection[str], pseudonyms: Pseudonyms, subjects: Collection[str] | None = None
) -> int:
    """Cases without subject (only `subjects`, where they are given), reasons, evidence and what was written; how many
    were changed."""
    changed = 0
    columns = (Case.id, Case.subject, cast(Case.reasons, Text), cast(Case.evidence, Text))
    for chunk in chunks(sorted(case_ids)):
        for case_id, subject, *told in session.execute(select(*columns).where(Case.id.in_(chunk))).all():
            is_named = subjects is None or root_subject(subject) in subjects
            name = f"{ERASED}{pseudonyms.digest('case', case_id)[:12]}" if is_named else subject
            if (name, *told) != (subject, _TOLD, "[]"):
                values = {"subject": name, "reasons": FORGOTTEN, "evidence": []}
                session.execute(update(Case).where(Case.id == case_id).values(**values))
                changed += 1
        _forget_written(session, chunk)
    return changed


def referred_to(session: Session) -> set[str]:
    """Cases that a decision, another case or any other table points to: they can't be deleted."""
    found = {
        str(one) for column in (Case.merged_into, Case.split_from) for one in session.scalars(select(column)) if one
    }
    for table in _pointing_here():
        for key in table.foreign_keys:
            if key.column is Case.__table__.c.id:
                found |= set(session.scalars(select(key.parent).where(key.parent.is_not(None)).distinct()))
    return found


def _pointing_here() -> Iterator[Table]:
    return (table for name, table in Base.metadata.tables.items() if name not in _OWN)


def _states(session: Session, case_ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    for chunk in chunks(sorted(case_ids)):
        yield from session.execute(select(Case.id, Case.state).where(Case.id.in_(chunk)))


def _forget_written(session: Session, case_ids: Collection[str]) -> None:
    rows = session.execute(select(CaseEvent.id, CaseEvent.detail).where(CaseEvent.case_id.in_(case_ids)))
    for event_id, detail in rows.all():
        if not WRITTEN.isdisjoint(detail):
            rest = {name: value for name, value in detail.items() if name not in WRITTEN}
            session.execute(update(CaseEvent).where(CaseEvent.id == event_id).values(detail=rest))


def _forget_reasons(session: Session, case_ids: Collection[str]) -> int:
    """Reasons of a case on comments are those of its clearest one, which may be the one that goes."""
    changed = 0
    for chunk in chunks(sorted(case_ids)):
        told = (Case.id.in_(chunk), Case.kind == "comment", cast(Case.reasons, Text) != _TOLD)
        changed += session.connection().execute(update(Case).where(*told).values(reasons=FORGOTTEN)).rowcount
    return changed


def _forget_evidence(session: Session, going: Going) -> int:
    """Comments that go are no longer among the nearest ones of any case."""
    if not going.comment_names:
        return 0
    ids = {name.partition("/")[2] for name in going.comment_names}
    changed = 0
    rows = session.connection().execute(
        select(Case.id, cast(Case.evidence, Text)).where(cast(Case.evidence, Text) != "[]")
    )
    for case_id, told in rows.all():
        if any(one in ids for one in _COMMENT_ID.findall(told)) or "\\" in told:
            evidence = orjson.loads(told)
            rest = [one for one in evidence if f"{one['platform']}/{one['comment_id']}" not in going.comment_names]
            if rest != evidence:
                session.execute(update(Case).where(Case.id == case_id).values(evidence=rest))
                changed += 1
    return changed


_TOLD = orjson.dumps(FORGOTTEN).decode()
_COMMENT_ID = re.compile(r'"comment_id":"([^"\\]*)"')
