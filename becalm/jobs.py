"""The jobs that the command line can start without knowing how they are made.

The core must not import flows, so what runs on Prefect is found by its entry point (group `becalm.jobs`).
"""

from collections.abc import Callable
from importlib.metadata import entry_points
from typing import Any

from .errors import BecalmError

Job = Callable[..., Any]


def job(name: str) -> Job:
    """The callable behind a job's name.

    Raises `BecalmError` where becalm is not installed, only lying on the path.
    """
    found = entry_points(group="becalm.jobs", name=name)
    if not found:
        raise BecalmError(f"job `{name}` is not installed; run `make install`, or `pip install` becalm anew")
    loaded: Job = next(iter(found)).load()
    return loaded
