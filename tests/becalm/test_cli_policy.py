"""Policies on the command line: checked, compared, published by people the policy knows, and tried on the past."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from becalm.cli import becalm
from becalm.errors import InputError, PersonUnknown, PolicyOutdated
from becalm.store import PolicyVersion, Store
from becalm.store.upsert import add

NOW = datetime(2026, 3, 2, tzinfo=UTC)
DRAFT = "extends: shipped\nversion: '3'\nthresholds: {abuse: 0.9}\n"


@pytest.fixture
def policy(tmp_path, monkeypatch):
    """The command over a store that knows nothing yet, in a folder with draft.yaml."""
    monkeypatch.chdir(tmp_path)
    with Store.open(f"sqlite:///{tmp_path / 'home' / 'becalm.db'}"):
        pass
    (tmp_path / "draft.yaml").write_text(DRAFT)

    def run(*arguments):
        home = [] if arguments[0] == "check" else ["--home", "home"]
        done = CliRunner().invoke(becalm, ["policy", *arguments, *home])
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.output

    return run


def test_a_draft_is_checked_compared_published_and_listed(policy):
    assert "policy 3 can act" in policy("check", "draft.yaml")
    told = policy("diff", "shipped", "draft.yaml")
    assert "Abusive language" in told
    assert "Fewer comments meet it" in told
    assert policy("diff", "shipped", "shipped") == "nothing changes\n"
    assert "policy 3 holds" in policy("publish", "draft.yaml", "--by", "lead-1", "--reason", "fewer mistakes")
    assert "lead-1: fewer mistakes" in policy("history")
    assert policy("diff", "current", "draft.yaml") == "nothing changes\n"


def test_every_line_to_mend_is_told(policy, tmp_path):
    (tmp_path / "wrong.yaml").write_text("extends: shipped\nversion: '3'\nladder:\n  - {strikes: 1, action: mutee}\n")
    with pytest.raises(InputError, match="to mend"):
        policy("check", "wrong.yaml")


def test_strangers_publish_nothing_and_say_nothing(policy):
    for command in (
        ("publish", "draft.yaml", "--by", "lead-l", "--reason", "x"),
        ("feedback", "abuse", "unclear", "--by", "anybody"),
    ):
        with pytest.raises(PersonUnknown):
            policy(*command)
    assert policy("history") == ""


def test_a_change_of_the_response_tree_is_told(policy, tmp_path):
    from becalm.policy import SHIPPED

    tree = (SHIPPED.parent / "response-tree.yaml").read_text()
    (tmp_path / "response-tree.yaml").write_text(tree.replace("asks: What is it about?", "asks: What went wrong?"))
    (tmp_path / "draft.yaml").write_text("extends: shipped\nversion: '3'\n")
    assert "was asked as “What is it about?”" in policy("diff", "shipped", "draft.yaml")


def test_guidelines_and_notes_are_written(policy, tmp_path):
    policy("publish", "draft.yaml", "--by", "lead-1", "--reason", "fewer mistakes")
    told = policy("guidelines", "current", "--since", "shipped", "--out", "pages")
    assert len(told.splitlines()) == 4
    assert "fewer mistakes" in (tmp_path / "pages" / "changes.md").read_text()
    assert "version 3" in (tmp_path / "pages" / "guidelines.html").read_text()


OLD = "version: '1'\ntemplates:\n  - {id: hello, audience: customer, text: 'Hello {name}'}\n"


@pytest.fixture
def outdated(policy, tmp_path):
    """A store that has a policy of an earlier shape, published."""
    with Store.open(f"sqlite:///{tmp_path / 'home' / 'becalm.db'}") as store, store.writing() as session:
        add(session, PolicyVersion, [
            {"version": "1", "digest": "d", "document": OLD, "first_used_at": NOW, "author": "lead-1",
             "reason": "first", "valid_from": NOW}
        ])  # fmt: skip
    return policy


@pytest.mark.parametrize("arguments", [
    ("diff", "1", "draft.yaml"), ("diff", "current", "draft.yaml"), ("replay", "draft.yaml", "--against", "1"),
    ("guidelines", "1"),
])  # fmt: skip
def test_a_policy_of_an_earlier_shape_is_refused_with_the_way_out(outdated, arguments):
    with pytest.raises(PolicyOutdated, match=r"line \d+.*becalm policy show 1 > old.yaml"):
        outdated(*arguments)


def test_a_policy_of_an_earlier_shape_is_shown_and_can_be_followed(outdated):
    assert outdated("show", "1") == f"{OLD}\n"
    with pytest.raises(InputError, match="knows no policy"):
        outdated("show", "7")
    assert "policy 3 holds" in outdated("publish", "draft.yaml", "--by", "lead-1", "--reason", "a new shape")
