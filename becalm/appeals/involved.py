"""Who had a part in the decision that is contested: they neither see the appeal nor answer it."""

from sqlalchemy import ColumnElement, and_, bindparam, exists, select
from sqlalchemy.orm import Session, aliased

from ..errors import CaseRefused
from ..store import Appeal, Case, Decision
from ..store.cases import APPEAL
from ..store.decisions import MACHINE

WHY = "they had a part in the decision that is contested, and somebody else answers an appeal"


def involved(session: Session, case_id: str) -> set[str]:
    """Everybody who signed anything in the log of the case that the appeal `case_id` is about.

    What follows there from the answer to an appeal has the same signature and time as the answer, and is no part in it.
    """
    original = select(Appeal.original_case_id).where(Appeal.case_id == case_id).scalar_subquery()
    appeals = select(Appeal.case_id).where(Appeal.original_case_id == original)
    answers = select(Decision.by, Decision.decided_at).where(Decision.case_id.in_(appeals))
    follows = {(by, at) for by, at in session.execute(answers)}
    log = session.execute(select(Decision.by, Decision.decided_at).where(Decision.case_id == original))
    return {by for by, at in log if (by, at) not in follows} - {MACHINE}


def require_uninvolved(session: Session, kind: str, case_id: str, by: str) -> None:
    """Raises `CaseRefused` for an appeal against what `by` decided or approved themselves."""
    if kind == APPEAL and by in involved(session, case_id):
        raise CaseRefused(case_id, f"{by}: {WHY}")


def is_involved() -> ColumnElement[bool]:
    """Whether a case is an appeal in which whoever is bound to `by` had a part, as a condition on `cases`."""
    answered, answer = aliased(Appeal), aliased(Decision)
    follows = exists().where(
        answered.original_case_id == Appeal.original_case_id, answer.case_id == answered.case_id,
        answer.by == Decision.by, answer.decided_at == Decision.decided_at,
    )  # fmt: skip
    signed = exists().where(
        Appeal.case_id == Case.id, Decision.case_id == Appeal.original_case_id, Decision.by == bindparam("by"),
        ~follows,
    )  # fmt: skip
    return and_(Case.kind == APPEAL, signed)
