"""How long it takes to get the next case while very many are open: `python -m benchmarks.next_case [CASES]`."""

import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

from becalm.cases.claims import release
from becalm.cases.next import claim_next
from becalm.policy import Policy, load_policy, record_policy
from becalm.store import Case, Store
from becalm.store.upsert import add

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LANGUAGES = (None, "en", "de", "es")
CLAIMS = 500


def measure(cases: int) -> dict[str, float]:
    """Milliseconds of a claim with its commit, by three people in turn, of whom one goes by queue.

    Half of the cases are past their due time; rules, languages and priorities are at random (seed 1).
    """
    policy = load_policy()
    with tempfile.TemporaryDirectory() as folder, Store.open(f"sqlite:///{Path(folder) / 'becalm.db'}") as store:
        with store.writing() as session:
            record_policy(session, policy, NOW)
            add(session, Case, list(_cases(policy, cases)))
        asks = [("moderator-1", None), ("care-1", ["care"]), ("lead-1", None)]
        taken = [_claim(store, policy, *asks[number % 3], at=number) for number in range(CLAIMS)]
    return {"cases": cases, "median_ms": median(taken), "p95_ms": quantiles(taken, n=20)[-1], "worst_ms": max(taken)}


def _claim(store: Store, policy: Policy, by: str, queues: list[str] | None, at: int) -> float:
    now = NOW + timedelta(seconds=at)
    start = time.perf_counter()
    with store.writing() as session:
        case = claim_next(session, policy, by, now, queues)
    took = time.perf_counter() - start
    assert case is not None
    if at % 5 == 0:
        with store.writing() as session:
            release(session, policy, case.id, by, now)
    return took * 1000


def _cases(policy: Policy, cases: int) -> Iterator[dict[str, Any]]:
    random = Random(1)
    for number in range(cases):
        rule = random.choice(policy.rules)
        hours = policy.queues[rule.queue].service_hours
        opened = NOW - timedelta(hours=2 * hours * random.random())
        yield {
            "id": f"k{number:012x}", "queue": rule.queue, "kind": "comment", "subject": f"clipshare/c{number}",
            "rule": rule.id, "policy_version": policy.version, "priority": round(random.random(), 2), "reasons": [],
            "opened_at": opened, "due_at": opened + timedelta(hours=hours), "suggested_action": rule.action,
            "suggested_template": rule.template, "evidence": [], "language": random.choice(LANGUAGES),
        }  # fmt: skip


if __name__ == "__main__":
    for name, value in measure(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000).items():
        print(f"{name:10} {value:,.2f}")
