"""The case that somebody gets when they ask for the next one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import update

from becalm.cases.claims import claim, release, skip
from becalm.cases.deciding import Ruling, decide
from becalm.cases.escalating import escalate
from becalm.cases.next import claim_next, find_next
from becalm.errors import CaseConflict, PersonUnknown
from becalm.policy.people import Person
from becalm.store import Case

ONE, TWO, LEAD, CARE = "moderator-1", "moderator-2", "lead-1", "care-1"


def rush(desk, name, **columns):
    with desk.store.writing() as session:
        session.execute(update(Case).where(Case.id == desk.ids[name]).values(**columns))


def test_the_most_urgent_comes_first_and_each_case_goes_to_one_person(desk):
    got = [desk.next(ONE), desk.next(TWO), desk.next(CARE), desk.next(ONE)]
    by_priority = [case.id for case in desk.stream.cases() if case.id != desk.ids["lost"]]
    assert got == [*by_priority, None]


def test_only_who_may_decide_gets_it(desk):
    assert {desk.next(LEAD) for _ in range(4)} >= {desk.ids["lost"]}


def test_a_case_past_its_due_time_gains_on_others_the_longer_it_waits(desk):
    rush(desk, "angry", priority=0.9, due_at=desk.now + timedelta(days=9))
    rush(desk, "spam", priority=0.6, opened_at=desk.now - timedelta(hours=12), due_at=desk.now + timedelta(minutes=5))
    assert desk.next(ONE) == desk.ids["angry"]
    desk.do(release, desk.ids["angry"], ONE)
    desk.later(hours=7)  # spam: 19 of 12 hours, 0.6 + 0.25 x 1.6
    assert desk.next(ONE) == desk.ids["spam"]


def test_of_equally_urgent_cases_the_one_due_first_comes_first(desk):
    for hours, name in enumerate(("spam", "rude", "angry"), 1):
        rush(desk, name, priority=0.5, due_at=desk.now + timedelta(hours=hours))
    assert [desk.next(ONE) for _ in range(3)] == [desk.ids[name] for name in ("spam", "rude", "angry")]


def test_queues_can_be_chosen(desk):
    assert desk.next(ONE, ["care"]) == desk.ids["angry"]
    assert desk.next(ONE, ["care"]) is None


def test_people_get_what_they_can_read_and_their_queues_give_them(desk):
    people = {**desk.policy.people, "mona": Person(title="Mona", roles=("moderator",), languages=("de",))}
    queues = {**desk.policy.queues, "care": desk.policy.queues["care"].model_copy(update={"roles": ("care",)})}
    desk.policy = desk.policy.model_copy(update={"people": people, "queues": queues})
    for name, language in {"spam": "de", "rude": "en", "angry": "de"}.items():
        queue, rule = desk.stream.case(id=desk.ids[name]).queue, desk.stream.case(id=desk.ids[name]).rule
        rush(desk, name, language=language, lane=f"{queue}/{rule}/{language}")
    assert [desk.next("mona"), desk.next("mona")] == [desk.ids["spam"], None]


def test_an_abandoned_claim_comes_back_after_any_number_of_expiries(desk):
    for _ in range(12):
        assert desk.next(ONE, ["care"]) == desk.ids["angry"]
        assert desk.next(TWO, ["care"]) is None
        desk.later(minutes=30)
    assert desk.next(TWO, ["care"]) == desk.ids["angry"]


def test_what_somebody_skips_goes_to_others_first(desk):
    first = desk.next(ONE)
    desk.do(skip, first, ONE, reason="I know them")
    others = [desk.next(ONE), desk.next(ONE)]
    assert first not in others
    assert desk.next(TWO) == first
    desk.do(release, first, TWO)
    assert desk.next(ONE) == first, "when nothing else is left"


def test_what_is_escalated_goes_to_whom_it_was_escalated_and_first(desk):
    desk.do(escalate, desk.ids["angry"], ONE, to="lead", reason="she names a lawyer")
    rush(desk, "angry", priority=0.01)
    assert desk.ids["angry"] not in {desk.next(CARE) for _ in range(4)}
    assert desk.next(LEAD) == desk.ids["angry"]


def test_what_is_held_is_offered_to_a_second_person_only(desk):
    desk.do(decide, desk.ids["rude"], ONE, ruling=Ruling("hide"))
    assert desk.ids["rude"] not in {desk.next(ONE) for _ in range(4)}
    assert desk.next(TWO) == desk.ids["rude"]


def test_what_is_decided_is_never_offered_again(desk):
    desk.do(decide, desk.ids["angry"], ONE, ruling=Ruling("reply"))
    assert desk.next(TWO, ["care"]) is None


def test_a_claim_by_id_needs_the_case_to_be_free(desk):
    desk.do(claim, desk.ids["angry"], ONE)
    with pytest.raises(CaseConflict, match="claimed by moderator-1"):
        desk.do(claim, desk.ids["angry"], TWO)
    desk.later(minutes=30)
    assert desk.do(claim, desk.ids["angry"], TWO).claimant(desk.now) == TWO


def test_strangers_get_nothing(desk):
    with pytest.raises(PersonUnknown):
        desk.next("mallory")


def test_looking_for_the_next_case_claims_nothing(desk):
    before = desk.stream.tables()
    with desk.store.reading() as session:
        assert find_next(session, desk.policy, ONE, desk.now)
    assert desk.stream.tables() == before


def test_two_people_who_ask_at_the_same_moment_never_get_the_same_case(desk):
    for number in range(20):
        desk.stream.say(f"cheap {number}", by=f"s{number}", spam=0.9)
    desk.open()

    def all_of(by):
        got = []
        while True:
            with desk.store.writing() as session:
                case = claim_next(session, desk.policy, by, desk.now)
            if case is None:
                return got
            got.append(case.id)

    with ThreadPoolExecutor(2) as pool:
        one, two = pool.map(all_of, (ONE, TWO))
    assert len(one) + len(two) == len({*one, *two}) == 23
