import getpass
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from becalm import cli
from becalm.store import Campaign, CampaignText, PairRuling, Store, Text, TextRuling, stable_id
from becalm.store.upsert import add

BECALM = Path(sys.executable).with_name("becalm")
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MEDOIDS = {"caaa1": "buy tea", "caaa2": "buy cups", "cbbb1": "buy pots"}
HOSTILE = "\x1b[31mred\x1b[0m \u202egnihton\u202c [bold]free[/bold] \x07 at shady.example"

Invoke = Callable[..., Result]


def campaign(name: str, medoid: str) -> dict[str, object]:
    shown = {"verdict": "campaign", "score": 0.9, "reasons": [], "medoid_text": medoid, "channels": [], "markers": []}
    size = {"comments": 3, "accounts": 3, "threads": 1}
    return {"id": name, **shown, **size, "first_seen": NOW, "last_seen": NOW, "is_current": True}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Three campaigns of a text each."""
    home = tmp_path / "home"
    with Store.open(f"sqlite:///{home / 'becalm.db'}") as store, store.writing() as session:
        texts = [{"id": stable_id(text), "normalised": text, "script": "Latin"} for text in MEDOIDS.values()]
        add(session, Text, texts)
        add(session, Campaign, [campaign(name, text) for name, text in MEDOIDS.items()])
        add(session, CampaignText, [{"text_id": stable_id(t), "campaign_id": one} for one, t in MEDOIDS.items()])
    return home


@pytest.fixture
def rulings(home: Path) -> Invoke:
    """Runs `becalm rulings` in this process, with an input."""

    def run(*arguments: str, said: str | None = None) -> Result:
        command = ["rulings", *arguments, "--home", str(home)]
        return CliRunner().invoke(cli.becalm, command, input=said, catch_exceptions=False)

    return run


def count(home: Path, model: type) -> int:
    with Store.open(f"sqlite:///{home / 'becalm.db'}") as store, store.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.parametrize(
    ("arguments", "said", "named"),
    [
        (("same", "nope", "caaa1"), b"", "campaign 'nope': no campaign begins so"),
        (("apart", "caaa", "cbbb1"), b"", "several campaigns begin so: caaa1, caaa2"),
        (("same", "cbbb1", "cbbb1"), b"", "campaign cbbb1: it was named twice"),
        (("apart", "cb", "cbb"), b"", "campaign cbbb1: it was named twice"),
        (("same", "cbbb1"), b"", "takes 2 values"), (("bad",), b"", "no texts"), (("good", "-"), b"\n \n", "no texts"),
        (("bad", "no-such-file.txt"), b"", "no-such-file.txt"), (("withdraw",), b"", "TEXTS"),
        (("good", "--campaign", "c\x1b[2J"), b"", "no campaign begins so"),
        (("bad", "-"), b"caf\xe9\n", "<stdin>: not UTF-8"), (("withdraw", "-"), b"\xff\n", "<stdin>: not UTF-8"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_one_line_and_exit_status_two(home, tmp_path, arguments, said, named):
    done = subprocess.run(
        [BECALM, "rulings", *arguments, "--home", home], cwd=tmp_path, input=said, capture_output=True, timeout=60,
        check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, b"")
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("becalm: ")
    assert named in line
    assert "\x1b" not in line
    assert count(home, TextRuling) == count(home, PairRuling) == 0


def test_a_good_half_of_a_command_is_not_kept_when_the_other_fails(home, rulings):
    done = CliRunner().invoke(cli.becalm, ["rulings", "bad", "-", "--campaign", "z", "--home", str(home)], input="a\n")
    assert done.exit_code != 0
    assert (count(home, TextRuling), count(home, Text)) == (0, 3)


def test_the_list_shows_what_was_said_and_by_whom(rulings):
    assert rulings("list").output == ""
    assert rulings("bad", "-", "--by", "ann", said="Buy  TEA\n\n  Free Tea at tea.example \n").output.startswith("2 ")
    assert (
        rulings("same", "caaa2", "cbb", "--by", "bob").output == "caaa2 and cbbb1 are one; the next run keeps to it\n"
    )
    assert rulings("good", "--campaign", "caaa2", "--by", "eve").output.startswith("1 texts")
    lines = rulings("list").output.splitlines()
    assert [line.split()[1] for line in lines] == ["good", "same", "bad", "bad"]
    assert lines[0].split(maxsplit=2)[2] == "buy cups  (eve)"
    assert {one.strip() for one in lines[1].split(maxsplit=2)[2].removesuffix("  (bob)").split("|")} == {
        "buy cups", "buy pots"
    }  # fmt: skip
    assert sorted(line.split(maxsplit=2)[2] for line in lines[2:]) == [
        "buy tea  (ann)",
        "free tea at tea.example  (ann)",
    ]


def test_hostile_texts_and_names_are_shown_and_do_nothing(rulings):
    rulings("bad", "-", "--by", "eve\x1b]0;owned\x07\nann", said=f"{HOSTILE}\n")
    (line,) = rulings("list").output.splitlines()
    assert not any(char in line for char in "\x1b\x07\u202e\u202c")
    assert "[bold]free[/bold]" in line
    assert line.endswith("(eve␛]0;owned␇ ann)")


def test_texts_come_from_a_file_with_the_mark_of_an_editor(rulings, tmp_path, home):
    (tmp_path / "texts.txt").write_bytes("\ufeffBuy tea\r\nKaffee für uns\r\n".encode())
    assert rulings("good", str(tmp_path / "texts.txt")).output == "2 texts; the next run keeps to it\n"
    assert (count(home, TextRuling), count(home, Text)) == (2, 4)


def test_withdrawing_tells_how_many_there_were(rulings):
    rulings("bad", "-", said="buy tea\nbuy soap\n")
    rulings("apart", "caaa1", "caaa2")
    assert rulings("withdraw", "-", said="BUY TEA\nnever said\n").output == "2 rulings withdrawn\n"
    assert rulings("withdraw", "-", said="buy tea\n").output == "0 rulings withdrawn\n"
    assert rulings("list").output.splitlines()[0].split()[1:4] == ["bad", "buy", "soap"]


def test_who_has_no_name_on_this_machine_can_rule_too(rulings, monkeypatch):
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert rulings("bad", "-", said="buy tea\n").exit_code == 0
    assert rulings("list").output.endswith(f"(user {os.getuid()})\n")


def test_a_home_without_a_store_is_told_and_not_made(tmp_path):
    for arguments in (("list",), ("same", "c1", "c2"), ("bad", "-")):
        done = subprocess.run(
            [BECALM, "rulings", *arguments, "--home", tmp_path / "nowhere"], input="a\n", capture_output=True,
            text=True, timeout=60, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stdout) == (2, "")
        assert "nothing here yet" in done.stderr
    assert not (tmp_path / "nowhere").exists()
