"""How long a replay takes on very many decided comments: `python -m benchmarks.replay [COMMENTS]`."""

import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from becalm.cases.drafting import case_id
from becalm.decisions import Decided, append
from becalm.policy import AppliesTo, Policy, Rule, load_policy, record_policy
from becalm.replay import replay_policy
from becalm.review.period import covering_period
from becalm.store import Account, Batch, Case, CaseComment, Comment, RawRow, Signals, Store, Text, Thread, stable_id
from becalm.store.upsert import add

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAYS = 60
SIGNALS = ("spam", "abuse", "off_topic", "complaint", "praise", "sentiment")
Row = dict[str, Any]


def measure(comments: int) -> dict[str, float]:
    """Seconds of a replay over `comments` comments of 60 days, each in a case of its own that a person decided.

    Rules, signals, channels and outcomes are at random (seed 1); three of four cases are upheld. The draft asks for
    more where the policy before asked for abuse, spam and complaints.
    """
    policy = load_policy()
    with tempfile.TemporaryDirectory() as folder, Store.open(f"sqlite:///{Path(folder) / 'becalm.db'}") as store:
        fill(store, policy, comments)
        draft = policy.model_copy(update={"version": "draft", "thresholds": _stricter(policy)})
        start, worked = time.perf_counter(), time.process_time()
        with store.reading() as session:
            found = replay_policy(session, draft, policy, covering_period(session))
        seconds, worked = time.perf_counter() - start, time.process_time() - worked
    assert found.agreement.decided == comments
    return {"comments": comments, "seconds": seconds, "cpu_seconds": worked}


def fill(store: Store, policy: Policy, comments: int) -> None:
    """Comments with their signals, cases and decisions in the log."""
    random = Random(1)
    rules = [rule for rule in policy.rules_for(AppliesTo.COMMENT) if "keywords" not in rule.when]
    with store.writing() as session:
        record_policy(session, policy, NOW)
        add(session, Batch, [{"id": 1, "run_id": "r", "source": "x", "first_line": 1, "rows": comments,
                              "collected_at": NOW}])  # fmt: skip
        _surroundings(session, comments)
        rows = [_comment(number, random) for number in range(comments)]
        add(session, RawRow, [{"id": n, "batch_id": 1, "line": n, "payload": "{}"} for n in range(1, comments + 1)])
        add(session, Comment, rows)
        met = [random.choice(rules) for _ in rows]
        add(session, Signals, [_signals(row, rule, policy, random) for row, rule in zip(rows, met, strict=True)])
        cases = [_case(row, rule, policy, random) for row, rule in zip(rows, met, strict=True)]
        add(session, Case, cases)
        members = zip(cases, rows, strict=True)
        add(session, CaseComment, [{"case_id": case["id"], "comment_id": row["id"]} for case, row in members])
        for case, row in zip(cases, rows, strict=True):
            append(session, _decided(case, row, policy, random))


def _stricter(policy: Policy) -> dict[str, float]:
    return policy.thresholds | {"abuse": 0.8, "spam": 0.85, "complaint": 0.8}


def _surroundings(session: Session, comments: int) -> None:
    accounts = [f"a{number}" for number in range(comments // 3 + 1)]
    threads = [f"t{number}" for number in range(comments // 50 + 1)]
    add(session, Account, [
        {"id": stable_id("clipshare", name), "platform": "clipshare", "author_id": name, "name": name,
         "is_brand": False} for name in accounts
    ])  # fmt: skip
    add(session, Thread, [
        {"id": stable_id("clipshare", name), "platform": "clipshare", "thread_id": name, "channel": "main",
         "title": name, "text": "", "published_at": NOW - timedelta(days=DAYS)} for name in threads
    ])  # fmt: skip
    add(session, Text, [
        {"id": stable_id(f"text {number}"), "normalised": f"text {number}", "script": "Latin"}
        for number in range(comments)
    ])  # fmt: skip


def _comment(number: int, random: Random) -> Row:
    account, thread = f"a{number // 3}", f"t{number // 50}"
    return {
        "id": stable_id("clipshare", f"c{number}"), "platform": "clipshare", "comment_id": f"c{number}",
        "channel": f"page {number % 7}", "thread_id": stable_id("clipshare", thread),
        "account_id": stable_id("clipshare", account), "text_id": stable_id(f"text {number}"),
        "raw_row_id": number + 1, "text": f"text {number}", "parent_id": None,
        "language": random.choice((None, "en", "de")), "likes": None, "raw": {}, "rating": None, "is_brand": False,
        "published_at": NOW - timedelta(days=DAYS * random.random()),
    }  # fmt: skip


def _signals(row: Row, rule: Rule, policy: Policy, random: Random) -> Row:
    scores = {name: round(random.random() * 0.4, 2) for name in SIGNALS}
    for name, condition in rule.when.items():
        if name in scores and condition.at_least is not None:
            low = policy.number(condition.at_least)
            scores[name] = round(low + (1 - low) * random.random(), 3)
    private = [{"kind": "phone number", "whose": "own" if rule.id.startswith("own") else "another's"}]
    return {
        "comment_id": row["id"], "scored_text_id": row["text_id"], "scorer": "bench", "reasons": [], "keywords": [],
        "private_data": private if "private_data_of" in rule.when else [],
        "praised": ["tea"] if rule.id == "praise" else [], **scores,
    }  # fmt: skip


def _case(row: Row, rule: Rule, policy: Policy, random: Random) -> Row:
    subject, opened = f"clipshare/{row['comment_id']}", row["published_at"] + timedelta(hours=1)
    return {
        "id": case_id(rule.id, "comment", subject), "queue": rule.queue, "kind": "comment", "subject": subject,
        "rule": rule.id, "policy_version": policy.version, "priority": round(random.random(), 2), "reasons": [],
        "opened_at": opened, "due_at": opened + timedelta(hours=12), "suggested_action": rule.action,
        "suggested_template": rule.template, "evidence": [], "language": row["language"], "state": "decided",
        "decided_at": opened + timedelta(hours=5),
    }  # fmt: skip


def _decided(case: Row, row: Row, policy: Policy, random: Random) -> Decided:
    return Decided(
        case_id=case["id"], kind="decision", by="moderator-1", is_machine=False, rule=case["rule"],
        policy_version=policy.version, action=case["suggested_action"],
        outcome="upheld" if random.random() < 0.75 else "dismissed", decided_at=case["decided_at"],
        subjects={"comments": [row["id"]], "accounts": [row["account_id"]]},
    )  # fmt: skip


def report(comments: int) -> Iterator[str]:
    for name, value in measure(comments).items():
        yield f"{name:11} {value:,.2f}"


if __name__ == "__main__":
    for line in report(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000):
        print(line)
