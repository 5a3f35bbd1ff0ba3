import csv
import json
import os
import re
import subprocess
import sys
import unicodedata
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from becalm import cli, jobs

BECALM = Path(sys.executable).with_name("becalm")
NEWEST = datetime(2026, 3, 29, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def campaigns(pushes, home):
    """Runs `becalm campaigns` on a home with a few."""
    markers = [{"kind": "domain", "value": f"{name}.example", "texts": 1} for name in ("one", "two", "three")]
    pushes.campaign("c111111111111111", ["buy tea", "buy cups", "buy pots"], markers=markers)
    pushes.campaign("c122222222222222", ["mine"] * 2, verdict="flood", first=NEWEST - 40 * DAY, last=NEWEST - 30 * DAY)
    pushes.past("c133333333333333")
    pushes.save()

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(cli.becalm, ["campaigns", "--home", str(home), *map(str, arguments)])

    return run


@pytest.fixture
def truth(tmp_path):
    path = tmp_path / "truth.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([("comment_id", "label", "family"), ("k1", "spam", "tea"), ("k2", "spam", "tea"),
                                    ("k4", "organic", ""), ("far away", "organic", "")])  # fmt: skip
    return path


@pytest.fixture
def sweep(monkeypatch):
    """Stands for the job that groups: what is flagged shrinks as the threshold rises. Holds what it was asked."""
    asked = []

    def of(settings, thresholds):
        asked.append((settings, thresholds))
        for threshold in thresholds:
            yield threshold, {f"k{number}": "x" for number in range(1, 5) if number > 4 * threshold}

    monkeypatch.setattr(jobs, "job", {"sweep": of}.__getitem__)
    return asked


def test_the_list_is_plain_lines_under_a_head(campaigns):
    done = campaigns()
    head, *lines = done.stdout.splitlines()
    assert head.split() == ["id", "verdict", "score", "comments", "accounts", "threads", "first", "last", "state",
                            "markers", "message"]  # fmt: skip
    assert [line.split()[:9] for line in lines] == [
        ["c111111111111111", "campaign", "0.91", "3", "3", "3", "2026-03-28", "2026-03-29", "new"],
        ["c122222222222222", "flood", "0.91", "2", "2", "2", "2026-02-17", "2026-02-27", "dormant"],
    ]
    at = head.index("markers")
    assert [line[at:].split("  ")[0] for line in lines] == ["one.example +2", ""]
    assert done.stderr == "2 campaigns and floods; newest comment 2026-03-29 12:00 UTC\n"


def test_what_is_left_out_is_told(campaigns):
    done = campaigns("--limit", 1)
    assert len(done.stdout.splitlines()) == 2
    assert done.stderr.startswith("1 of 2 campaigns and floods")


def test_the_list_can_be_narrowed_and_ordered(campaigns):
    def first(*arguments):
        return [line.split()[0] for line in campaigns(*arguments).stdout.splitlines()[1:]]

    assert first("--verdict", "flood") == ["c122222222222222"]
    assert first("--state", "dormant") == ["c122222222222222"]
    assert first("--all", "--sort", "id") == [f"c1{number * 14}" for number in "123"]
    assert first("--verdict", "flood", "--state", "new") == []


def test_the_list_as_json_says_what_is_published_and_the_state(campaigns):
    lines = [json.loads(line) for line in campaigns("--json").stdout.splitlines()]
    assert [line["campaign_id"] for line in lines] == ["c111111111111111", "c122222222222222"]
    assert lines[0]["state"] == "new"
    assert set(lines[0]) - {"state"} == {
        "campaign_id", "verdict", "score", "reasons", "medoid_text", "comments", "accounts", "threads", "channels",
        "first_seen", "last_seen", "markers",
    }  # fmt: skip
    assert datetime.fromisoformat(lines[1]["last_seen"]) == NEWEST - 30 * DAY


