"""A desk at which people and machines decide, and the statements of what they decided."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from becalm.cases.machine import decide_alone
from becalm.cases.measures import Kind, take_measure
from becalm.policy import SHIPPED, Policy, load_policy, record_policy
from becalm.statements.checking import note_checks
from becalm.statements.making import Made, make_statements
from becalm.store import (
    Account,
    Batch,
    Case,
    CaseComment,
    Comment,
    RawRow,
    Statement,
    Store,
    Text,
    Thread,
    stable_id,
)  # fmt: skip
from becalm.store.upsert import add, add_missing
from expectations.run import Quality
from expectations.statement_rows import statements_to_check
from expectations.statements import check_statements

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Desk:
    """Cases and what is done to them; `now` moves only when it is told to."""

    def __init__(self, store: Store, policy: Policy) -> None:
        self.store, self.policy, self.now = store, policy, START + timedelta(days=1)
        with store.writing() as session:
            record_policy(session, policy, START)
            add(session, Batch, [
                {"id": 1, "run_id": "r", "source": "x", "first_line": 1, "rows": 0, "collected_at": START}
            ])  # fmt: skip

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    def comment(self, text: str, by: str = "ann", at: datetime = START, language: str | None = None) -> int:
        """A comment, known by its text; whoever wrote it was warned once, so that they may be suspended."""
        name, ids = stable_id(text, by), {"account": stable_id("video", by), "thread": stable_id("video", "t")}
        with self.store.writing() as session:
            add_missing(session, Account, [
                {"id": ids["account"], "platform": "video", "author_id": by, "name": by, "is_brand": False}
            ])  # fmt: skip
            add_missing(session, Thread, [
                {"id": ids["thread"], "platform": "video", "thread_id": "t", "channel": "main", "title": "", "text": "",
                 "published_at": START}
            ])  # fmt: skip
            add_missing(session, Text, [{"id": stable_id(text), "normalised": text, "script": "Latin"}])
            add_missing(session, RawRow, [{"id": name, "batch_id": 1, "line": 1, "payload": "{}"}])
            add(session, Comment, [
                {"id": name, "platform": "video", "comment_id": str(name), "channel": "main",
                 "thread_id": ids["thread"], "account_id": ids["account"], "text_id": stable_id(text),
                 "raw_row_id": name, "text": text, "published_at": at, "parent_id": None, "language": language,
                 "likes": None, "rating": None, "is_brand": False, "raw": {}}
            ])  # fmt: skip
            take_measure(session, f"video:{by}", Kind.WARN, START, "lead-1")
        return name

    def case(
        self, rule_id: str, comments: Sequence[int] = (), subject: str = "s", reasons: Sequence[dict[str, Any]] = (),
    ) -> str:  # fmt: skip
        """An open case under the rule, as a run would have opened it."""
        rule = self.policy.rule(rule_id)
        case_id = f"k{stable_id(rule_id, subject):x}"
        comments = comments or [self.comment(f"{rule_id} {subject}")]
        with self.store.writing() as session:
            add(session, Case, [
                {"id": case_id, "queue": rule.queue, "kind": rule.applies_to.value, "subject": subject,
                 "rule": rule_id, "policy_version": self.policy.version, "priority": 0.5, "reasons": list(reasons),
                 "opened_at": START, "due_at": START + timedelta(hours=4), "suggested_action": rule.action,
                 "suggested_template": rule.template, "evidence": []}
            ])  # fmt: skip
            add(session, CaseComment, [{"case_id": case_id, "comment_id": each} for each in comments])
        return case_id

    def do(self, verb: Callable[..., Any], case_id: str, by: str, **said: Any) -> Any:
        """The verb in a transaction of its own."""
        with self.store.writing() as session:
            return verb(session, self.policy, case_id, by=by, now=self.now, **said)

    def machine(self, case_id: str, ruling: Any) -> Any:
        with self.store.writing() as session:
            return decide_alone(session, self.policy, case_id, ruling, self.now)

    def make(self, **more: Any) -> Made:
        with self.store.writing() as session:
            return make_statements(session, self.policy, self.now, **more)

    def check(self, **more: Any) -> Quality | None:
        """What the suite says of what is not good yet, written down as a run does."""
        with self.store.writing() as session:
            rows = statements_to_check(session, **more)
            if not rows:
                return None
            quality = check_statements(rows)
            failures = {
                row.puid: [failure.as_dict() for failure in quality.bad.get(index, ())]
                for index, row in enumerate(rows)
            }
            note_checks(session, failures)
            return quality

    def statements(self) -> list[Statement]:
        with self.store.reading() as session:
            return list(session.scalars(select(Statement).order_by(Statement.seq)))

    def statement(self) -> Statement:
        (only,) = self.statements()
        return only


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path / 'becalm.db'}") as opened:
        yield opened


@pytest.fixture(scope="session")
def policy() -> Policy:
    return load_policy()


@pytest.fixture(scope="session")
def lenient(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    """Abuse takes two people, and machines may remove single spam alone."""
    text = SHIPPED.read_text("utf-8")
    changes = {
        'version: "2"': 'version: "lenient"',
        "    strike: {weight: 1.0, days: 120}": "    strike: {weight: 1.0, days: 120}\n    second_person: true",
        "    severity: 0.45\n": "    severity: 0.45\n    machine_may_act: true\n    machine_daily_limit: 9\n",
    }
    for old, new in changes.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = tmp_path_factory.mktemp("policy") / "policy.yaml"
    path.write_text(text, "utf-8")
    return load_policy(path)


@pytest.fixture
def desk(store: Store, lenient: Policy) -> Desk:
    return Desk(store, lenient)


@pytest.fixture
def shipped_desk(store: Store, policy: Policy) -> Desk:
    return Desk(store, policy)


@pytest.fixture(scope="session")
def new_desk() -> type[Desk]:
    return Desk
