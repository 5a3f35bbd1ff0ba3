"""A stage: a Prefect task that asks the store what is left to do, does it, and says how much it was."""

from collections.abc import Callable
from functools import wraps
from time import perf_counter
from typing import Concatenate, ParamSpec

from prefect import Task, task
from prefect.cache_policies import NO_CACHE

from becalm.errors import DiskFull, StoreUnusable
from becalm.runs import Counts, StageDone
from becalm.settings import Settings

P = ParamSpec("P")
Work = Callable[Concatenate[Settings, P], Counts]

# A database locked by a backup, a full disk that somebody clears: worth a second try a little later.
RETRIES = 2
RETRY_SECONDS = [2, 10]


def stage(name: str, *, timeout_seconds: float | None = None) -> Callable[[Work[P]], Task[..., StageDone]]:
    """Make a task of a function that returns its counts.

    Every stage can be run again at any time: what it has done is marked in the same transaction as the result.
    Prefect's own cache stays out of it, for only the store knows what is new.
    """

    def decorate(work: Work[P]) -> Task[..., StageDone]:
        @wraps(work)
        def timed(settings: Settings, *args: P.args, **kwargs: P.kwargs) -> StageDone:
            started = perf_counter()
            counts = work(settings, *args, **kwargs)
            return StageDone(name, perf_counter() - started, counts)

        return task(
            name=name,
            retries=RETRIES,
            retry_delay_seconds=RETRY_SECONDS,
            retry_condition_fn=is_worth_retrying,
            timeout_seconds=timeout_seconds,
            cache_policy=NO_CACHE,
            persist_result=False,
        )(timed)

    return decorate


def is_worth_retrying(_task: object, _run: object, state: object) -> bool:
    """Effects may go better the next time; input that can't be used won't, nor will a failed check."""
    failure = getattr(getattr(state, "data", None), "exception", None) or getattr(state, "data", None)
    return isinstance(failure, StoreUnusable | DiskFull | OSError | TimeoutError)
