import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from becalm import cli
from becalm.policy import load_policy, record_policy
from becalm.store import Case, CaseComment, Store
from becalm.store.upsert import add

NOW = datetime.now(UTC) - timedelta(hours=1)
Invoke = Callable[..., Result]


def row(number: int) -> dict[str, object]:
    times = {"opened_at": NOW, "due_at": NOW + timedelta(hours=4)}
    suggested = {"suggested_action": "reply", "suggested_template": "care-first-answer"}
    about = {"queue": "care", "kind": "comment", "subject": f"clipshare/c{number}", "rule": "complaint"}
    why = {"reasons": [{"signal": "complaint", "score": 0.9, "text": "it broke"}], "evidence": []}
    return {
        "id": f"k{number}00",
        "policy_version": "2",
        "priority": 0.9 - number / 10,
        **about,
        **times,
        **suggested,
        **why,
    }


@pytest.fixture
def home(tmp_path: Path, add_comments) -> Path:
    """Three customers wait, one comment each."""
    home = tmp_path / "home"
    with Store.open(f"sqlite:///{home / 'becalm.db'}") as store, store.writing() as session:
        record_policy(session, load_policy(), NOW)
        add_comments(session, 30)
        add(session, Case, [row(number) for number in range(3)])
        placed = [(0, 0), (0, 3), (1, 1), (2, 2)]
        add(session, CaseComment, [{"case_id": f"k{case}00", "comment_id": comment} for case, comment in placed])
    return home


@pytest.fixture
def becalm(home: Path) -> Invoke:
    def run(*arguments: str) -> Result:
        return CliRunner().invoke(cli.becalm, [*arguments, "--home", str(home)], catch_exceptions=True)

    return run


@pytest.fixture
def case(becalm: Invoke) -> Invoke:
    """Runs `becalm case` and gives the JSON it says."""

    def run(verb: str, *arguments: str, by: str | None = "care-1") -> dict[str, object]:
        done = becalm("case", verb, *arguments, *(["--by", by] if by else []), "--json")
        assert done.exit_code == 0, done.exception
        return json.loads(done.output)

    return run


def test_a_case_from_claim_to_reversal(case, becalm):
    claimed = case("next")
    assert (claimed["id"], claimed["claimant"], claimed["version"]) == ("k000", "care-1", 2)
    decided = case("decide", "k0", "--action", "reply", "--template", "care-first-answer", "--note", "new lid sent")
    assert (decided["state"], decided["decision"]["action"]) == ("decided", "reply")
    overridden = case("override", "k0", "--action", "message", "--note", "in private", by="lead-1")
    assert overridden["decision"]["overrides"] == decided["decision"]["id"]
    assert case("reverse", "k0", "--note", "wrong person", by="moderator-2")["decision"]["kind"] == "reversal"
    assert case("undo", "k0", by="moderator-2")["decision"]["kind"] == "undo"
    assert case("close", "k0")["state"] == "closed"
    shown = case("show", "k0", by=None)
    assert [each["kind"] for each in shown["decisions"]] == ["decision", "decision", "reversal", "undo"]
    assert [each["kind"] for each in shown["events"]][:2] == ["claim", "decision"]
    assert shown["comments"] == ["clipshare/c0", "clipshare/c3"]
    assert shown["clock"][0]["name"] == "waiting"
    verified = json.loads(becalm("audit", "verify", "--json").output)
    assert (verified["decisions"], len(verified["head"])) == (4, 64)
    assert becalm("audit", "verify").output.startswith("the chain holds: 4 decisions; head ")


def test_the_smaller_verbs(case):
    assert case("claim", "k1")["claimant"] == "care-1"
    assert case("refresh", "k1")["version"] == 3
    assert case("hand-over", "k1", "--to", "lead-1")["claimant"] == "lead-1"
    assert case("note", "k1", "call back at ten")["claimant"] == "lead-1"
    assert case("skip", "k1", "--reason", "not mine", by="lead-1")["claimant"] is None
    assert case("escalate", "k1", "--to", "lead", "--reason", "lawyer", "--version", "6")["escalated_to"] == "lead"
    case("claim", "k2")
    assert case("release", "k2")["claimant"] is None
    part = case("split", "k0", "c3")
    assert (part["split_from"], part["subject"]) == ("k000", "clipshare/c0~2")
    assert case("merge", str(part["id"]), "--into", "k2")["id"] == "k200"


def test_two_people_and_a_policy_that_wants_them(case, tmp_path):
    from becalm.policy import SHIPPED

    policy = tmp_path / "policy.yaml"
    policy.write_text(
        SHIPPED.read_text()
        .replace('version: "2"', 'version: "3"')
        .replace(
            "    severity: 0.6\n    action: reply\n", "    severity: 0.6\n    second_person: true\n    action: reply\n"
        )
    )
    given = ("--policy", str(policy))
    assert case("decide", "k0", "--action", "reply", *given)["state"] == "held"
    assert case("refuse", "k0", "--note", "too soon", *given, by="lead-1")["state"] == "open"
    assert case("decide", "k0", "--action", "reply", "--version", "3", *given)["held_by"] == "care-1"
    assert case("approve", "k0", "--version", "4", *given, by="lead-1")["decision"]["kind"] == "approval"


