from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from becalm.cli import becalm
from becalm.errors import AccountUnknown
from becalm.store import Account, Measure, Store, stable_id
from becalm.store.upsert import add


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two accounts."""
    home = tmp_path / "home"
    with Store.open(f"sqlite:///{home / 'becalm.db'}") as store, store.writing() as session:
        names = ("eve", "ann")
        add(session, Account, [{"id": stable_id("tube", n), "platform": "tube", "author_id": n} for n in names])
    return home


def invoke(home: Path, *args: str) -> Result:
    told = CliRunner().invoke(becalm, ["measures", *args, "--home", str(home)])
    if told.exception and not isinstance(told.exception, SystemExit):
        raise told.exception
    return told


def kinds(home: Path) -> list[tuple[str, bool, bool]]:
    with Store.open(f"sqlite:///{home / 'becalm.db'}") as store, store.reading() as session:
        rows = session.scalars(select(Measure).order_by(Measure.taken_at))
        return [(one.kind, one.ends_at is not None, one.lifted_at is not None) for one in rows]


def test_measures_are_written_down_listed_and_lifted(home: Path) -> None:
    assert invoke(home, "warn", "tube:eve", "--by", "lead").exit_code == 0
    invoke(home, "mute", "tube:eve", "--days", "7", "--note", "insults\x1b[31m")
    invoke(home, "ban", "tube:ann")
    assert kinds(home) == [("warn", False, False), ("mute", True, False), ("ban", False, False)]
    assert invoke(home, "lift", "tube:ann").output == "1 measure lifted\n"
    assert invoke(home, "lift", "tube:ann").output == "0 measures lifted\n"
    listed = invoke(home, "list").output.splitlines()
    assert [line.split()[1:3] for line in listed] == [["ban", "tube:ann"], ["mute", "tube:eve"], ["warn", "tube:eve"]]
    assert "lifted" in listed[0]
    assert "until" in listed[1]
    assert "\x1b" not in listed[1]
    assert "(lead)" in listed[2]


def test_an_account_nobody_knows_is_told(home: Path) -> None:
    with pytest.raises(AccountUnknown, match="eve"):
        invoke(home, "warn", "eve")
