"""What is suggested for an account follows the ladder, by what people upheld, and never without a warning in vain."""

from datetime import timedelta

import pytest

from becalm.cases import give_strikes, rank_offenders, stream_time
from becalm.cases.deciding import Ruling, decide
from becalm.cases.measures import Kind, take_measure
from becalm.cases.responding import prepare
from becalm.policy import load_policy
from tests.becalm.cases.conftest import Desk

ONE = "moderator-1"


@pytest.fixture
def trial(stream, policy):
    """Eve insulted eight people, of which some cases are upheld; `warned` before the last."""

    def trial(upheld, warned, under=policy):
        desk = Desk(stream, under)
        for number in range(8):
            stream.say(f"you fools {number}", by="eve", name=f"n{number}", under=f"t{number}", at=number, abuse=0.9)
        if warned:
            with stream.store.writing() as session:
                take_measure(session, "youtube:eve", Kind.WARN, stream.now - timedelta(days=30, hours=-4), "lead-1")
        run(desk)
        ids = {case.subject.removeprefix("youtube/"): case.id for case in stream.cases()}
        for number in range(upheld):
            desk.do(decide, ids[f"n{number}"], ONE, ruling=Ruling("hide"))
        run(desk)
        return desk

    return trial


def run(desk):
    with desk.store.writing() as session:
        give_strikes(session, desk.policy)
        rank_offenders(session, desk.policy, stream_time(session))
    desk.open()


def told(desk):
    case = desk.stream.case(kind="account")
    (ladder,) = (reason["text"] for reason in case.reasons if reason["signal"] == "ladder")
    return case.suggested_action, case.suggested_template, ladder


STEPS = [
    (0, True, "mute", "nobody upheld any of it yet"),
    (1, True, "mute", "weigh 1: the ladder says warn"),
    (2, True, "mute", "weigh 2: the ladder says mute for 7 days"),
    (4, True, "mute", "weigh 4: the ladder says mute for 30 days"),
    (6, True, "ban", "weigh 6: the ladder says ban"),
    (8, False, "warn", "weigh 8: the ladder says ban"),
]


@pytest.mark.parametrize(("upheld", "warned", "action", "words"), STEPS)
def test_an_account_case_suggests_the_step_that_upheld_strikes_reach(trial, upheld, warned, action, words):
    found = told(trial(upheld, warned))
    assert found[0] == action
    assert words in found[2]
    assert {"mute": "muted", "ban": "banned"}.get(action, found[1]) == found[1]


@pytest.mark.parametrize(("upheld", "warned", "action", "words"), STEPS[3:])
def test_a_policy_without_a_tree_climbs_the_ladder_too(trial, tmp_path, upheld, warned, action, words):
    (tmp_path / "flat.yaml").write_text("extends: shipped\nversion: flat\nresponse_tree: null\n")
    flat = load_policy(tmp_path / "flat.yaml")
    assert flat.tree is None
    assert told(trial(upheld, warned, flat))[0] == action


def test_who_follows_the_tree_comes_to_what_the_case_suggests(trial):
    desk = trial(6, warned=True)
    with desk.store.reading() as session:
        machine = prepare(session, desk.policy, desk.stream.case(kind="account").id).machine
    assert machine.at == "ban"
