"""Two cases that are one thing, and one case that is two."""

from collections.abc import Collection
from datetime import datetime
from itertools import count

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ..errors import CaseRefused
from ..policy import Policy
from ..store import Case, CaseComment
from ..store.cases import lane
from ..store.upsert import add, put
from .drafting import case_id as case_id_of
from .history import root_subject
from .staff import require_free, require_no_appeal, require_right, require_state
from .standing import UNCLAIMED, Standing, move, standing


def merge(
    session: Session, policy: Policy, case_id: str, into: str, by: str, now: datetime,
    expected_version: int | None = None,
) -> Standing:  # fmt: skip
    """The case `into`, which from now on is about the comments of both; the other is closed and says where it went.

    What comes to the closed one later comes to this one too. Raises `CaseRefused` unless both are open, and
    `CaseConflict` when somebody else has one of them.
    """
    if case_id == into:
        raise CaseRefused(case_id, "a case can't be merged into itself")
    gone, kept = standing(session, case_id, expected_version), standing(session, into)
    for case in (gone, kept):
        require_right(policy, by, case)
        require_state(session, case, "open")
        require_free(session, case, by, now)
        require_no_appeal(case)
    move(session, gone, "merge", by, now, {"into": into}, **UNCLAIMED, state="closed", merged_into=into)
    merged = move(session, kept, "merge", by, now, {"from": case_id}, due_at=min(gone.due_at, kept.due_at))
    own, more = _comments(session, into), _comments(session, case_id)
    add(session, CaseComment, [_placed(into, each) for each in sorted(more - own)])
    return merged


def split(
    session: Session, policy: Policy, case_id: str, comment_ids: Collection[int], by: str, now: datetime,
    expected_version: int | None = None,
) -> Standing:  # fmt: skip
    """A new open case about these comments, which the old one is no longer about; both keep their place in time.

    Raises `CaseRefused` unless the case is open, holds the comments, and keeps at least one.
    """
    case = standing(session, case_id, expected_version)
    require_right(policy, by, case)
    require_state(session, case, "open")
    require_free(session, case, by, now)
    require_no_appeal(case)
    there, parted = _comments(session, case_id), set(comment_ids)
    if not parted or not parted < there:
        raise CaseRefused(case_id, f"name some of its {len(there)} comments, but neither none nor all nor others")
    part_id = _open_part(session, case)
    move(session, case, "split", by, now, {"into": part_id, "comments": len(parted)})
    here = CaseComment.case_id == case_id
    session.execute(delete(CaseComment).where(here, CaseComment.comment_id.in_(parted)))
    put(session, CaseComment, [_placed(part_id, each) for each in sorted(parted)])
    return move(session, standing(session, part_id), "split", by, now, {"from": case_id, "comments": len(parted)})


def _open_part(session: Session, case: Standing) -> str:
    """The id of a new case beside this one, under the first subject that is free: `subject~2`, `subject~3`, ..."""
    root = root_subject(case.subject)
    same = (Case.rule == case.rule, Case.kind == case.kind)
    taken = set(session.scalars(select(Case.subject).where(*same, Case.subject.startswith(root, autoescape=True))))
    subject = next(name for number in count(2) if (name := f"{root}~{number}") not in taken)
    part_id = case_id_of(case.rule, case.kind, subject)
    columns = {column.name: getattr(Case, column.name) for column in Case.__table__.columns}
    row = dict(session.execute(select(*columns.values()).where(Case.id == case.id)).mappings().one())
    row |= {"id": part_id, "subject": subject, "version": 1, "split_from": case.id, **UNCLAIMED}
    add(session, Case, [row | {"lane": lane(case.queue, case.rule, case.language)}])
    return part_id


def _comments(session: Session, case_id: str) -> set[int]:
    return set(session.scalars(select(CaseComment.comment_id).where(CaseComment.case_id == case_id)))


def _placed(case_id: str, comment_id: int) -> dict[str, str | int | bool]:
    return {"case_id": case_id, "comment_id": comment_id, "is_placed": True}
