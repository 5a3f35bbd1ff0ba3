from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from becalm.cli import becalm
from becalm.errors import AccountUnknown
from becalm.store import Account, Consent, Store, stable_id
from becalm.store.upsert import add


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    with Store.open(f"sqlite:///{home / 'becalm.db'}") as store, store.writing() as session:
        add(session, Account, [{"id": stable_id("tube", "eve:1"), "platform": "tube", "author_id": "eve:1"}])
    return home


def invoke(home: Path, *args: str) -> Result:
    told = CliRunner().invoke(becalm, ["consent", *args, "--home", str(home)])
    if told.exception and not isinstance(told.exception, SystemExit):
        raise told.exception
    return told


def states(home: Path) -> list[str]:
    with Store.open(f"sqlite:///{home / 'becalm.db'}") as store, store.reading() as session:
        return [one.state for one in session.query(Consent)]


def test_the_newest_word_on_consent_is_kept(home: Path) -> None:
    for state in ("asked", "given", "refused"):
        assert invoke(home, "tube:eve:1", state).exit_code == 0
        assert states(home) == [state]


@pytest.mark.parametrize("account", ["tube:ann", "eve:1", "tube:", ""])
def test_consent_of_an_account_nobody_knows_is_refused(home: Path, account: str) -> None:
    with pytest.raises(AccountUnknown):
        invoke(home, account, "given")
    assert states(home) == []


def test_consent_is_asked_given_or_refused_and_nothing_else(home: Path) -> None:
    assert invoke(home, "tube:eve:1", "perhaps").exit_code == 2
    assert states(home) == []
