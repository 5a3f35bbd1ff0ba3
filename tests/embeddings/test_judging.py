from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.records import Judgement
from embeddings.facts import Facts
from embeddings.groups import Group, Memory
from embeddings.judging import Judged, Models, judge_groups, support
from embeddings.kinship import Kinship
from embeddings.rulings import NO_RULINGS, Rulings

DAY = 86_400.0
COURSE = [
    f"{who} made {sum_} a week with the course of coach bellamy, see bellamy-trades.example"
    for who, sum_ in (("my aunt", 300), ("my cousin", 450), ("a neighbour", 700), ("my teacher", 900))
]
WITNESS = [
    f"i did not believe it {when}, but he paid: bellamy-trades.example, hurry before friday"
    for when in ("at first", "last year", "back then", "yesterday")
]
KETTLE = [
    f"half price on every steel kettle {when}, order from glow-deals.example while stock lasts"
    for when in ("today", "tonight", "this week", "until monday")
]
FANS = [f"{who} danced to this song all {when}, what voices" for who in ("we", "they") for when in ("summer", "night")]
SELLING = dict.fromkeys(COURSE + WITNESS + KETTLE, 0.8)
TALK = [f"{who} danced to this song all night before friday" for who in ("they", "we", "you", "all of them")]
# The ids of the first text of each.
COURSE_ID, WITNESS_ID, KETTLE_ID, FANS_ID = 1, 5, 9, 13


@pytest.fixture(scope="session")
def world(facts_of, group_of) -> tuple[list[Group], Facts]:
    """Four groups: two templates for one address, a push of another kind, and people who talk."""
    said = [
        (text, account + 10 * (place // 4), account, place * DAY + account)
        for place, text in enumerate(COURSE + WITNESS + KETTLE + FANS)
        for account in range(3)
    ]
    facts = facts_of(said, elsewhere=TALK * 30, promotion=SELLING)
    return [group_of(*range(first, first + 4)) for first in (COURSE_ID, WITNESS_ID, KETTLE_ID, FANS_ID)], facts


@pytest.fixture(scope="session")
def models(straight) -> Models:
    """Who sells is likely an offender; a rare word in common makes groups one push."""
    return Models(
        verdict=straight(-4.0, promotion=9.0, kin=2.0),
        kinship=straight(-4.0, rarest_word=1.5, words=2.0),
        adoption=straight(-9.0),
    )


def pushes(judged: list[Judged]) -> list[int]:
    return [one.push for one in judged]


def test_two_templates_for_one_rare_address_are_one_push_and_strangers_are_not(world, models):
    judged = judge_groups(*world, NO_RULINGS, models)
    assert [one.is_offence for one in judged] == [True, True, True, False]
    assert pushes(judged) == [0, 0, 2, 3]


def test_the_order_of_groups_changes_no_push(world, models):
    groups, facts = world
    judged = judge_groups(groups[::-1], facts, NO_RULINGS, models)
    assert pushes(judged) == [0, 1, 2, 2]
    forth = judge_groups(groups, facts, NO_RULINGS, models)
    assert [one.verdict.judgement for one in judged[::-1]] == [one.verdict.judgement for one in forth]
    assert [one.verdict.score for one in judged[::-1]] == pytest.approx([one.verdict.score for one in forth])


def test_pushes_that_people_hold_apart_stay_apart(world, models):
    ruled = Rulings(apart=frozenset({(COURSE_ID + 1, WITNESS_ID + 2)}))
    assert pushes(judge_groups(*world, ruled, models)) == [0, 1, 2, 3]


def test_pushes_that_people_call_the_same_are_one(world, models):
    ruled = Rulings(same=frozenset({(WITNESS_ID + 1, KETTLE_ID + 3)}))
    assert pushes(judge_groups(*world, ruled, models)) == [0, 0, 0, 3]


def test_rulings_on_texts_in_no_group_change_nothing(world, models):
    ruled = Rulings(same=frozenset({(COURSE_ID, 99), (98, 99)}), apart=frozenset({(KETTLE_ID, 99)}))
    judged, plainly = judge_groups(*world, ruled, models), judge_groups(*world, NO_RULINGS, models)
    assert pushes(judged) == pushes(plainly)
    assert [one.verdict for one in judged] == [one.verdict for one in plainly]


def test_an_echo_is_in_no_push_with_others_whatever_they_share(world, models, straight):
    everything = replace(models, kinship=straight(9.0))
    judged = judge_groups(*world, NO_RULINGS, everything)
    assert judged[3].verdict.judgement is Judgement.ECHO
    assert judged[3].push == 3


@pytest.fixture
def doubtful(world, models, straight) -> Callable[[float], list[Judged]]:
    """The groups judged where nothing but a push's kin is in doubt, and by this much."""
    groups, facts = world
    unsure = {one: replace(facts.texts[one], promotion=0.0) for one in groups[1].text_ids}

    def judged(odds: float) -> list[Judged]:
        doubting = replace(models, verdict=straight(odds, promotion=9.0, kin=3.0))
        return judge_groups(groups, replace(facts, texts={**facts.texts, **unsure}), NO_RULINGS, doubting)

    return judged


def test_who_is_in_doubt_is_judged_by_the_company_it_keeps(doubtful):
    judged = doubtful(-1.0)
    assert [one.is_offence for one in judged] == [True, True, True, False]
    assert judged[1].push == judged[0].push
    assert judged[1].verdict.reasons[0].signal == "kin"


def test_honest_talk_has_no_kin(doubtful):
    judged = doubtful(-3.6)
    assert [one.is_offence for one in judged] == [True, False, True, False]
    assert "kin" not in [reason.signal for reason in judged[1].verdict.reasons]


def test_a_group_around_a_known_text_is_judged_by_what_people_said(world, models):
    groups, facts = world
    known = [replace(groups[0], memory=Memory.GOOD), *groups[1:3], replace(groups[3], memory=Memory.BAD)]
    judged = judge_groups(known, facts, NO_RULINGS, models)
    assert [one.is_offence for one in judged] == [False, True, True, True]
    assert [judged[place].verdict.score for place in (0, 3)] == [0, 1]
    assert judged[0].push == 0


def test_no_groups_have_no_verdicts(facts_of, models):
    assert judge_groups([], facts_of([]), NO_RULINGS, models) == []


def test_the_shipped_models_judge_too(world):
    groups, facts = world
    judged = judge_groups(groups, facts, NO_RULINGS, Models.load())
    assert all(one.verdict.reasons for one in judged)
    assert min(one.verdict.score for one in judged[:2]) > judged[3].verdict.score


def test_a_group_without_some_texts_keeps_its_verdict(world, models):
    (first, *_) = judge_groups(*world, NO_RULINGS, models)
    rest = first.without({COURSE_ID + 1})
    assert rest is not None
    assert rest.found.text_ids == [COURSE_ID, COURSE_ID + 2, COURSE_ID + 3]
    assert (rest.verdict, rest.push) == (first.verdict, first.push)


def test_without_its_medoid_the_next_stands_in_its_place(world, models):
    (first, *_) = judge_groups(*world, NO_RULINGS, models)
    rest = first.without({COURSE_ID})
    assert rest is not None
    assert (rest.found.medoid_id, [member.similarity for member in rest.found.members]) == (2, [1, 0.8, 0.8])


def test_without_any_of_its_texts_nothing_is_left_of_a_group(world, models):
    (first, *_) = judge_groups(*world, NO_RULINGS, models)
    assert first.without(set(range(99))) is None
    assert first.without(set()) == first


def test_support_is_that_of_the_likeliest_other():
    kinship = Kinship(np.array([0, 0, 1]), np.array([1, 2, 2]), np.empty((3, 0)))
    found = support(kinship, np.array([0.5, 1.0, 0.1]), np.array([0.2, 1.0, 0.4]))
    assert found == pytest.approx([0.5, 0.1, 0.2])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6), st.data())
