"""What the policy lets a machine decide by itself."""

from datetime import UTC, datetime

from becalm.cases.machine import decide_alone, for_machine
from becalm.errors import CaseConflict, CaseRefused
from becalm.policy import load_policy
from becalm.responses.once import SaidInPublic
from becalm.runs import Counts
from becalm.settings import Settings
from becalm.store import Store
from tasks.stage import stage


@stage("decide alone", timeout_seconds=3600)
def decide_cases_alone(settings: Settings) -> Counts:
    """Cases under rules with `machine_may_act`, each in a transaction of its own; what anything speaks against is left
    to people.
    """
    policy, decided = load_policy(settings.policy), 0
    with Store.open(settings.store_url) as store:
        with store.reading() as session:
            waiting = for_machine(session, policy, datetime.now(UTC))
        for case_id, ruling in waiting:
            try:
                with store.writing() as session:
                    decide_alone(session, policy, case_id, ruling, datetime.now(UTC))
            except (CaseConflict, CaseRefused, SaidInPublic):
                continue
            decided += 1
    return {"decided alone": decided} if waiting else {}
