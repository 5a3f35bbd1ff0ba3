"""What people did to cases outlives every run that opens cases anew."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from becalm.cases import open_cases
from becalm.cases.claims import claim
from becalm.cases.clock import stages_of
from becalm.cases.deciding import Ruling, decide
from becalm.cases.merging import merge, split
from becalm.cases.reversing import undo
from becalm.cases.second import refuse
from becalm.cases.sweeping import preview, sweep
from becalm.errors import CaseConflict, CaseRefused
from becalm.store import CaseComment

ONE, TWO, LEAD = "moderator-1", "moderator-2", "lead-1"
COPIES = ["buy tea", "buy teas", "buy the tea"]


@pytest.fixture
def wave(desk):
    """A campaign of three comments by three accounts, beside the desk's cases."""
    for number, text in enumerate(COPIES):
        desk.stream.say(text, by=f"p{number}", name=f"p{number}", spam=0.9)
    desk.stream.regroup(tea=("campaign", COPIES))
    desk.open()
    desk.ids["tea"] = desk.stream.case(kind="group").id
    return desk


def comments(desk, name):
    return len(desk.stream.comments_of(desk.stream.case(id=desk.ids[name])))


def grow(desk):
    desk.stream.say("buy tea", by="p9", name="p9", spam=0.9)
    desk.open()


def test_a_claimed_case_is_neither_changed_nor_withdrawn_but_gains_comments(wave):
    before = wave.do(claim, wave.ids["tea"], ONE)
    grow(wave)
    after = wave.case(wave.ids["tea"])
    assert (comments(wave, "tea"), after.priority, after.state) == (4, before.priority, "open")
    with pytest.raises(CaseConflict, match="last: comments by machine"):
        wave.do(decide, wave.ids["tea"], ONE, ruling=Ruling("remove"), expected_version=before.version)
    wave.stream.regroup()
    wave.open()
    assert wave.case(wave.ids["tea"]).claimant(wave.now) == ONE
    wave.later(hours=1)
    wave.open()
    assert wave.case(wave.ids["tea"]).state == "withdrawn"


def test_what_comes_after_a_held_decision_is_a_case_of_its_own(desk):
    desk.policy = desk.policy.model_copy(
        update={
            "rules": tuple(
                rule.model_copy(update={"second_person": True}) if rule.id == "campaign" else rule
                for rule in desk.policy.rules
            )
        }
    )
    for number, text in enumerate(COPIES):
        desk.stream.say(text, by=f"p{number}", name=f"p{number}", spam=0.9)
    desk.stream.regroup(tea=("campaign", COPIES))
    desk.open()
    desk.ids["tea"] = desk.stream.case(kind="group").id
    desk.do(decide, desk.ids["tea"], ONE, ruling=Ruling("remove"))
    grow(desk)
    assert comments(desk, "tea") == 3
    desk.ids["more"] = desk.stream.case(subject="tea~2").id
    assert comments(desk, "more") == 1
    desk.do(refuse, desk.ids["tea"], TWO, note="they are customers")
    desk.open()
    assert (comments(desk, "tea"), desk.case(desk.ids["more"]).state) == (4, "withdrawn")


def test_a_decision_undone_before_a_later_one_takes_nothing_of_the_later(wave):
    wave.do(decide, wave.ids["tea"], ONE, ruling=Ruling("remove"))
    grow(wave)
    wave.ids["more"] = wave.stream.case(subject="tea~2").id
    wave.do(decide, wave.ids["more"], TWO, ruling=Ruling("remove"))
    wave.do(undo, wave.ids["tea"], ONE)
    wave.open()
    assert (comments(wave, "tea"), comments(wave, "more")) == (3, 1)
    assert wave.case(wave.ids["more"]).state == "decided"


def test_merging_and_reprioritising_keep_both(wave):
    wave.do(merge, wave.ids["spam"], ONE, into=wave.ids["tea"])
    due, priority = wave.case(wave.ids["tea"]).due_at, wave.case(wave.ids["tea"]).priority
    grow(wave)
    merged = wave.case(wave.ids["tea"])
    assert (comments(wave, "tea"), merged.due_at) == (5, due)
    assert merged.priority > priority
    gone = wave.case(wave.ids["spam"])
    assert (gone.state, gone.merged_into) == ("closed", wave.ids["tea"])
    before = wave.stream.tables()
    wave.open()
    assert wave.stream.tables() == before


def test_people_at_work_while_cases_are_opened_lose_nothing(desk):
    for number in range(30):
        desk.stream.say(f"cheap {number}", by=f"s{number}", name=f"s{number}", spam=0.6 + number / 100)
    desk.open()
    spam = [case.id for case in desk.stream.cases(rule="single-spam")]

    def work():
        for into, gone in zip(spam[:10], spam[10:20], strict=True):
            desk.do(merge, gone, ONE, into=into)
            desk.do(decide, into, ONE, ruling=Ruling("remove"))

    def reopen():
        for policy in (desk.policy, policy_of_less(desk.policy)) * 4:
            with desk.store.writing() as session:
                open_cases(session, policy, desk.now)

    with ThreadPoolExecutor(2) as pool:
        for done in (pool.submit(work), pool.submit(reopen)):
            done.result()
    desk.open()
    assert [desk.case(each).state for each in spam[:10]] == ["decided"] * 10
    assert [desk.case(each).merged_into for each in spam[10:20]] == spam[:10]
    assert all(len(desk.stream.comments_of(desk.stream.case(id=each))) == 2 for each in spam[:10])
    assert [desk.case(each).state for each in spam[20:]] == ["open"] * (len(spam) - 20)


