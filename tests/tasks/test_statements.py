"""The stage `statements`: what was decided between two runs is stated and published by the next one."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, update

from becalm.cases.deciding import Ruling, decide
from becalm.cases.reversing import reverse
from becalm.policy import load_policy
from becalm.store import Case, Statement, Store
from tasks.statements import publish_statements

ONE = "moderator-1"


def decide_some(home: Any, count: int) -> list[str]:
    ids = home.ask(select(Case.id).where(Case.rule.in_(("single-spam", "abuse")), Case.state == "open").limit(count))
    with Store.open(home.settings.store_url) as store, store.writing() as session:
        return [
            decide(session, load_policy(), case_id, Ruling("hide"), ONE, datetime.now(UTC)).decision.id
            for (case_id,) in ids
        ]


def test_a_store_without_decisions_has_an_empty_file(moderated: Any) -> None:
    assert moderated.published("statements") == []


def test_decisions_are_stated_once_and_published(moderated: Any) -> None:
    decided = decide_some(moderated, 3)
    counts = moderated.moderate()
    assert (counts["statements made"], counts["statements published"], counts["statements held back"]) == (3, 3, 0)
    assert [line["puid"] for line in moderated.published("statements")] == decided
    tables, files = moderated.tables(), moderated.files()
    assert moderated.moderate()["statements made"] == 0
    assert (moderated.tables(), moderated.files()) == (tables, files)


def test_a_reversal_shows_in_the_file_as_an_end(moderated: Any) -> None:
    decide_some(moderated, 1)
    publish_statements.fn(moderated.settings)
    with Store.open(moderated.settings.store_url) as store, store.writing() as session:
        case_id = session.scalars(select(Statement.case_id)).one()
        reverse(session, load_policy(), case_id, "lead-1", datetime.now(UTC), "it was a joke")
    counts = publish_statements.fn(moderated.settings).counts
    assert (counts["statements made"], counts["statements changed"]) == (0, 1)
    (line,) = moderated.published("statements")
    assert line["end_date_visibility_restriction"] >= line["application_date"]


def test_a_bad_one_is_held_back_and_the_run_goes_on(moderated: Any) -> None:
    decide_some(moderated, 3)
    publish_statements.fn(moderated.settings)
    with Store.open(moderated.settings.store_url) as store, store.writing() as session:
        first = session.scalars(select(Statement).order_by(Statement.seq)).first()
        fields = {**first.fields, "decision_facts": "Ask ann@mail.example."}
        session.execute(update(Statement).where(Statement.puid == first.puid).values(fields=fields, state="unchecked"))
    decide_some(moderated, 1)
    counts = publish_statements.fn(moderated.settings).counts
    assert (counts["statements held back"], counts["statements published"]) == (1, 3)
    assert "ann@mail.example" not in (moderated.settings.published / "statements.jsonl").read_text("utf-8")
    kept = json.loads((moderated.settings.data_docs / "results" / "statements.json").read_text("utf-8"))
    assert kept["failed"] == {"no text holds private data": 1}


def test_a_file_that_somebody_took_away_comes_back(moderated: Any) -> None:
    decide_some(moderated, 2)
    publish_statements.fn(moderated.settings)
    (moderated.settings.published / "statements.jsonl").unlink()
    publish_statements.fn(moderated.settings)
    assert len(moderated.published("statements")) == 2


def test_a_death_before_the_commit_leaves_nothing_half_stated(moderated: Any, monkeypatch: Any) -> None:
    decide_some(moderated, 2)
    before = moderated.files()

    def dies(*_: Any) -> None:
        raise OSError("gone")

    monkeypatch.setattr("tasks.stated.note_checks", dies)
    try:
        publish_statements.fn(moderated.settings)
    except OSError:
        assert moderated.ask(select(Statement.puid)) == []
    assert moderated.files() == before
    monkeypatch.undo()
    assert publish_statements.fn(moderated.settings).counts["statements published"] == 2
