"""Opening cases: every stored comment ends in a case, or is cleared with a reason."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..actions.answers import PlannedAnswers
from ..policy import Policy, record_policy
from ..reports.telling import confirm
from ..reports.waiting import admit_waiting
from ..reports.weighing import weigh_reports
from ..responses.once import Place, count_public_answers
from ..store import Signals
from ..store.cases import lock_cases, state_of_all
from ..store.upsert import chunks
from .changes import CaseChanges, Row, compare, row_of, write
from .clearing import clear_the_rest
from .drafting import Draft, draft_cases
from .evidence import nearest_comments
from .facts import Facts, read_facts
from .heat import read_heat
from .history import read_history
from .judging import judge
from .laddering import graver_step
from .loyal import loyalty_reasons
from .priority import urgency
from .reported import report_drafts, report_reasons
from .response import Machine, ready_machine
from .service import service_reasons
from .situation import situation_of
from .strikes import stream_time
from .told import count_notices

logger = logging.getLogger(__name__)

SCORER_REASONS = 5


@dataclass(frozen=True, slots=True)
class Opened:
    """What changed: cases opened (or reopened), updated and withdrawn, and comments newly cleared."""

    opened_by_queue: dict[str, int]
    updated: int
    withdrawn: int
    cleared: int

    @property
    def opened(self) -> int:
        return sum(self.opened_by_queue.values())


def open_cases(session: Session, policy: Policy, now: datetime) -> Opened:
    """Bring the open cases to what the policy says about the store as it is.

    Everything is judged anew and only differences are written, so an unchanged store changes no row. An open case
    keeps when it was opened, when it is due and under which version. A case whose cause is gone is withdrawn, and
    opens again should the cause return. Decided and held cases are never touched: their comments count as in a case,
    and what comes after a decision is a case of its own. A case that somebody has claimed only gains comments. Raises
    `PolicyInvalid` as `record_policy` does.
    """
    record_policy(session, policy, now)
    admit_waiting(session, policy, now)
    weigh_reports(session, policy, now)
    facts = replace(read_facts(session, policy), threads=read_heat(session, policy, stream_time(session)))
    changes = _changes(session, policy, facts, now)
    write(session, changes, now)
    confirm(session, policy, now)
    cleared = clear_the_rest(session)
    opened = Opened(changes.opened_by_queue, len(changes.touched), len(changes.withdrawn), cleared)
    logger.debug(
        "cases: %d opened, %d updated, %d withdrawn, %d comments cleared",
        opened.opened, opened.updated, opened.withdrawn, opened.cleared,
    )  # fmt: skip
    return opened


def _changes(session: Session, policy: Policy, facts: Facts, now: datetime) -> CaseChanges:
    """What to write, with nobody else writing to cases from here to the end of the transaction.

    People go on working while this is reckoned. Where they changed a case meanwhile, it is reckoned again.
    """
    judged = judge(facts, policy)
    while True:
        state, history = state_of_all(session), read_history(session, policy)
        drafts = list(draft_cases(session, facts, policy, judged, history))
        drafts += report_drafts(session, policy, history, drafts, now)
        changes = compare(history, drafts, rows_of(session, policy, drafts, now), now)
        lock_cases(session)
        if state_of_all(session) == state:
            return changes


def rows_of(session: Session, policy: Policy, drafts: Sequence[Draft], now: datetime) -> dict[str, Row]:
    """What the cases of these drafts ought to say, by case id."""
    evidence = nearest_comments(session, drafts)
    scorers, service = _scorer_reasons(session, drafts), service_reasons(session, drafts)
    loyal, reported = loyalty_reasons(session, policy, drafts), report_reasons(session, drafts)
    machine = ready_machine(policy) if policy.tree else None
    answers = count_public_answers(session, planned=PlannedAnswers()) if machine else {}
    notices = count_notices(session) if machine else {}
    rows = {}
    for draft in drafts:
        urgent = urgency(draft.circumstances, policy.priority, draft.rule.title)
        told = draft.told or _of_rule(draft, scorers)
        ours = (*draft.about, *service.get(draft.id, ()), *loyal.get(draft.id, ()))
        reasons = [*(reason.as_dict() for reason in ours), *told, *(each.as_dict() for each in urgent.reasons)]
        reasons += reported.get(draft.id, [])
        contents = {"priority": urgent.priority, "reasons": reasons, "evidence": evidence[draft.id]}
        contents |= _suggestion(policy, machine, draft, reasons, answers, notices)
        rows[draft.id] = row_of(draft, policy, now, contents)
    return rows


def _suggestion(
    policy: Policy,
    machine: Machine | None,
    draft: Draft,
    reasons: Sequence[Mapping[str, Any]],
    answers: Mapping[Place, int],
    notices: Mapping[int, int],
) -> Row:
    """Where the machine comes to on the response tree; else, and for what is only reported, what the rule says. The
    ladder may say something graver.
    """
    situation = situation_of(policy, draft.rule.id, draft.kind, draft.comments, reasons, answers, notices, draft.upheld)
    arrived = machine.arrive(situation) if machine and not draft.rule.is_of_reports else None
    step = arrived or draft.rule
    graver = graver_step(policy, draft.rule, step.action, draft.upheld) or step
    return {"suggested_action": graver.action, "suggested_template": graver.template}


def _scorer_reasons(session: Session, drafts: Sequence[Draft]) -> dict[int, list[dict[str, Any]]]:
    """What the scorers said about the clearest comment of each case."""
    wanted = sorted({draft.clearest.id for draft in drafts if draft.clearest})
    reasons: dict[int, list[dict[str, Any]]] = {}
    for chunk in chunks(wanted):
        rows = session.execute(select(Signals.comment_id, Signals.reasons).where(Signals.comment_id.in_(chunk)))
        reasons.update(rows.all())
    return reasons


def _of_rule(draft: Draft, scorers: Mapping[int, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    if draft.clearest is None:
        return []
    said = scorers.get(draft.clearest.id, [])
    return [reason for reason in said if reason["signal"] in draft.rule.when][:SCORER_REASONS]
