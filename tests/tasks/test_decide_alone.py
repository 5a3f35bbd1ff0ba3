"""The stage `decide alone`: a machine acts where the policy lets it, so often a day, and leaves the rest to people."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from becalm.cases.claims import claim
from becalm.policy import load_policy
from becalm.store import Case, CaseComment, Decision, Signals, Store
from tasks.decide_alone import decide_cases_alone

LIMIT = 3


@pytest.fixture
def lenient(tmp_path: Path) -> Path:
    """Abuse is a machine's, three times a day."""
    policy = tmp_path / "policy.yaml"
    rule = f"{{id: abuse, machine_may_act: true, machine_daily_limit: {LIMIT}}}"
    policy.write_text(f"extends: shipped\nversion: ours\nrules:\n  - {rule}\n")
    return policy


def rude(home: Any) -> list[str]:
    """Open cases of abuse, the most urgent first."""
    urgent = (Case.priority.desc(), Case.due_at, Case.id)
    return [
        row.id
        for row in home.ask(
            select(Case.id).where(Case.rule == "abuse", Case.state == "open").order_by(*urgent)
        )
    ]  # fmt: skip


def decided(home: Any) -> list[tuple[str, str, bool, str]]:
    columns = (Decision.case_id, Decision.by, Decision.is_machine, Decision.action)
    return [tuple(row) for row in home.ask(select(*columns).order_by(Decision.seq))]


def test_the_shipped_policy_leaves_everything_to_people(moderated: Any) -> None:
    assert decide_cases_alone.fn(moderated.settings).counts == {}
    assert decided(moderated) == []


def test_the_most_urgent_are_decided_as_the_rule_says_and_no_more_than_the_day_allows(
    moderated: Any, lenient: Path
) -> None:
    waiting, home = rude(moderated), moderated.changed(policy=lenient)
    assert len(waiting) > LIMIT
    assert home.moderate()["decided alone"] == LIMIT
    assert decided(home) == [(case_id, "machine", True, "hide") for case_id in waiting[:LIMIT]]
    assert {line["case_id"] for line in home.published("queues/moderation")}.isdisjoint(waiting[:LIMIT])
    home.moderate()
    assert len(decided(home)) == LIMIT


def test_what_somebody_has_and_what_a_customer_may_have_written_is_left_to_people(
    moderated: Any, lenient: Path
) -> None:
    first, second, third, *_ = rude(moderated)
    with Store.open(moderated.settings.store_url) as store, store.writing() as session:
        claim(session, load_policy(), first, "moderator-1", datetime.now(UTC))
        of_second = select(CaseComment.comment_id).where(CaseComment.case_id == second)
        session.execute(update(Signals).where(Signals.comment_id.in_(of_second)).values(complaint=0.6))
    decide_cases_alone.fn(moderated.changed(policy=lenient).settings)
    alone = [case_id for case_id, *_ in decided(moderated)]
    assert alone[0] == third
    assert {first, second}.isdisjoint(alone)
