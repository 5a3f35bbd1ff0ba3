"""`becalm training` as somebody types it."""

import json
import shutil

import pytest
from click.testing import CliRunner

from becalm.cli import becalm
from becalm.errors import InputError, PersonUnknown
from becalm.store import stable_id
from becalm.training import InsufficientData, forget


@pytest.fixture
def training(town):
    """The command in the town's home."""

    def run(*arguments, stdin=None):
        done = CliRunner().invoke(becalm, ["training", *arguments, "--home", str(town.home)], input=stdin)
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.output

    return run


@pytest.fixture
def pack(decided, training):
    """A pack made on the command line, as it was told."""
    return json.loads(training("make", "--seed", "march", "--json"))


def test_a_pack_is_made_answered_and_scored(pack, training, tmp_path):
    assert (pack["scenarios"], pack["rules"]) == (14, ["abuse", "single-spam"])
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"pack": pack["pack"], "answers": {"s1": "a", "s2": "b"}}))
    told = training("score", pack["folder"], str(answers), "--by", "moderator-1")
    assert "12 not answered; kept as attempt 1 of moderator-1" in told
    assert json.loads(training("score", pack["pack"], str(answers), "--by", "moderator-1", "--json"))["attempt"] == 1
    assert "by 1 people" in training("agreement")


def test_a_quiz_that_is_stopped_keeps_what_was_answered(pack, training):
    told = training("quiz", pack["pack"], "--by", "moderator-1", stdin="a\nx\nb\n")
    assert "12 not answered" in told
    assert "Better not:" in told


def test_a_stranger_is_asked_nothing(pack, training):
    with pytest.raises(PersonUnknown):
        training("quiz", pack["pack"], "--by", "ghost", stdin="a\n")


def test_what_was_erased_goes_when_a_copy_is_renewed(pack, training, decided, tmp_path):
    copy = str(shutil.copytree(pack["folder"], tmp_path / "copy"))
    assert training("renew", copy) == "everything in it is still kept\n"
    with decided.store.writing() as session:
        forget(session, decided.home, accounts=[stable_id("tube", "rude5")])
    assert training("renew", copy) == "1 scenarios taken out\n"
    assert training("renew", copy) == "everything in it is still kept\n"


def test_bad_input_is_one_clear_line(training, town):
    with pytest.raises(InsufficientData, match="10 more"):
        training("make")
    with pytest.raises(InputError, match="must end after it starts"):
        training("make", "--from", "2026-04-02", "--to", "2026-03-01")
    with pytest.raises(InputError, match="no training pack"):
        training("renew", "nothing")
    assert not (town.home / "published").exists()


def test_a_month_without_campaigns_has_no_draft(decided, training):
    assert "no campaign of these days" in training("posts")