def test_support_is_a_likelihood_and_none_without_kin(likelihoods, data):
    places = st.tuples(*2 * [st.integers(0, len(likelihoods) - 1)]).filter(lambda pair: pair[0] < pair[1])
    pairs = sorted(data.draw(st.sets(places, max_size=6))) if len(likelihoods) > 1 else []
    first, second = np.array(pairs, np.int64).reshape(-1, 2).T
    same = np.array(data.draw(st.lists(st.floats(0, 1), min_size=len(pairs), max_size=len(pairs))))
    found = support(Kinship(first, second, np.empty((len(pairs), 0))), same, np.array(likelihoods))
    assert ((found >= 0) & (found <= 1)).all()
    assert all(found[place] == 0 for place in set(range(len(likelihoods))) - {one for pair in pairs for one in pair})


def test_what_is_never_to_be_flagged_lends_nobody_its_kin(world, models, straight):
    groups, facts = world
    unsure = replace(models, verdict=straight(-4.0, promotion=9.0, kin=9.0))
    ruled = [replace(groups[0], memory=Memory.GOOD), *groups[1:]]
    (kept, witness, *_) = judge_groups(ruled, facts, NO_RULINGS, unsure)
    assert (kept.verdict.score, kept.push) == (0, 0)
    assert "kin" not in [reason.signal for reason in witness.verdict.reasons]


def test_what_people_removed_is_kin_however_harmless_it_looks(world, models, straight):
    groups, facts = world
    harmless = replace(models, verdict=straight(-3.0, kin=9.0))
    ruled = [replace(groups[0], memory=Memory.BAD), *groups[1:]]
    judged = judge_groups(ruled, facts, NO_RULINGS, harmless)
    assert [one.is_offence for one in judged] == [True, True, False, False]
    assert pushes(judged)[:2] == [0, 0]
