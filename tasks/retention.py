"""Nothing is kept longer than the policy says."""

from datetime import UTC, datetime

from prefect.artifacts import create_table_artifact
from prefect.context import FlowRunContext

from becalm.erasure.retention import keep_to_policy
from becalm.policy import load_policy
from becalm.policy.retention import KEPT
from becalm.runs import Counts
from becalm.settings import Settings
from becalm.store import Store
from tasks.rule import texts_to_rule_on
from tasks.stage import stage


@stage("retention", timeout_seconds=6 * 3600)
def keep_no_longer(settings: Settings) -> Counts:
    """Rows and files that are due, erased or pseudonymised as the policy says; a run that dies is run again."""
    policy = load_policy(settings.policy)
    with Store.open(settings.store_url) as store:
        done = keep_to_policy(store, settings, policy, datetime.now(UTC), texts_to_rule_on)
    if FlowRunContext.get() is not None:
        rows = [
            {"what": KEPT[name], "kept for days": keeping.days, "then": keeping.then, "now": done.get(name, 0)}
            for name, keeping in policy.retention.items()
        ]
        create_table_artifact(rows, key="retention", description="What was kept long enough")
    return {f"{name} no longer kept": count for name, count in done.items()}
