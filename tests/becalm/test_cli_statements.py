"""`becalm statements` as its user types it, with the job that checks run as it is."""

import csv
import io
from datetime import UTC, datetime, timedelta

import orjson
import pytest
from click.testing import CliRunner
from sqlalchemy import update

from becalm import cli
from becalm.errors import BecalmError, InputError
from becalm.policy import load_policy, record_policy
from becalm.store import Case, CaseComment, Statement, Store
from becalm.store.upsert import add
from tasks.stated import state_reasons

NOW = datetime.now(UTC) - timedelta(hours=1)


@pytest.fixture
def home(tmp_path, add_comments, monkeypatch):
    monkeypatch.setattr("becalm.jobs.job", {"statements": state_reasons}.get)
    home = tmp_path / "home"
    with Store.open(f"sqlite:///{home / 'becalm.db'}") as store, store.writing() as session:
        record_policy(session, load_policy(), NOW)
        add_comments(session, 3)
        add(session, Case, [
            {"id": f"k{number}00", "queue": "moderation", "kind": "comment", "subject": f"s{number}", "rule": rule,
             "policy_version": "2", "priority": 0.5, "reasons": [], "opened_at": NOW, "due_at": NOW,
             "suggested_action": "hide", "suggested_template": "notice-hidden", "evidence": []}
            for number, rule in enumerate(("abuse", "private-data", "flood"))
        ])  # fmt: skip
        add(session, CaseComment, [{"case_id": f"k{number}00", "comment_id": number} for number in range(3)])
    return home


@pytest.fixture
def becalm(home):
    def run(*arguments):
        return CliRunner().invoke(cli.becalm, [*arguments, "--home", str(home)], catch_exceptions=True)

    return run


@pytest.fixture
def decided(becalm):
    law = ("--law", "Regulation (EU) 2016/679, Article 6", "--because", "There is no ground for publishing it.")
    for arguments in (("k0",), ("k1", *law), ("k2",)):
        done = becalm("case", "decide", *arguments, "--action", "hide", "--by", "moderator-1")
        assert done.exit_code == 0, done.output
    return becalm


def test_what_was_decided_is_listed_and_shown(decided):
    assert len(decided("statements", "list").stdout.splitlines()) == 3
    first = orjson.loads(decided("statements", "list", "--json").stdout.splitlines()[-1])
    assert (first["rule"], first["state"]) == ("abuse", "unchecked")
    shown = orjson.loads(decided("statements", "show", first["puid"][:10]).stdout)
    assert shown["statement"]["category"] == "STATEMENT_CATEGORY_CYBER_VIOLENCE"


def test_an_export_is_checked_and_complete(decided, tmp_path):
    found = orjson.loads(decided("statements", "export").stdout)["statements"]
    assert [each["decision_ground"].rsplit("_", 2)[-2] for each in found] == ["INCOMPATIBLE", "ILLEGAL", "INCOMPATIBLE"]
    out = tmp_path / "deep" / "statements.csv"
    assert decided("statements", "export", "--format", "csv", "--out", str(out)).exit_code == 0
    assert [row["puid"] for row in csv.DictReader(io.StringIO(out.read_text()))] == [each["puid"] for each in found]
    none = decided("statements", "export", "--to", "2020-01-01")
    assert orjson.loads(none.stdout) == {"statements": []}


def test_what_is_held_back_is_named_and_leaves_the_others(decided, home):
    decided("statements", "list")
    with Store.open(f"sqlite:///{home / 'becalm.db'}") as store, store.writing() as session:
        session.execute(update(Statement).where(Statement.rule == "flood").values(action="strange", state="good"))
        fields = {"puid": "x", "decision_facts": "mail ann@mail.example"}
        session.execute(update(Statement).where(Statement.rule == "flood").values(fields=fields, state="unchecked"))
    checked = decided("statements", "check")
    assert isinstance(checked.exception, BecalmError)
    assert not isinstance(checked.exception, InputError)
    assert "no text holds private data" in checked.stdout
    assert "ann@" not in checked.stdout
    assert "2 statements are good" in checked.stdout


def test_a_report_is_text_json_or_csv(decided):
    assert "3 measures, 3 of them on our own initiative" in decided("statements", "report").stdout
    assert orjson.loads(decided("statements", "report", "--format", "json").stdout)["measures"]["all"] == 3
    rows = decided("statements", "report", "--format", "csv", "--table", "accuracy").stdout.splitlines()
    assert rows[0].startswith("kind,name,measures,overturned,overturn_rate,looked_at_again,confirmed,precision")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("statements", "show", "nobody"), "there is no statement"),
        (("statements", "show", "d"), "several statements"),
        (("statements", "export", "--from", "2026-02-01", "--to", "2026-01-01"), "the last day is before the first"),
        (("case", "override", "k2", "--action", "hide", "--by", "moderator-1", "--note", "x", "--law", "Article 1",
          "--because", "x"), "nothing is decided by law"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_one_line(decided, arguments, why):
    refused = decided(*arguments)
    assert isinstance(refused.exception, InputError)
    assert why in str(refused.exception)


def test_a_law_goes_with_its_explanation(decided):
    refused = decided("case", "override", "k1", "--action", "hide", "--by", "moderator-1", "--law", "Article 1")
    assert refused.exit_code == 2
    assert "--law and --because go together" in refused.output
