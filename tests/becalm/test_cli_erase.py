import json

import pytest
from click.testing import CliRunner

from becalm import cli
from becalm.errors import AccountUnknown, InputError, PersonUnknown
from becalm.store import Store


@pytest.fixture
def home(tmp_path, add_comments):
    home = tmp_path / "home"
    with Store.open(f"sqlite:///{home / 'becalm.db'}") as store, store.writing() as session:
        add_comments(session, 4)
    return home


@pytest.fixture
def invoke(home):
    def run(*arguments):
        return CliRunner().invoke(cli.app.becalm, [*arguments, "--home", str(home)], catch_exceptions=False)

    return run


ERASE = ("erase", "clipshare:ann", "--by", "lead-1", "--reason", "asked")


def test_it_is_only_counted_unless_one_says_yes(invoke):
    assert "nothing is changed yet" in invoke(*ERASE).output
    assert "\nerased\n" in invoke(*ERASE, "--yes").output
    again = invoke(*ERASE, "--yes").output
    assert again.startswith("erased on ")
    assert "nothing has come since" in again


def test_erasures_are_listed_without_saying_whose(invoke):
    invoke("erase", "clipshare:ann", "--by", "lead-1", "--reason", "clipshare:ann asked", "--yes")
    (record,) = map(json.loads, invoke("erasures", "--json").output.splitlines())
    assert (record["by"], record["reason"], record["state"]) == ("lead-1", "[erased] asked", "done")
    assert record["counts"]["before"]["comments"] - record["counts"]["after"]["comments"] == 2
    assert "ann" not in invoke("erasures").output


@pytest.mark.parametrize(
    ("account", "by", "error"),
    [
        ("clipshare:zoe", "lead-1", AccountUnknown),
        ("zoe", "lead-1", InputError),
        ("clipshare:ann", "zoe", PersonUnknown),
    ],
)
def test_what_can_not_be_erased_is_told(invoke, account, by, error):
    with pytest.raises(error):
        invoke("erase", account, "--by", by, "--reason", "asked", "--yes")


def test_retention_is_counted_ahead_and_carried_out_today_only(invoke):
    days = [json.loads(line) for line in invoke("retention", "--on", "2036-01-01", "--json").output.splitlines()]
    assert {one["name"]: one["rows"] for one in days}["comments"] == 4
    with pytest.raises(Exception, match="looks ahead"):
        CliRunner().invoke(
            cli.app.becalm, ["retention", "--on", "2036-01-01", "--yes"], standalone_mode=False, catch_exceptions=False
        )
    assert "done" in invoke("retention", "--yes").output
