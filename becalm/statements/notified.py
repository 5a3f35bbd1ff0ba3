"""Reports by users as what brought a decision about."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..errors import InputError, PolicyInvalid
from ..policy import stored_policy
from ..store import Case, CaseComment, Decision, Report
from ..store.upsert import chunks
from .origin import Notified
from .vocabulary import OTHER_NOTIFICATION, TRUSTED_FLAGGER


@dataclass(frozen=True, slots=True)
class _Reported:
    """One report of a comment of a case that was decided later."""

    reporter_id: int
    is_trusted: bool
    received_at: datetime


def notices_known(session: Session, case_ids: Collection[str]) -> Mapping[str, Notified]:
    """By case id, the reports that came before anything was decided on it; a trusted flagger's counts first."""
    found: dict[str, list[_Reported]] = defaultdict(list)
    decided_at = (
        select(Decision.case_id, func.min(Decision.decided_at).label("first")).group_by(Decision.case_id).subquery()
    )
    before = (
        select(CaseComment.case_id, Report.reporter_id, Report.is_trusted, Report.received_at)
        .join(Report, Report.comment_id == CaseComment.comment_id)
        .join(decided_at, decided_at.c.case_id == CaseComment.case_id)
        .where(Report.received_at <= decided_at.c.first)
    )
    for chunk in chunks(sorted(set(case_ids))):
        for row in session.execute(before.where(CaseComment.case_id.in_(chunk))):
            found[row.case_id].append(_Reported(row.reporter_id, row.is_trusted, row.received_at))
    opened = _opened_by_reports(session, sorted(found))
    return {case_id: _notified(reports, case_id in opened) for case_id, reports in found.items()}


def _notified(reports: Collection[_Reported], opened_case: bool) -> Notified:
    source = TRUSTED_FLAGGER if any(each.is_trusted for each in reports) else OTHER_NOTIFICATION
    reporters = {each.reporter_id for each in reports}
    return Notified(source, min(each.received_at for each in reports), opened_case, len(reporters))


def _opened_by_reports(session: Session, case_ids: Collection[str]) -> frozenset[str]:
    """Cases that would not be there without reports: those of a rule that asks for nothing else."""
    of_reports: dict[tuple[str, str], bool] = {}
    found: set[str] = set()
    for chunk in chunks(sorted(case_ids)):
        for case_id, version, rule in session.execute(
            select(Case.id, Case.policy_version, Case.rule).where(Case.id.in_(chunk))
        ):
            if (version, rule) not in of_reports:
                of_reports[version, rule] = _asks_for_reports(session, version, rule)
            if of_reports[version, rule]:
                found.add(case_id)
    return frozenset(found)


def _asks_for_reports(session: Session, version: str, rule_id: str) -> bool:
    try:
        rule = stored_policy(session, version).rule(rule_id)
    except (InputError, PolicyInvalid):
        return False
    return rule is not None and rule.is_of_reports
