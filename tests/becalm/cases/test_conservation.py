"""Whatever happens to the store, every comment ends in a case or is cleared, and a second run changes nothing."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from becalm.cases import check_conservation
from becalm.errors import CountsDiffer
from becalm.store import CaseComment, Clearance
from becalm.store.upsert import add

TEXTS = [f"words number {place}" for place in range(6)]
ACCOUNTS = ["ann", "bob", "cat", "us"]
PERSON = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

score = st.sampled_from([0.0, 0.55, 0.65, 0.95])
signals = st.fixed_dictionaries(
    {"spam": score, "abuse": score, "complaint": score, "praise": score},
    optional={"keywords": st.just(["bomb threat"])},
)
said = st.tuples(
    st.just("say"), st.sampled_from(TEXTS), st.sampled_from(ACCOUNTS), st.integers(0, 2000), signals, st.booleans()
)
scored = st.tuples(st.just("score"), st.integers(0, 50), signals)
edited = st.tuples(st.just("edit"), st.integers(0, 50), st.sampled_from(TEXTS))
decided = st.tuples(st.just("decide"), st.integers(0, 50))
regrouped = st.tuples(
    st.just("regroup"),
    st.lists(st.tuples(st.sampled_from(["campaign", "flood", "echo"]), st.sampled_from(TEXTS)), max_size=4),
)
steps = st.lists(st.one_of(said, said, scored, edited, decided, regrouped, st.just(("run",))), min_size=3, max_size=14)


def take(stream, step):
    """One step of a story."""
    kind, *rest = step
    comments = stream.clearances().keys() | {each for case in stream.cases() for each in stream.comments_of(case)}
    known = sorted(comments)
    if kind == "say":
        text, by, at, found, is_scored = rest
        stream.say(text, by=by, at=at, is_brand=by == "us", scored=is_scored, **found)
    elif kind == "score" and known:
        stream.score(known[rest[0] % len(known)], **rest[1])
    elif kind == "edit" and known:
        stream.say(rest[1])
        stream.edit(known[rest[0] % len(known)], rest[1])
    elif kind == "decide" and (open_cases := stream.cases(state="open")):
        stream.decide(open_cases[rest[0] % len(open_cases)].id)
    elif kind == "regroup":
        for _, text in rest[0]:
            stream.say(text)
        groups = {text: verdict for verdict, text in rest[0]}
        stream.regroup(**{f"{verdict} {text}": (verdict, [text]) for text, verdict in groups.items()})


@PERSON
@given(steps)
def test_no_story_loses_a_comment_or_touches_a_decision(fresh_stream, run, story):
    stream = fresh_stream()
    for step in story:
        take(stream, step)
        if step[0] == "run":
            decided_before = {case.id: case.reasons for case in stream.cases(state="decided")}
            run(stream)
            assert {case.id: case.reasons for case in stream.cases(state="decided")} == decided_before
    run(stream)
    no_two_open_of_a_kind(stream)
    before = stream.tables()
    run(stream, later=50)
    assert stream.tables() == before


def no_two_open_of_a_kind(stream):
    for kind in ("comment", "group"):
        seen = [each for case in stream.cases(state="open", kind=kind) for each in stream.comments_of(case)]
        assert len(seen) == len(set(seen))
    assert all(case.reasons and 0 <= case.priority <= 1 for case in stream.cases(state="open"))


@PERSON
@given(steps)
def test_many_runs_or_one_come_to_the_same_cases(fresh_stream, run, story):
    told = [step for step in story if step[0] in ("say", "regroup")]
    results = []
    for each_step in (True, False):
        stream = fresh_stream()
        for step in told:
            take(stream, step)
            if each_step:
                run(stream)
        run(stream)
        cases = stream.cases(state="open", kind="group")
        results.append(
            ({(case.id, case.priority, frozenset(stream.comments_of(case))) for case in cases}, stream.clearances())
        )
    assert results[0] == results[1]


def test_a_lost_comment_is_noticed(stream, run):
    stream.say("nice light")
    stream.say("you fools", abuse=0.9)
    run(stream)
    with stream.store.writing() as session:
        session.execute(delete(Clearance))
        with pytest.raises(CountsDiffer, match="2 expected, 1 found"):
            check_conservation(session)


def test_a_comment_lost_from_its_case_is_noticed(stream, run):
    stream.say("you fools", abuse=0.9)
    run(stream)
    with stream.store.writing() as session:
        session.execute(delete(CaseComment))
        with pytest.raises(CountsDiffer):
            check_conservation(session)


def test_a_comment_both_cleared_and_in_an_open_case_is_noticed(stream, run):
    comment = stream.say("you fools", abuse=0.9)
    run(stream)
    with stream.store.writing() as session:
        add(session, Clearance, [{"comment_id": comment, "reason": "no rule met"}])
        with pytest.raises(CountsDiffer, match="cleared although"):
            check_conservation(session)


def test_counts_tell_where_everything_is(stream, run):
    stream.say("nice light")
    stream.say("you fools", abuse=0.9)
    run(stream)
    with stream.store.reading() as session:
        counts = check_conservation(session)
    assert (counts.comments, counts.in_cases, counts.cleared) == (2, 1, 1)
