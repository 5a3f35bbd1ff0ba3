import json

import pytest
from click.testing import CliRunner, Result

from becalm import cli

INSULT = {"signal": "abuse", "score": 0.9, "text": "an insult: “muppet”"}


@pytest.fixture
def explain(scene, home):
    one = scene.comment("c1", "you \x1b[2J muppet", author="\u202eann", rating=2.0, likes=1)
    scene.comment("c2", "see you tomorrow")
    scene.scored(one, "you \x1b[2J muppet", [INSULT], abuse=0.9)
    scene.case("k1", one, queue="moderation", rule="abuse", suggested_action="hide")

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(cli.becalm, ["explain", "--home", str(home), *arguments])

    return run


def test_the_page_tells_what_was_done_and_why(explain):
    page = explain("c1").output
    for told in ("clipshare/c1", "rated 2, 1 like", "case k1 in moderation by rule abuse: hide", "0.90  abuse",
                 "an insult: “muppet”", "Tea for two"):  # fmt: skip
        assert told in page


def test_what_nobody_can_say_is_no_number(scene, explain):
    scene.scored(scene.comment("c3", "maybe"), "maybe", [], off_topic=None)
    assert "-  off topic     nobody can say" in explain("c3").output


def test_what_strangers_wrote_does_nothing_to_the_terminal(explain):
    page = explain("c1").output
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert "␛" in page


def test_json_is_one_line_with_the_same(explain):
    done = explain("c1", "--json")
    (line,) = done.stdout.splitlines()
    record = json.loads(line)
    assert record["outcome"]["cases"][0]["case_id"] == "k1"
    abuse = next(one for one in record["evidence"]["signals"] if one["name"] == "abuse")
    assert abuse == {"name": "abuse", "value": 0.9, "reasons": [{"score": 0.9, "text": "an insult: “muppet”"}]}


def test_what_the_next_run_will_do_is_told(explain):
    page = explain("c2").output
    assert "not scored yet" in page
    assert "not judged yet" in page


def test_an_unknown_comment_is_told(explain):
    done = explain("c9")
    assert done.exit_code != 0
    assert "no comment of this id is stored" in str(done.exception)
