"""Actions and notices on their way to the platforms."""

from datetime import UTC, datetime

from becalm.actions.carrying import carry_out
from becalm.actions.connectors import connectors_of
from becalm.actions.listing import counts_of
from becalm.notices.listing import notice_counts
from becalm.policy import load_policy
from becalm.runs import Counts
from becalm.settings import Settings
from becalm.store import Store
from tasks.stage import stage


@stage("carry out", timeout_seconds=3600)
def carry_out_actions(settings: Settings) -> Counts:
    """What is due, by the connectors of the settings: without any nothing leaves this machine."""
    policy = load_policy(settings.policy)
    with Store.open(settings.store_url) as store:
        way = connectors_of(settings.connectors, settings.home)
        carried = carry_out(store, policy, way, lambda: datetime.now(UTC))
        with store.reading() as session:
            stand: Counts = {"outbox": counts_of(session), "notices": notice_counts(session)}
    return stand | {
        "actions done": carried.done,
        "actions rehearsed": carried.rehearsed,
        "actions failed": carried.failed,
        "actions given up": carried.dead,
    }
