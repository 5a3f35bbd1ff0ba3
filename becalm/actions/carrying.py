"""Carrying out what is due: at least once each, and by their keys with effect once."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any

from sqlalchemy import case, update

from ..policy import Policy
from ..policy.outbox import Retries
from ..store import Action, Store
from .claiming import claim, order_of
from .connectors import DRY_RUN, Connector, DryRun, Order, Refused, TryAgain
from .planning import DEAD, DONE, FAILED, OPEN
from .releasing import release_notices

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]
Way = Callable[[str], Connector]  # the connector of a platform


@dataclass(slots=True)
class Carried:
    """How many actions were done, how many failed and are tried again, how many were given up; `rehearsed` ones of
    those done did nothing. `blocked` notices lack something."""

    done: int = 0
    rehearsed: int = 0
    failed: int = 0
    dead: int = 0
    blocked: int = 0


def carry_out(
    store: Store,
    policy: Policy,
    way: Way,
    clock: Clock,
    tell: Callable[[Action, str, dict[str, Any]], None] | None = None,
) -> Carried:
    """Everything that is due; `tell` hears of each that was done and what came of it.

    Several may do this at once. One that dies is started anew: what it had is free again when its lease has run out.
    """
    carried = Carried()
    with store.writing() as session:
        carried.blocked = release_notices(session, policy, clock())
    while actions := _claimed(store, policy, clock()):
        for action, order in actions:
            now = clock()
            if action.leased_until is not None and now >= action.leased_until:
                continue  # it took too long to come to this one; by now it is anybody's
            connector = DryRun() if action.connector == DRY_RUN else way(action.platform)
            results = _carry_out_one(store, policy, connector, action, order, now, carried)
            if results is not None and tell is not None:
                tell(action, connector.name, results)
    return carried


def wait_seconds(retries: Retries, key: str, attempts: int, after_seconds: float | None = None) -> float:
    """How long to wait after so many attempts: doubled each time up to the most, between half of that and all of it.

    The share is made from the key, so that many that failed at once don't come back at once. A platform that asks for
    longer gets it, up to a day.
    """
    most = min(retries.most_seconds, retries.first_seconds * 2.0 ** min(attempts - 1, 60))
    drawn = int.from_bytes(blake2b(f"{key}/{attempts}".encode(), digest_size=4).digest(), "big") / 2**32
    return max(most * (0.5 + drawn / 2), min(after_seconds or 0.0, 86_400.0))


def _claimed(store: Store, policy: Policy, now: datetime) -> list[tuple[Action, Order]]:
    with store.writing() as session:
        return [(action, order_of(session, action)) for action in claim(session, policy, now)]


def _carry_out_one(
    store: Store, policy: Policy, connector: Connector, action: Action, order: Order, now: datetime, carried: Carried
) -> dict[str, Any] | None:
    """What came of it, None where it failed; written down either way."""
    try:
        results = connector.carry_out(order, now)
    except Refused as error:
        carried.dead += 1
        logger.warning("outbox: %s %s was refused: %s", action.kind, action.key, error)
        _settle(store, action, DEAD, last_error=str(error), misses=Action.misses + 1, connector=connector.name)
        return None
    except TryAgain as error:
        is_last = action.attempts >= action.attempts_at_most
        carried.dead, carried.failed = carried.dead + is_last, carried.failed + (not is_last)
        wait = wait_seconds(policy.outbox.retries, action.key, action.attempts, error.after_seconds)
        _settle(
            store, action, DEAD if is_last else FAILED, last_error=str(error), connector=connector.name,
            misses=Action.misses + error.is_sure, next_at=now + timedelta(seconds=wait),
        )  # fmt: skip
        return None
    carried.done += 1
    carried.rehearsed += connector.name == DRY_RUN
    _settle(store, action, DONE, last_error=None, connector=connector.name, results=results, done_at=now)
    return results


def _settle(store: Store, action: Action, state: str, **values: Any) -> None:
    """What came of an action that is still ours; one that was called off meanwhile stays so."""
    ours = (Action.id == action.id, Action.leased_by == action.leased_by)
    kept = case((Action.state.in_(OPEN), state), else_=Action.state)
    statement = update(Action).where(*ours).values(state=kept, leased_by=None, leased_until=None, **values)
    with store.writing() as session:
        session.execute(statement.execution_options(synchronize_session=False))
