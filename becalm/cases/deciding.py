"""Deciding a case: final at once, or held for a second person where the rule says so."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from ..appeals.answering import outcome_of_answer
from ..decisions import Decided, decisions_of, force_of
from ..errors import CaseRefused
from ..policy import Policy, Rule, record_policy
from ..policy.nearest import nearest
from ..store.cases import APPEAL
from .settling import Settled, settle
from .staff import require_free, require_right, require_state
from .standing import Standing, standing
from .warned import require_warned

UPHELD, DISMISSED = "upheld", "dismissed"
OUTCOMES = (UPHELD, DISMISSED)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What somebody decides: what is done, and whether the rule was met (upheld) or not (dismissed).

    Without `rule` it is that of the case. `template` and `language` say what text goes with the action.
    """

    action: str
    outcome: str = UPHELD
    rule: str | None = None
    template: str | None = None
    language: str | None = None
    note: str = ""


def decide(
    session: Session, policy: Policy, case_id: str, ruling: Ruling, by: str, now: datetime,
    expected_version: int | None = None,
) -> Settled:  # fmt: skip
    """The decision on an open case, or a newer one in the place of what is held.

    Raises `CaseConflict` when somebody else has the case or it changed, and `CaseRefused` when it is not theirs to
    decide, the policy does not know what they rule, or it would suspend somebody who was never warned.
    """
    case = standing(session, case_id, expected_version)
    require_right(policy, by, case, ruling.rule)
    require_state(session, case, "open", "held")
    require_free(session, case, by, now)
    return _settle(session, policy, case, ruling, by, now)


def override(
    session: Session, policy: Policy, case_id: str, ruling: Ruling, by: str, now: datetime,
    expected_version: int | None = None,
) -> Settled:  # fmt: skip
    """Another decision on a decided or closed case; it names the one whose place it takes, and needs a note.

    Where the rule wants a second person, the older decision stays in force until that person agrees.
    """
    case = standing(session, case_id, expected_version)
    require_right(policy, by, case, ruling.rule)
    require_state(session, case, "decided", "closed")
    require_not_merged(case)
    require_note(case, ruling.note)
    return _settle(session, policy, case, ruling, by, now)


def needs_second(policy: Policy, *rule_ids: str) -> bool:
    """Whether any of these rules wants a second person."""
    return any(rule.second_person for each in rule_ids if (rule := policy.rule(each)))


def require_note(case: Standing, note: str) -> None:
    if not note.strip():
        raise CaseRefused(case.id, "say why, in a note")


def require_not_merged(case: Standing) -> None:
    if case.merged_into:
        raise CaseRefused(case.id, f"it was merged into {case.merged_into}: go there")


def known_rule(policy: Policy, case: Standing, ruling: Ruling) -> Rule:
    """The rule that is decided under; raises `CaseRefused` for what the policy does not know."""
    name = ruling.rule or case.rule
    rule = policy.rule(name)
    if rule is None:
        raise CaseRefused(case.id, f"there is no rule `{name}`{nearest(name, [each.id for each in policy.rules])}")
    if ruling.action not in policy.actions:
        raise CaseRefused(case.id, f"there is no action `{ruling.action}`{nearest(ruling.action, policy.actions)}")
    if ruling.outcome not in OUTCOMES:
        raise CaseRefused(case.id, f"the outcome is {' or '.join(OUTCOMES)}, not `{ruling.outcome}`")
    template = policy.template(ruling.template) if ruling.template else None
    if ruling.template and template is None:
        names = {each.id for each in policy.templates}
        raise CaseRefused(case.id, f"there is no template `{ruling.template}`{nearest(ruling.template, names)}")
    if template and ruling.action not in template.actions:
        raise CaseRefused(case.id, f"`{template.id}` is for {', '.join(template.actions)}, not for {ruling.action}")
    return rule


def _settle(session: Session, policy: Policy, case: Standing, ruling: Ruling, by: str, now: datetime) -> Settled:
    if case.kind == APPEAL:
        ruling = replace(ruling, outcome=outcome_of_answer(case.id, ruling.action, ruling.note), rule=case.rule)
    rule, force = known_rule(policy, case, ruling), force_of(decisions_of(session, case.id))
    require_warned(session, policy, case.id, rule.id, ruling.action, ruling.outcome, now)
    replaced = force.pending or force.in_force
    record_policy(session, policy, now)
    decided = Decided(
        case_id=case.id,
        kind="proposal" if needs_second(policy, case.rule, rule.id) else "decision",
        by=by,
        is_machine=False,
        rule=rule.id,
        policy_version=policy.version,
        action=ruling.action,
        outcome=ruling.outcome,
        decided_at=now,
        template=ruling.template,
        language=ruling.language,
        note=ruling.note,
        overrides=replaced.id if replaced else None,
    )
    return settle(session, policy, case, decided, now)
