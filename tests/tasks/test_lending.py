"""Spam as it is published: joined with the verdicts of the same run, also on lines that nothing else changed."""

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from becalm import cli
from becalm.exports import signals
from becalm.files import write_json_lines
from becalm.store import Comment, Group, GroupText, Signals, Store
from becalm.store.unpublished import unpublished

Make = Callable[..., dict[str, Any]]

FOLLOWERS = "Cheap followers for your page at more-followers.example, order number {} in our profile now"
KETTLE = "Win a brand new kettle today, claim yours at tea-prizes.example with the code {} before friday"
OUTAGE = "The app has not opened for me since the update this morning, order {} is lost and nobody answers"
GREETING = "Good morning from the kitchen table, cup number {} and the cat says hello"
KINDS = (FOLLOWERS, KETTLE, OUTAGE, GREETING)


def published_spam(home: Any) -> dict[str, float]:
    return {row["comment_id"]: row["spam"] for row in home.published("signals")}


def single_spam(home: Any) -> dict[str, float]:
    """As it is stored."""
    rows = select(Comment.comment_id, Signals.spam).join(Signals, Signals.comment_id == Comment.id)
    return dict(home.ask(rows))


def anew(home: Any, path: Path) -> bytes:
    with Store.open(home.settings.store_url) as store, store.reading() as session:
        assert unpublished(session) == set()
        write_json_lines(path, signals(session))
    return path.read_bytes()


@pytest.mark.parametrize("seed", range(3))
def test_whatever_runs_come_the_file_is_as_if_written_anew(home, comment: Make, write, tmp_path, seed):
    luck = Random(seed)
    said: list[dict[str, Any]] = []
    for _ in range(5):
        batch = [
            comment(luck.choice(KINDS).format(luck.randrange(40)), author_id=f"a{luck.randrange(30)}")
            for _ in range(luck.randrange(1, 25))
        ]
        batch += [one | {"text": GREETING.format(luck.randrange(40))} for one in luck.sample(said, min(3, len(said)))]
        said += batch
        home.run(write(batch))
        file = (home.settings.published / "signals.jsonl").read_bytes()
        assert file == anew(home, tmp_path / "anew.jsonl")


def test_a_comment_is_raised_by_those_that_come_after_it(home, comment: Make, write):
    home.run(write([comment(KETTLE.format(1))]))
    [(first, before)] = published_spam(home).items()
    home.run(write([comment(KETTLE.format(number)) for number in range(2, 20)]))
    assert home.assigned()[first][0] == "campaign"
    assert published_spam(home)[first] > before == single_spam(home)[first]


def test_customers_with_one_trouble_are_told_as_they_are_by_themselves(home, comment: Make, write):
    home.run(write([comment(OUTAGE.format(number)) for number in range(20)]))
    assert len(home.ask(select(GroupText.text_id))) == 20
    assert published_spam(home) == single_spam(home)


def test_what_an_echo_says_is_told_as_it_is(home, comment: Make, write):
    home.run(write([comment(GREETING.format(number)) for number in range(20)]))
    assert {verdict for (verdict,) in home.ask(select(Group.verdict))} == {"echo"}
    assert published_spam(home) == single_spam(home)


def test_what_people_call_good_is_lowered_again(home, comment: Make, write, tmp_path):
    home.run(write([comment(KETTLE.format(number)) for number in range(20)]))
    assert published_spam(home) != single_spam(home)
    texts = "\n".join(KETTLE.format(number) for number in range(20))
    command = ["rulings", "good", "-", "--home", str(home.settings.home)]
    assert CliRunner().invoke(cli.becalm, command, input=texts, catch_exceptions=False).exit_code == 0
    home.moderate()
    assert published_spam(home) == single_spam(home)
    assert (home.settings.published / "signals.jsonl").read_bytes() == anew(home, tmp_path / "anew.jsonl")