def test_a_sweep_is_counted_before_it_is_carried_out(case, becalm):
    case("decide", "k0", "--action", "message")
    told = case("sweep", "k0")
    assert (told["reached"], told["decided"]) == (2, 0)
    assert "nothing was changed" in becalm("case", "sweep", "k0", "--by", "care-1").output
    assert case("sweep", "k0", "--yes")["decided"] == 2
    assert case("sweep", "k0")["reached"] == 0


def test_nothing_left_is_said_and_no_error(becalm, case):
    for _ in range(3):
        case("next")
    done = becalm("case", "next", "--by", "care-1")
    assert (done.exit_code, done.output) == (0, "nothing is left to do for you\n")
    done = becalm("case", "next", "--by", "care-1", "--json")
    assert (done.exit_code, done.output) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("claim", "k0", "--by", "nobody"), "'nobody' is not among the policy's people"),
        (("claim", "k9", "--by", "care-1"), "case 'k9': there is none"),
        (("claim", "k", "--by", "care-1"), "several begin so: k000, k100, k200"),
        (("claim", "k0", "--by", "care-1", "--version", "7"), "changed since version 7, it is now at 1: open"),
        (("decide", "k0", "--by", "care-1", "--action", "shout"), "there is no action `shout`"),
        (("decide", "k0", "--by", "care-1"), "Missing option '--action'"),
        (("claim", "k0"), "Missing option '--by'"), (("approve", "k0", "--by", "care-1"), "it is not held: open"),
        (("split", "k0", "c9", "--by", "care-1"), "it holds no comment `c9`"),
        (("note", "k0", " ", "--by", "care-1"), "the note is empty"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_one_line_and_exit_status_two(home, monkeypatch, capsys, arguments, named):
    monkeypatch.setattr("sys.argv", ["becalm", "case", *arguments, "--home", str(home)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    told = capsys.readouterr()
    assert (ended.value.code, told.out) == (2, "")
    (line,) = told.err.splitlines()
    assert line.startswith("becalm: ")
    assert named in line


def test_whoever_looked_earlier_is_told_who_was_faster(becalm, case):
    case("claim", "k0")
    case("release", "k0")
    case("note", "k0", "I know her", by="lead-1")
    done = becalm("case", "decide", "k0", "--action", "reply", "--by", "care-1")
    assert re.search("changed since version 3, it is now at 4: open, last: note by lead-1 on", str(done.exception))
    assert case("decide", "k0", "--action", "reply", "--version", "4")["state"] == "decided"


def test_a_broken_chain_ends_with_status_one(home, case, monkeypatch, capsys):
    case("decide", "k0", "--action", "reply")
    with Store.open(f"sqlite:///{home / 'becalm.db'}") as store, store.writing() as session:
        session.execute(text("UPDATE decisions SET action = 'none'"))
    monkeypatch.setattr("sys.argv", ["becalm", "audit", "verify", "--home", str(home)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1
    assert "broken at 1: its content is not what was written" in capsys.readouterr().err


def test_whoever_takes_a_case_reads_why_it_is_here_what_was_said_and_what_to_type(becalm, home):
    with Store.open(f"sqlite:///{home / 'becalm.db'}") as store, store.writing() as session:
        session.execute(text("UPDATE comments SET text = 'call 030 2345678, it\x1b[2J broke' WHERE comment_id = 'c1'"))
    page = becalm("case", "claim", "k100", "--by", "care-1").output
    assert "Unhappy customer, in care" in page
    assert "care-1 has it until" in page
    assert "0.90  it broke" in page
    assert "becalm case decide k100 --by care-1 --action reply" in page
    assert "2345678" not in page
    assert "\x1b[2J" not in page
    assert "broke" in page
    becalm("case", "decide", "k100", "--by", "care-1", "--action", "message", "--note", "new lid sent")
    shown = becalm("case", "show", "k100").output
    assert "decided, priority" in shown
    assert "decision: message (upheld): note new lid sent" in shown


def test_of_a_large_case_the_first_comments_are_shown_and_the_rest_counted(becalm, home):
    with Store.open(f"sqlite:///{home / 'becalm.db'}") as store, store.writing() as session:
        add(session, CaseComment, [{"case_id": "k200", "comment_id": number} for number in range(4, 30)])
    page = becalm("case", "show", "k200").output
    assert "What was said: 27 comments" in page
    assert "and 19 comments more" in page


def test_a_lead_sees_what_waits_and_who_has_what(becalm, case):
    case("claim", "k100")
    waiting = [json.loads(line) for line in becalm("case", "list", "--json").stdout.splitlines()]
    assert [(one["id"], one["claimant"]) for one in waiting] == [("k000", None), ("k100", "care-1"), ("k200", None)]
    assert [one["comments"] for one in waiting] == [2, 1, 1]
    case("decide", "k000", "--action", "reply", "--template", "care-first-answer")
    table = becalm("case", "list", "--limit", "1")
    assert "k100" in table.stdout
    assert "k200" not in table.stdout
    assert "1 of 2 cases" in table.stderr
    assert "k100" in becalm("case", "list", "--claimed-by", "care-1").stdout
    assert "k000" in becalm("case", "list", "--state", "decided", "--queue", "care").stdout
    assert becalm("case", "list", "--queue", "advocacy").stdout == ""
