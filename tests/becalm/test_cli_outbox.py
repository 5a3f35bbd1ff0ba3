"""`becalm outbox` and `becalm notices` as people use them."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from becalm import cli
from becalm.policy import load_policy, record_policy
from becalm.store import Case, CaseComment, Store
from becalm.store.upsert import add

NOW = datetime.now(UTC) - timedelta(hours=1)
Invoke = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path, add_comments) -> Path:
    """One comment of spam waits."""
    home = tmp_path / "home"
    case = {
        "id": "k1", "queue": "moderation", "kind": "comment", "subject": "clipshare/c0", "rule": "single-spam",
        "policy_version": "2", "priority": 0.5, "reasons": [], "opened_at": NOW, "due_at": NOW, "evidence": [],
        "suggested_action": "remove", "suggested_template": "spam-removed",
    }  # fmt: skip
    with Store.open(f"sqlite:///{home / 'becalm.db'}") as store, store.writing() as session:
        record_policy(session, load_policy(), NOW)
        add_comments(session, 2)
        add(session, Case, [case])
        add(session, CaseComment, [{"case_id": "k1", "comment_id": 0}])
    return home


@pytest.fixture
def becalm(home: Path) -> Invoke:
    def run(*arguments: str) -> Result:
        return CliRunner().invoke(cli.becalm, [*arguments, "--home", str(home)])

    return run


@pytest.fixture
def key(becalm: Invoke) -> str:
    """The action of a decision that was just made."""
    assert becalm("case", "decide", "k1", "--by", "moderator-1", "--action", "remove").exit_code == 0
    return json.loads(becalm("outbox", "list", "--json").stdout)["key"]


def test_a_decision_is_listed_rehearsed_and_done_for_real(becalm: Invoke, key: str, home: Path, monkeypatch) -> None:
    told = becalm("outbox", "carry-out").stdout
    assert "dry-run" in told
    assert "1 done (1 of them only rehearsed)" in told
    assert "by dry-run" in becalm("outbox", "list", "--state", "done").stdout
    assert "1 changed" in becalm("outbox", "replay", "--rehearsed", "--by", "lead-1").stdout
    monkeypatch.setenv("BECALM_CONNECTORS", json.dumps({"*": {"kind": "file"}}))
    done = json.loads(becalm("outbox", "carry-out", "--json").stdout)
    assert (done["done"], done["rehearsed"]) == (1, 0)
    assert json.loads((home / "outbox" / "actions.jsonl").read_text())["key"] == key


def test_status_counts_both(becalm: Invoke, key: str) -> None:
    told = becalm("status").stdout
    assert "actions: planned" in told
    assert "notices: waiting" in told


def test_a_notice_is_shown_with_what_it_lacks_filled_in_and_called_off(becalm: Invoke, key: str) -> None:
    notice = json.loads(becalm("notices", "list", "--json").stdout)
    shown = becalm("notices", "show", notice["id"][:9]).stdout
    assert "lacks appeal_link" in shown
    values = ("--set", "appeal_link=https://tea.example", "--set", "policy_link=https://tea.example")
    filled = becalm("notices", "fill", notice["id"], *values, "--by", "lead-1", "--json")
    assert json.loads(filled.stdout)["gaps"] == []
    assert "cancelled" in becalm("notices", "cancel", notice["id"], "--by", "lead-1").stdout
    assert becalm("notices", "list", "--state", "waiting").stdout == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("outbox", "replay", "--by", "lead-1"),
        ("outbox", "replay", "none", "--by", "lead-1"),
        ("outbox", "replay", "a", "--by", "lead-1"),
        ("outbox", "cancel", "a", "--by", "stranger", "--reason", "why"),
        ("outbox", "cancel", "", "--by", "lead-1", "--reason", "why"),
        ("notices", "show", "none"),
        ("notices", "fill", "n", "--set", "brand", "--by", "lead-1"),
        ("notices", "fill", "n", "--set", "brnad=x", "--by", "lead-1"),
    ],
)
def test_what_can_not_be_done_changes_nothing(becalm: Invoke, key: str, arguments: tuple[str, ...]) -> None:
    before = becalm("outbox", "list", "--json").stdout, becalm("notices", "list", "--json").stdout
    assert becalm(*arguments).exit_code != 0
    assert (becalm("outbox", "list", "--json").stdout, becalm("notices", "list", "--json").stdout) == before
