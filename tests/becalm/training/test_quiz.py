"""Answers are scored against what was decided, and kept once."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.errors import InputError, PersonUnknown
from becalm.review.understanding import read_understanding
from becalm.training.quiz import keep_score, read_answers, score_answers


@pytest.fixture
def pack(decided):
    return decided.make(scenarios=14)[0]


def answered(pack, wrong=0):
    """Right answers to all but the first so many scored scenarios."""
    scored = [one for one in pack.scenarios if one.right]
    given = {one.id: one.right for one in scored}
    for one in scored[:wrong]:
        given[one.id] = next(option.id for option in one.options if option.id != one.right)
    return given


def keep(town, pack, answers, by="moderator-1"):
    with town.store.writing() as session:
        return keep_score(session, town.policy, pack, score_answers(pack, answers), by, town.now)


def test_right_wrong_and_unanswered_are_told_apart(pack):
    answers = answered(pack, wrong=3)
    answers.pop(next(reversed(answers)))
    score = score_answers(pack, answers)
    assert (score.right, score.scored, score.unanswered, len(score.wrong)) == (10, 13, 1, 3)


def test_the_right_rule_with_another_action_is_half_right(pack):
    found = (
        (one, option) for one in pack.scenarios for option in one.options
        if one.right_option.rule == option.rule and option.id != one.right
    )  # fmt: skip
    for one, option in found:
        score = score_answers(pack, {one.id: option.id})
        assert (score.right, score.rules_right) == (0, 1)


def test_the_same_answers_twice_are_one_attempt_and_others_the_next(decided, pack):
    assert keep(decided, pack, answered(pack, wrong=2)) == 1
    assert keep(decided, pack, answered(pack, wrong=2)) == 1
    assert keep(decided, pack, answered(pack)) == 2


def test_only_first_attempts_tell_where_staff_and_policy_differ(decided, pack):
    keep(decided, pack, answered(pack, wrong=14))
    keep(decided, pack, answered(pack))
    keep(decided, pack, answered(pack), by="moderator-2")
    with decided.store.reading() as session:
        found = {each.rule: each for each in read_understanding(session)}
    assert set(found) == {"abuse", "single-spam"}
    assert (found["abuse"].right.hits, found["abuse"].right.total, found["abuse"].people) == (8, 16, 2)
    assert found["single-spam"].times > 0


def test_strangers_and_empty_answers_keep_nothing(decided, pack):
    with pytest.raises(PersonUnknown):
        keep(decided, pack, answered(pack), by="ghost")
    with pytest.raises(InputError, match="nothing was answered"):
        keep(decided, pack, {})
    with decided.store.reading() as session:
        assert read_understanding(session) == ()


@pytest.mark.parametrize(("answers", "told"), [({"s99": "a"}, "no scenario `s99`"), ({"s1": "z"}, "no answer `z`")])
def test_what_the_pack_does_not_have_is_refused(pack, answers, told):
    with pytest.raises(InputError, match=told):
        score_answers(pack, answers)


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{", '{"pack": "other", "answers": {}}', '{"pack": 1, "answers": {}}', '{"answers": {"s1": 2}}'],
)
def test_a_file_that_holds_no_answers_to_this_pack_is_refused(pack, tmp_path, content):
    file = tmp_path / "answers.json"
    file.write_text(content)
    with pytest.raises(InputError, match=r"answers\.json"):
        read_answers(file, pack)


def test_a_file_as_the_page_saves_it_is_read(pack, tmp_path):
    file = tmp_path / "answers.json"
    file.write_text(json.dumps({"pack": pack.id, "answers": {"s1": "a"}}))
    assert read_answers(file, pack) == {"s1": "a"}


@given(st.data())
def test_right_and_wrong_add_up_whatever_is_answered(made_once, data):
    pack = made_once
    answers = {
        one.id: data.draw(st.sampled_from([option.id for option in one.options]))
        for one in data.draw(st.lists(st.sampled_from(pack.scenarios), unique=True))
    }
    score = score_answers(pack, answers)
    assert score.right + len(score.wrong) + score.discussed == len(answers)
    assert score.right <= score.rules_right <= score.scored
    assert score.unanswered == len(pack.scenarios) - len(answers)


@pytest.fixture(scope="module")
def made_once():
    """A pack that no store stands behind."""
    from becalm.training.pack import Option, Pack, Quoted, Scenario, Tone, Words

    options = (Option("a", "abuse", "hide", ""), Option("b", "abuse", "warn", ""), Option("c", None, "none", ""))
    tone, said = Tone("", "", (), "", "", None), (Quoted("Person A", "hm", None),)
    scenarios = tuple(
        Scenario(
            f"s{one}", "abuse", False, (), "", None, said, None, (), "", options, right, Words("abuse", "", "", "2"),
            (), tone,
        )
        for one, right in enumerate(["a", "b", "c", None] * 2)
    )  # fmt: skip
    return Pack("t1", "training", "en", "2", None, "", "", "", (), scenarios)
