import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from becalm import cli
from becalm.store import Run, Store

BECALM = Path(sys.executable).with_name("becalm")
HEAVY = (
    "pandas",
    "torch",
    "prefect",
    "sqlalchemy",
    "great_expectations",
    "faiss",
    "openvino",
    "matplotlib",
    "pydantic",
)

Becalm = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def becalm(tmp_path: Path) -> Becalm:
    """Runs the command as it is installed."""

    def run(*arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [BECALM, *map(str, arguments)],
            cwd=tmp_path,
            env=os.environ | variables,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """One with a store that knows of a single run."""
    home = tmp_path / "home"
    with Store.open(f"sqlite:///{home / 'becalm.db'}") as store, store.writing() as session:
        figures = {"seconds": {"read": 1.25, "embed": 2.5}, "counts": {}}
        session.add(
            Run(id="r", job="run", started_at=datetime(2026, 3, 1, 12, tzinfo=UTC), state="done", figures=figures)
        )
    return home


def told(done: subprocess.CompletedProcess[str]) -> str:
    """The one line on standard error, where nothing else was said."""
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("becalm: ")
    return line


def commands(group: click.Group, *path: str) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for name, command in group.commands.items():
        found.append((*path, name))
        if isinstance(command, click.Group):
            found += commands(command, *path, name)
    return found


def test_help_imports_nothing_that_is_slow():
    script = (
        "import sys\nfrom becalm.cli import main\nsys.argv = ['becalm', *sys.argv[1:]]\n"
        f"try:\n    main()\nfinally:\n    print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    for arguments in (["--help"], ["--version"], ["run", "--help"], ["quarantine", "--help"]):
        done = subprocess.run(
            [sys.executable, "-c", script, *arguments], capture_output=True, text=True, timeout=60, check=True
        )
        assert done.stderr == "[]\n"


@pytest.mark.parametrize("path", [(), *commands(cli.becalm)], ids=" ".join)
def test_every_command_explains_itself(path):
    done = CliRunner().invoke(cli.becalm, [*path, "--help"])
    assert done.exit_code == 0
    usage, _, rest = done.output.partition("\n")
    assert usage.startswith("Usage: becalm")
    assert rest.strip()
    assert all(len(line) <= 100 for line in done.output.splitlines())


def test_status_tells_what_is_in_the_store_and_of_the_last_runs(becalm, home):
    done = becalm("status", "--home", home)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["comments", "0"]
    assert lines[-1].split() == ["2026-03-01", "12:00", "run", "done", "3.8", "s"]


@pytest.mark.parametrize("what", cli.EXPORTED)
def test_an_export_of_nothing_is_empty(becalm, home, what, tmp_path):
    done = becalm("export", what, "--home", home)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    done = becalm("export", what, "--home", home, "--out", tmp_path / "new" / "out.jsonl")
    assert done.returncode == 0
    assert (tmp_path / "new" / "out.jsonl").read_text() == ""


@pytest.mark.parametrize(
    "arguments",
    [("status",), ("export", "signals"), ("review",), ("quarantine", "list"), ("quarantine", "export", "rows.jsonl")],
    ids=" ".join,
)
def test_a_home_without_a_store_is_told_and_not_made(becalm, tmp_path, arguments):
    done = becalm(*arguments, "--home", tmp_path / "nowhere")
    assert done.returncode == 2
    assert "nowhere: nothing here yet" in told(done)
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("BECALM_THREADS", "0"), ("BECALM_THREADS", "many"), ("BECALM_BACKEND", "gpu"), ("BECALM_MAX_BAD_SHARE", "2"),
        ("BECALM_SCRIPTS", "Latin"), ("BECALM_DATABASE_URL", "nonsense"), ("BECALM_DATABASE_URL", "nosuchdb://host/x"),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_used_is_told(becalm, variable, value):
    done = becalm("status", **{variable: value})
    assert done.returncode == 2
    assert variable.removeprefix("BECALM_").lower() in told(done).lower()


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("nothing",), "nothing"), (("status", "--colour"), "--colour"), (("export",), "signals"),
        (("export", "secrets"), "secrets"), (("export", "signals", "--out", "/"), "--out"), (("run",), "COMMENTS"),
        (("simulate",), "--out"), (("simulate", "--out", "x", "--comments", "-1"), "-1"),
        (("review", "--from", "yesterday"), "yesterday"), (("quarantine", "dismiss", "x"), "x"),
        (("status", "--home", __file__), "--home"), (("run", "no-such-file.jsonl"), "no-such-file.jsonl"),
        (("run", __file__), "test_cli.py: no format"), (("run", "."), "no comments in it"),
    ],
)  # fmt: skip
def test_arguments_that_cannot_be_used_are_told(becalm, arguments, named):
    done = becalm(*arguments)
    assert done.returncode == 2
    assert named in told(done)


def test_a_policy_that_cannot_be_used_is_told_before_anything_starts(becalm, tmp_path):
    (tmp_path / "comments.jsonl").write_text("{}\n")
    (tmp_path / "policy.yaml").write_text("colour: blue\n")
    done = becalm("run", "comments.jsonl", "--policy", "policy.yaml", "--home", "home")
    assert done.returncode == 2
    assert "policy.yaml:1: colour" in told(done)
    assert not (tmp_path / "home").exists()


def test_a_database_that_cannot_be_read_is_a_failed_run(becalm, home):
    (home / "becalm.db").write_bytes(b"no database" * 1_000)
    done = becalm("status", "--home", home)
    assert done.returncode == 1
    assert "not a database" in told(done)


def test_a_folder_that_cannot_be_written_is_told(becalm):
    done = becalm("simulate", "--out", "/proc/becalm", "--comments", "10")
    assert done.returncode == 1
    assert "/proc/becalm" in told(done)


def test_a_reader_that_has_seen_enough_ends_an_export_quietly(home, add_comments):
    with Store.open(f"sqlite:///{home / 'becalm.db'}") as store, store.writing() as session:
        add_comments(session, 3_000)
    for lines in (1, 2_000):
        command = f"'{BECALM}' export signals --home '{home}' | head -n {lines}; exit ${{PIPESTATUS[0]}}"
        done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False)
        assert len(done.stdout.splitlines()) == lines
        assert (done.returncode, done.stderr) == (0, "")
    command = f"'{BECALM}' export campaigns --home '{home}' | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_exported_line_is_json(becalm, home, add_comments):
    with Store.open(f"sqlite:///{home / 'becalm.db'}") as store, store.writing() as session:
        add_comments(session, 1)
    line = json.loads(becalm("export", "signals", "--home", home).stdout)
    assert (line["comment_id"], line["platform"], line["spam"]) == ("c0", "clipshare", pytest.approx(0.1235, abs=1e-4))
