"""A refresher holds what a policy version changed, and the cases that it turns."""

import pytest

from becalm.errors import InputError
from becalm.policy import publish_policy

STRICTER = {"  abuse: 0.6\n": "  abuse: 0.95\n"}
SPAM = "    severity: 0.45\n    action: {}\n    template: {}"
MILDER = {SPAM.format("remove", "spam-removed"): SPAM.format("hide", "notice-hidden")}


def turn(town, policy):
    with town.store.writing() as session:
        publish_policy(session, policy, "lead-1", "tried", town.now)
    town.policy = policy


def test_only_changed_rules_stand_in_it_with_words_before_and_after(decided, changed):
    turn(decided, changed(STRICTER))
    pack, _ = decided.make(since="2")
    (change,) = pack.changes
    assert change.rule == "abuse"
    assert "Fewer comments meet it" in change.sentences[0]
    assert "0.6" in change.before
    assert "0.95" in change.after
    assert {one.about for one in pack.scenarios} == {"abuse"}


def test_what_only_signals_say_is_discussed_and_not_scored(decided, changed):
    turn(decided, changed(STRICTER))
    pack, _ = decided.make(since="2")
    assert len(pack.scenarios) == 6, "two insults had been dismissed, as the new version says"
    assert all(one.right is None for one in pack.scenarios)
    assert "No person has decided it anew" in pack.scenarios[0].why[0]


def test_another_action_for_a_rule_that_people_upheld_is_right_now(decided, changed):
    turn(decided, changed(MILDER))
    pack, _ = decided.make(since="2")
    assert len(pack.scenarios) == 6
    for one in pack.scenarios:
        assert (one.right_option.rule, one.right_option.action) == ("single-spam", "hide")
        assert ("single-spam", "remove") in {(option.rule, option.action) for option in one.options}
        assert one.words.policy_version == "3"
        assert one.before == "Spam: Take it down."


def test_a_version_that_changes_no_rule_needs_no_refresher(decided, changed):
    turn(decided, changed({"  window_hours: 24\n": "  window_hours: 25\n"}))
    with pytest.raises(InputError, match="no rule changed"):
        decided.make(since="2")


def test_a_change_that_turns_no_case_is_told_all_the_same(decided, changed):
    turn(decided, changed({"    title: Threats\n": "    title: Threats of harm\n"}))
    pack, folder = decided.make(since="2")
    assert ([change.rule for change in pack.changes], pack.scenarios) == (["threat"], ())
    assert "No decided case is answered otherwise" in (folder / "index.html").read_text()


def test_an_unknown_version_is_refused_and_nothing_is_written(decided):
    with pytest.raises(InputError, match="no policy `7`"):
        decided.make(since="7")
    assert not (decided.home / "published").exists()
