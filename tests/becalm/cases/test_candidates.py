from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import true

from becalm.cases.facts import read_comments, read_facts
from becalm.cases.judging import judge
from becalm.policy import AppliesTo, Rule, load_policy
from becalm.policy.conditions import Condition

POLICY = load_policy()
NUMBERS = ("spam", "abuse", "off_topic", "complaint", "praise", "sentiment", "rating", "likes", "strikes")
number = st.sampled_from([-1.0, 0.0, 0.5, 1.0, 3.0])
bounds = st.sampled_from([{"at_least"}, {"at_most"}, {"at_least", "at_most"}])


@st.composite
def conditions(draw):
    name = draw(st.sampled_from([*NUMBERS, "keywords", "private_data", "verdict"]))
    if name == "verdict":
        return name, Condition(**{"is": draw(st.sampled_from(["campaign", "echo"]))})
    asked = {bound: draw(number) for bound in draw(bounds)}
    if name == "keywords":
        asked |= draw(st.sampled_from([{}, {"any_of": ("threats",)}]))
    if name == "private_data":
        asked |= draw(st.sampled_from([{}, {"is": "phone number"}]))
    return name, Condition(**asked)


def rule_asking(when):
    like = POLICY.rules_for(AppliesTo.COMMENT)[-1]
    return Rule(**{**dict(like), "when": when, "also_in_groups": True})


rules = st.lists(st.lists(conditions(), min_size=1, max_size=3).map(dict).map(rule_asking), min_size=1, max_size=3)


@pytest.fixture
def all_kinds(stream):
    for place, score in enumerate((0.0, 0.4, 0.5, 0.9)):
        stream.say(f"words {place}", spam=score, abuse=1 - score, praise=score, sentiment=score - 0.5, rating=place)
    stream.say("bomb threat", keywords=["bomb threat"], complaint=0.6)
    stream.say("call me", private_data=[{"kind": "phone number"}], off_topic=0.7)
    stream.say("edited", spam=0.9)
    stream.say("not scored", scored=False, rating=1.0)
    stream.say("from us", by="us", is_brand=True, spam=0.9)
    stream.say("buy now", by="bob")
    stream.say("who watches", by="bob")
    stream.regroup(buy=("campaign", ["buy now"]), who=("echo", ["who watches"]))
    return stream


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rules)
def test_no_comment_that_meets_a_rule_is_passed_over(all_kinds, asked):
    policy = POLICY.model_copy(update={"rules": tuple(asked)})
    with all_kinds.store.reading() as session:
        facts = read_facts(session, policy)
        everything = replace(facts, comments=read_comments(session, true()))
    assert len(everything.comments) == 11
    assert judge(facts, policy) == judge(everything, policy)


def test_what_can_meet_nothing_is_not_read(all_kinds):
    with all_kinds.store.reading() as session:
        read = {comment.comment_id for comment in read_facts(session, POLICY).comments}
    assert read == {f"c{number}" for number in range(1, 11)}  # not the echo