def test_on_a_terminal_ids_are_short_and_lines_fit(campaigns, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    for columns in (70, 100, 160):
        monkeypatch.setenv("COLUMNS", str(columns))
        lines = campaigns().stdout.splitlines()
        assert lines[2].startswith("c111111 ")
        assert max(map(len, lines)) <= columns
        assert "buy tea" in lines[2]
        assert ("first" in lines[0]) == (columns == 160)


def test_one_is_shown_by_the_beginning_of_its_id(campaigns):
    done = campaigns("c11")
    assert done.exit_code == 0
    assert done.stdout.startswith("Campaign c111111111111111, score 0.91, new\n")


def test_one_as_json_holds_what_the_page_shows(campaigns):
    (line,) = campaigns("c11", "--json").stdout.splitlines()
    told = json.loads(line)
    assert told["campaign_id"] == "c111111111111111"
    (group,) = told["groups"]
    slot = {
        "fillers": [{"text": text, "comments": 1} for text in ("cups", "pots", "tea")],
        "wordings": 3,
        "comments": 3,
    }
    assert group["parts"] == ["buy", slot]
    assert told["timeline"]["step"] == "hour"
    assert sum(step["comments"] for step in told["timeline"]["steps"]) == 3
    assert len(told["busiest_accounts"]) == len(told["busiest_threads"]) == len(told["newest_comments"]) == 3


def test_json_is_whole_and_yet_safe_on_a_terminal(pushes, home):
    text = "\x1b[2J \x9b31m\u202etea\u2066 \U000e0041 \x7f né"
    pushes.campaign("c1", [text])
    pushes.save()
    done = CliRunner().invoke(cli.becalm, ["campaigns", "--home", str(home), "--json"])
    assert json.loads(done.stdout)["medoid_text"] == text
    assert not {unicodedata.category(char) for char in done.stdout.strip("\n")} & {"Cc", "Cf"}
    assert "né" in done.stdout


def test_a_sweep_measures_each_threshold(campaigns, truth, sweep, home, tmp_path):
    done = campaigns("--threshold", "0:1:0.25", "--truth", truth, "--plot", tmp_path / "sweep.png")
    assert (done.exit_code, done.stderr) == (0, "1 of 4 labelled comments are not in the store\n")
    head, *lines = done.stdout.splitlines()
    assert head.split()[:3] == ["threshold", "flagged", "recall"]
    assert [line.split()[:3] for line in lines] == [
        ["0", "4", "1.000"], ["0.25", "3", "0.500"], ["0.5", "2", "0.000"], ["0.75", "1", "0.000"], ["1", "0", "0.000"],
    ]  # fmt: skip
    assert (tmp_path / "sweep.png").read_bytes().startswith(b"\x89PNG")
    ((settings, thresholds),) = sweep
    assert (settings.home, thresholds) == (home, (0, 0.25, 0.5, 0.75, 1))


def test_a_sweep_as_json_is_a_line_for_each_threshold(campaigns, truth, sweep):
    lines = [
        json.loads(line) for line in campaigns("--threshold", "0.5", "--truth", truth, "--json").stdout.splitlines()
    ]
    assert [(line["threshold"], line["flagged"], line["strict_precision"]) for line in lines] == [(0.5, 2, 0)]


@pytest.mark.parametrize(
    "arguments",
    [("--plot", "s.pdf"), ("--truth", "none.csv"), ("--truth", "bad.csv"), ("--truth", "other.csv")],
    ids=" ".join,
)
def test_nothing_is_swept_before_all_that_was_given_can_be_used(campaigns, truth, sweep, tmp_path, arguments):
    (tmp_path / "bad.csv").write_text("comment_id,label,family\nc1,ham,\n")
    (tmp_path / "other.csv").write_text("comment_id,label,family\nc1,spam,x\n")
    name, file = arguments
    done = campaigns("--threshold", "0.5", "--truth", truth, name, tmp_path / file)
    assert isinstance(done.exception, cli.app.InputError)
    assert file in str(done.exception)
    assert sweep == []


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("c9",), "'c9': no campaign begins so"), (("c1",), "several campaigns begin so: c111111111111111"),
        (("c11", "--limit", "3"), "--limit"), (("c11", "--all"), "--all"), (("--truth", "x"), "--truth"),
        (("--plot", "x.png"), "needs --threshold"), (("--threshold", "0.5"), "--truth"),
        (("c11", "--threshold", "0.5"), "[ID]"), (("--threshold", "0.5", "--sort", "id"), "--sort"),
        (("--threshold", "high", "--truth", "x"), "FROM:TO:STEP"), (("--sort", "size"), "size"),
        (("--limit", "0"), "--limit"), (("--verdict", "echo"), "echo"),
        (("--threshold", "0.5", "--truth", "none.csv"), "none.csv"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_one_line_and_exit_status_two(campaigns, home, tmp_path, arguments, named):
    done = subprocess.run(
        [BECALM, "campaigns", "--home", home, *arguments],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("becalm: ")
    assert named in line


def test_a_reader_that_has_seen_enough_ends_the_list_quietly(pushes, home):
    for number in range(2_000):
        pushes.past(f"c{number:015}", medoid_text="long " * 40)
    pushes.save()
    for output in ("--sort id", "--json"):
        command = (
            f"'{BECALM}' campaigns --all --limit 2000 {output} --home '{home}' | head -n 2; echo ${{PIPESTATUS[0]}}"
        )
        done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False)
        assert done.stdout.splitlines()[2:] == ["0"]
        assert "rror" not in done.stderr


def test_a_terminal_without_unicode_gets_what_it_can_show(campaigns, home):
    done = subprocess.run(
        [BECALM, "campaigns", "--home", home, "c11"],
        env=os.environ | {"PYTHONIOENCODING": "ascii"}, capture_output=True, timeout=60, check=True,
    )  # fmt: skip
    assert re.search(rb"2026-03-28 12:00 +1 +#+", done.stdout)
