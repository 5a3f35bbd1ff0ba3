"""The response tree, walked by the machine and by people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.cases.response import AnswerUnknown, TreeMissing, begin, machine_walk, ready_machine, walk
from becalm.cases.situation import Situation, complaint_topics
from becalm.policy import AppliesTo, load_policy

policy = load_policy()
NO_ANSWER = {"signal": "complaint", "score": 0.5, "text": "gets no answer: “nobody replies”"}


def suggested(rule, kind="comment", **facts):
    end = machine_walk(policy, Situation(rule=rule, kind=kind, **facts)).end
    return (end.action, end.template) if end else None


@pytest.mark.parametrize(
    ("rule", "facts", "action", "template"),
    [
        ("praise", {}, "thank", "thank-you"),
        ("complaint", {}, "reply", "care-first-answer"),
        ("complaint", {"complaint_topics": ("waiting",)}, "reply", "care-delay"),
        ("complaint", {"complaint_topics": ("broken", "no_answer")}, "reply", "care-no-answer"),
        ("complaint", {"complaint_topics": ("money_back",)}, "reply", "care-refund"),
        ("complaint", {"public_answers": 1}, "message", "care-follow-up"),
        ("low-rating", {}, "reply", "care-rating"),
        ("single-spam", {}, "remove", "spam-removed"),
        ("threat", {}, "escalate", "handover-safety"),
        ("private-data", {}, "hide", "private-data-other"),
        ("own-private-data", {}, "hide", "private-data-own"),
        ("person-in-despair", {}, "escalate", "handover-safety"),
        ("legal-and-press", {}, "escalate", "handover"),
        ("off-topic", {}, "monitor", "watch-note"),
        ("warned-in-vain", {"notices": 2}, "mute", "muted"),
        ("heated-thread", {}, "remind", "respect-reminder"),
    ],
)
def test_the_machine_suggests_what_the_tree_says(rule, facts, action, template):
    assert suggested(rule, **facts) == (action, template)


@pytest.mark.parametrize(("rule", "mild", "next_one"), [
    ("abuse", ("hide", "first-notice"), ("hide", "notice-hidden")),
    ("flood", ("hide", "first-notice"), ("hide", "notice-hidden")),
    ("repeat-offender", ("warn", "first-notice"), ("warn", "warning")),
])  # fmt: skip
def test_the_first_notice_to_a_first_timer_is_the_mild_one(rule, mild, next_one):
    assert suggested(rule, notices=0) == mild
    assert suggested(rule, notices=1) == next_one


def test_every_rule_of_the_policy_gets_a_suggestion():
    for rule in policy.rules:
        # What is only reported is for people to judge by the other rules.
        assert suggested(rule.id, rule.applies_to.value) or rule.is_of_reports, rule.id


def test_what_no_rule_explains_is_left_to_people():
    assert suggested("none-such") is None
    way = machine_walk(policy, Situation(rule="none-such", kind="comment"))
    assert way.question is not None
    assert way.at == "place"


@given(st.data())
def test_whatever_people_answer_they_arrive(data):
    way, steps = begin(policy), 0
    while way.question is not None:
        way = way.answered(data.draw(st.sampled_from([answer.id for answer in way.question.answers])))
        steps += 1
    assert steps <= len(policy.tree.questions)
    assert way.end is not None
    assert [passed.answer.id for passed in way.path] == [p.answer.id for p in walk(policy, [
        passed.answer.id for passed in way.path
    ]).path]  # fmt: skip


@given(
    st.builds(
        Situation,
        rule=st.sampled_from([rule.id for rule in policy.rules] + ["gone"]),
        kind=st.sampled_from([each.value for each in AppliesTo]),
        complaint_topics=st.lists(st.sampled_from(["broken", "waiting", "leaving"])).map(tuple),
        notices=st.integers(0, 3),
        public_answers=st.integers(0, 3),
    )
)
def test_the_machine_never_suggests_a_second_public_answer_a_ban_or_a_pause_unwarned(situation):
    end = machine_walk(policy, situation).end
    assert end == ready_machine(policy).arrive(situation)
    if end is None:
        return
    assert end.action != "ban"
    assert end.action != "mute" or situation.rule == "warned-in-vain"
    if situation.public_answers and situation.rule in {"complaint", "low-rating"}:
        assert not policy.actions[end.action].in_public


def test_an_answer_that_there_is_none_of_is_refused():
    with pytest.raises(AnswerUnknown, match="did you mean `threat`"):
        walk(policy, ["threats"])
    with pytest.raises(AnswerUnknown, match="come to its end"):
        walk(policy, ["threat", "none"])


def test_a_policy_without_a_tree_has_nothing_to_walk():
    bare = policy.model_copy()
    bare._tree = None
    with pytest.raises(TreeMissing):
        begin(bare)


def test_topics_are_read_from_the_reasons_of_a_case():
    others = [{"signal": "complaint", "score": 0.3, "text": "rated 1 of 5 stars"}, {"signal": "spam", "text": "x"}]
    assert complaint_topics([NO_ANSWER, *others, NO_ANSWER]) == ("no_answer",)
