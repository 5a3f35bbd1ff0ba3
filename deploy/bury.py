"""Runs that a worker left behind when it was stopped or killed are told to be crashed, so that they block no others."""

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
from prefect.client.schemas.objects import StateType
from prefect.states import Crashed

ALIVE = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]


def main() -> None:
    """To be run while no worker is."""
    alive = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=ALIVE)))
    with get_client(sync_client=True) as client:
        for run in client.read_flow_runs(flow_run_filter=alive):
            client.set_flow_run_state(run.id, Crashed(message="The worker stopped before this run ended."), force=True)


if __name__ == "__main__":
    main()
