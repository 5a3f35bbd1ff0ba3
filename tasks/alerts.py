"""Comments with words of an alert list, told to its owner."""

from datetime import UTC, datetime

from becalm.alerts import Told, note_alerts, tell
from becalm.alerts.message import Places
from becalm.policy import load_policy
from becalm.runs import Counts
from becalm.settings import Settings
from becalm.store import Store
from becalm.store.marks import is_made_from, mark_made_from
from tasks.judged import judged_from
from tasks.stage import stage

STAGE = "alerts"


@stage(STAGE, timeout_seconds=1800)
def send_alerts(settings: Settings) -> Counts:
    """One message a list and address of what is new or still waits; an address that fails does not fail the run."""
    policy = load_policy(settings.policy)
    now = datetime.now(UTC)
    noted = 0
    with Store.open(settings.store_url) as store:
        with store.writing() as session:
            inputs = judged_from(session, policy)
            if not is_made_from(session, STAGE, inputs):
                noted = note_alerts(session, policy, now)
                mark_made_from(session, STAGE, inputs)
        told = tell(store, policy, settings.alert_urls, Places(settings.published, settings.case_link), now)
    return {"alerts noted": noted, **_counts(told)}


def _counts(told: Told) -> Counts:
    return {"alert messages": told.messages, "failed alert messages": told.failures, "alerts waiting": told.waiting}
