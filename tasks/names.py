"""What runs are called in Prefect's lists."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from prefect.runtime import flow_run


def run_name(*parameters: str) -> Callable[[], str]:
    """The flow's name, its path `parameters` as far as given, and the minute in UTC: `review shop 2026-03-01 06:00`."""

    def name() -> str:
        given = [Path(path).name for path in map(flow_run.parameters.get, parameters) if path]
        return " ".join([flow_run.flow_name, *given, f"{datetime.now(UTC):%Y-%m-%d %H:%M}"])

    return name
