"""`becalm reports` and `becalm appeals`, as people use them."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from becalm.cases import open_cases
from becalm.cli.app import becalm as command
from becalm.errors import InputError
from becalm.policy import load_policy
from becalm.store import Account, Batch, Comment, RawRow, Signals, Store, Text, Thread
from becalm.store.upsert import add

NOW = datetime.now(UTC)


@pytest.fixture
def home(tmp_path):
    """A store in which one comment is abuse, and another nothing."""
    with Store.open(f"sqlite:///{tmp_path / 'becalm.db'}") as store, store.writing() as session:
        said = {"platform": "clipshare", "channel": "main", "thread_id": 1, "raw_row_id": 1, "raw": {}}
        said |= {"published_at": NOW - timedelta(days=1), "is_brand": False, "likes": None, "rating": None}
        add(session, Batch, [
            {"id": 1, "run_id": "r", "source": "x", "first_line": 1, "rows": 0, "collected_at": NOW}
        ])  # fmt: skip
        add(session, RawRow, [{"id": 1, "batch_id": 1, "line": 1, "payload": "{}"}])
        add(session, Account, [
            {"id": n, "platform": "clipshare", "author_id": f"a{n}", "name": None, "is_brand": False} for n in (1, 2)
        ])  # fmt: skip
        thread = {"title": "", "text": "", "published_at": NOW}
        add(session, Thread, [{"id": 1, "platform": "clipshare", "thread_id": "t", "channel": "main"} | thread])
        add(session, Text, [{"id": n, "normalised": f"text {n}", "script": "Latin"} for n in (1, 2)])
        from becalm.store import stable_id

        ids = [stable_id("clipshare", f"c{n}") for n in (1, 2)]
        add(session, Comment, [
            said | {"id": each, "comment_id": f"c{n}", "account_id": n, "text_id": n, "text": f"text {n}"}
            for n, each in enumerate(ids, 1)
        ])  # fmt: skip
        nothing = dict.fromkeys(("spam", "off_topic", "complaint", "praise", "sentiment"), 0.0)
        nothing |= {"keywords": [], "private_data": [], "reasons": [], "scorer": "test"}
        add(session, Signals, [
            nothing | {"comment_id": each, "scored_text_id": n, "abuse": 0.9 if n == 1 else 0.0}
            for n, each in enumerate(ids, 1)
        ])  # fmt: skip
        open_cases(session, load_policy(), NOW)
    return tmp_path


@pytest.fixture
def becalm(home):
    def run(*words):
        result = CliRunner().invoke(command, [*words, "--home", str(home)])
        if result.exception:
            raise result.exception
        return result.output

    return run


def lines(output):
    return [json.loads(line) for line in output.splitlines()]


def filed(home, name, *rows):
    path = home / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


REPORT = {
    "platform": "clipshare",
    "comment_id": "c2",
    "reporter": "zoe",
    "reason": "abuse",
    "text": "ring 0171 2345678",
}


def test_reports_from_the_file_to_the_case(becalm, home):
    file = filed(home, "reports.jsonl", REPORT, REPORT | {"reporter": ""})
    told = becalm("reports", "take-in", file)
    assert told == "2 rows: 1 report new, 0 known before; 1 held back, see `becalm reports list --held`\n"
    assert lines(becalm("reports", "take-in", file, "--json")) == [{"rows": 2, "new": 0, "known": 1, "held": 1}]
    assert becalm("reports", "list", "--held") == "reports.jsonl:2: reporter: is missing\n"
    (one,) = lines(becalm("reports", "list", "--state", "open", "--json"))
    assert "zoe" not in json.dumps(one)
    assert "0171" not in one["text"]
    assert lines(becalm("reports", "show", one["report"])) == [one]
    assert lines(becalm("reports", "show", "clipshare/c2")) == [one]
    (case,) = lines(becalm("case", "show", one["case_id"], "--json"))
    assert case["reports"] == [one]
    assert one["reporter"] in becalm("reports", "reporters")


@pytest.mark.parametrize(
    "words",
    [
        ("reports", "show", "nothing"),
        ("reports", "take-in", "nothing.jsonl"),
        ("reports", "warn", "clipshare:nobody", "--by", "lead-1"),
        ("appeals", "show", "k"),
        ("appeals", "take-in", "nothing.csv"),
    ],
)
def test_what_can_not_be_is_told_in_one_line(becalm, words):
    with pytest.raises(InputError) as told:
        becalm(*words)
    assert "\n" not in str(told.value)


def test_nobody_is_warned_without_evidence(becalm, home):
    becalm("reports", "take-in", filed(home, "reports.jsonl", REPORT))
    with pytest.raises(InputError, match="0 of 0 answered reports had no ground; it takes 8"):
        becalm("reports", "warn", "clipshare:zoe", "--by", "lead-1")
    with pytest.raises(InputError, match="not among the policy's people"):
        becalm("reports", "pause", "clipshare:zoe", "--by", "stranger")
    assert becalm("reports", "lift", "clipshare:zoe", "--by", "lead-1") == "0 measures lifted\n"


def test_an_appeal_from_the_file_to_the_answer(becalm, home):
    (case,) = lines(becalm("case", "next", "--by", "moderator-1", "--json"))
    (settled,) = lines(becalm("case", "decide", case["id"], "--by", "moderator-1", "--action", "hide", "--json"))
    decision = settled["decision"]["id"]
    appeal = {"platform": "clipshare", "author_id": "a1", "decision": decision, "text": "It quotes me: a@example.com"}
    file = filed(home, "appeals.jsonl", appeal, appeal | {"author_id": "a2"})
    assert becalm("appeals", "take-in", file).startswith("2 rows: 1 appeal new, 0 known before; 1 held back")
    assert "it is not about the account clipshare:a2" in becalm("appeals", "list", "--held")
    (one,) = lines(becalm("appeals", "list", "--state", "open", "--json"))
    (shown,) = lines(becalm("appeals", "show", one["case_id"][:6]))
    assert "a@example.com" not in shown["text"]
    assert (shown["had_a_part"], shown["decision"]["action"]) == (["moderator-1"], "hide")
    answer = ("appeals", "answer", one["case_id"], "--action", "restore", "--reason", "You quoted somebody.")
    with pytest.raises(InputError, match="somebody else answers"):
        becalm(*answer, "--by", "moderator-1")
    with pytest.raises(InputError, match="changed since version 7"):
        becalm(*answer, "--by", "moderator-2", "--version", "7")
    assert "restore (dismissed)" in becalm(*answer, "--by", "moderator-2")
    assert becalm("appeals", "list").rstrip().endswith("restored")
    with pytest.raises(InputError, match="it is no appeal"):
        becalm("appeals", "show", case["id"])