def policy_of_less(policy):
    """The same rules, and another weight on how severe they are."""
    weights = policy.priority.weights.model_copy(update={"severity": 0.3})
    return policy.model_copy(update={"priority": policy.priority.model_copy(update={"weights": weights})})


def test_what_was_split_off_stays_apart(wave):
    tea = wave.stream.case(id=wave.ids["tea"])
    part = wave.do(split, tea.id, ONE, comment_ids=sorted(wave.stream.comments_of(tea))[:1])
    assert (part.subject, part.split_from, part.state) == ("tea~2", tea.id, "open")
    grow(wave)
    wave.ids["part"] = part.id
    assert (comments(wave, "tea"), comments(wave, "part")) == (3, 1)
    wave.do(decide, tea.id, ONE, ruling=Ruling("remove"))
    wave.do(decide, part.id, ONE, ruling=Ruling("none", "dismissed"))
    wave.open()
    assert [case.subject for case in wave.stream.cases(kind="group")] == ["tea", "tea~2"]


@pytest.mark.parametrize("which", [[], [1, 2, 3, 4], "all"])
def test_a_split_takes_some_of_the_comments(wave, which):
    ids = wave.stream.comments_of(wave.stream.case(id=wave.ids["tea"])) if which == "all" else which
    with pytest.raises(CaseRefused, match="neither none nor all nor others"):
        wave.do(split, wave.ids["tea"], ONE, comment_ids=ids)


def test_a_sweep_counts_first_and_decides_only_what_was_seen(desk):
    for number in range(3):
        desk.stream.say(f"cheap watches {number}", by="spammer", name=f"w{number}", spam=0.9)
    desk.stream.say("your parcel is late", by="spammer", name="late", complaint=0.9)
    desk.open()
    desk.ids = {case.subject.removeprefix("youtube/"): case.id for case in desk.stream.cases()}
    desk.do(decide, desk.ids["spam"], ONE, ruling=Ruling("remove"))
    desk.do(claim, desk.ids["w2"], TWO)
    tables = desk.stream.tables()
    found = desk.do(preview, desk.ids["spam"], ONE)
    assert desk.stream.tables() == tables
    assert (found.count, set(found.versions)) == (2, {desk.ids["w0"], desk.ids["w1"]})
    assert found.left_out == {desk.ids["w2"]: "moderator-2 has it", desk.ids["late"]: "another rule: complaint"}
    desk.do(decide, desk.ids["w1"], TWO, ruling=Ruling("none", "dismissed"))
    swept = desk.do(sweep, desk.ids["spam"], ONE, versions=found.versions)
    assert swept.changed == (desk.ids["w1"],)
    assert [each.decision.action for each in swept.settled] == ["remove"]
    assert desk.log(desk.ids["w1"])[-1].outcome == "dismissed"
    assert "swept with" in desk.log(desk.ids["w0"])[-1].note


def test_clocks_run_from_creation_and_from_each_claim(desk):
    opened = desk.case(desk.ids["rude"]).opened_at
    desk.later(hours=1)
    desk.do(claim, desk.ids["rude"], ONE)
    desk.later(hours=3)  # the lease ran out after half an hour
    desk.do(claim, desk.ids["rude"], ONE)
    desk.later(minutes=10)
    desk.do(decide, desk.ids["rude"], ONE, ruling=Ruling("hide"))
    desk.later(hours=9)
    with desk.store.reading() as session:
        stages = stages_of(session, desk.policy, desk.case(desk.ids["rude"]), desk.now)
    told = [(each.name, each.seconds(desk.now) / 60, each.is_late(desk.now)) for each in stages]
    assert told == [
        ("waiting", 60, False), ("in hand", 30, False), ("waiting", 150, False), ("in hand", 10, False),
        ("second", 540, True),
    ]  # fmt: skip
    assert stages[0].since == opened


def test_a_crash_in_the_middle_leaves_the_case_as_it_was(desk):
    before = desk.stream.tables()

    def decide_and_die():
        with desk.store.writing() as session:
            decide(session, desk.policy, desk.ids["angry"], Ruling("reply"), ONE, desk.now)
            session.flush()
            raise RuntimeError("power is gone")

    with pytest.raises(RuntimeError, match="power"):
        decide_and_die()
    assert desk.stream.tables() == before
    assert desk.next(TWO, ["care"]) == desk.ids["angry"]


def test_placed_comments_are_marked(wave):
    wave.do(merge, wave.ids["spam"], ONE, into=wave.ids["tea"])
    with wave.store.reading() as session:
        placed = session.query(CaseComment).filter_by(case_id=wave.ids["tea"], is_placed=True).count()
    assert placed == 1
