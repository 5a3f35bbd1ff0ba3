"""Cases by the policy's rules, and the check that they hold together."""

from datetime import UTC, datetime

from becalm.cases import check_conservation, open_cases
from becalm.policy import Policy, load_policy
from becalm.runs import Counts
from becalm.settings import Settings
from becalm.store import Store
from becalm.store.marks import is_made_from, mark_made_from
from expectations.cases import CasePolicy, cases_to_check
from expectations.cases import check_cases as check
from tasks.checks import keep_quality
from tasks.judged import cases_from
from tasks.stage import stage

OPENING, CHECKING = "open cases", "check cases"


@stage(OPENING, timeout_seconds=3600)
def open_policy_cases(settings: Settings) -> Counts:
    """The open cases as the policy wants them for the store as it is."""
    policy = load_policy(settings.policy)
    with Store.open(settings.store_url) as store, store.writing() as session:
        inputs = cases_from(session, policy)
        if is_made_from(session, OPENING, inputs):
            return {"opened": 0}
        opened = open_cases(session, policy, datetime.now(UTC))
        mark_made_from(session, OPENING, inputs)
    return {
        "opened": opened.opened, "updated": opened.updated, "withdrawn": opened.withdrawn, "cleared": opened.cleared,
    }  # fmt: skip


@stage(CHECKING, timeout_seconds=3600)
def check_cases(settings: Settings) -> Counts:
    """The suite `cases`, and that every comment ended in a case or was cleared.

    Raises `CheckFailed` or `CountsDiffer`; then nothing is published.
    """
    policy = load_policy(settings.policy)
    with Store.open(settings.store_url) as store, store.writing() as session:
        inputs = cases_from(session, policy)
        if is_made_from(session, CHECKING, inputs):
            return {"cases checked": 0}
        quality = check(cases_to_check(session), case_policy(policy))
        conserved = check_conservation(session)
        keep_quality(settings, quality, "cases")
        mark_made_from(session, CHECKING, inputs)
    return {"cases checked": quality.rows, "comments": conserved.comments}


def case_policy(policy: Policy) -> CasePolicy:
    return CasePolicy(
        version=policy.version,
        rules=frozenset(rule.id for rule in policy.rules),
        queues=frozenset(policy.queues),
        templates=frozenset(template.id for template in policy.templates),
        longest_wait_days=max(queue.service_hours for queue in policy.queues.values()) / 24 + 1,
    )
