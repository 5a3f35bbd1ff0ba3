"""A refresher: the rules that a policy version changed, and the decided cases that are answered otherwise now."""

from collections.abc import Iterator, Sequence
from itertools import islice

from sqlalchemy import or_

from ..cases.candidates import candidates
from ..cases.facts import facts_about
from ..errors import InputError
from ..policy import Policy, Rule
from ..policy.difference import Difference
from ..policy.differences import differences
from ..policy.plain_words import conditions_in_words
from ..replay.answers import Answers
from ..replay.decided import PastCase, decided_comments, past_cases
from ..review.period import covering_period
from ..store import Comment
from .decided import Answer, Lesson
from .drawing import draw_lessons
from .pack import Changed
from .scenario import Desk, Made, Turn, make_scenario


def refresh(
    desk: Desk, policy: Policy, before: Policy, lessons: Sequence[Lesson], most: int
) -> tuple[tuple[Changed, ...], tuple[Made, ...]]:
    """What changed from `before` to `policy`, rule by rule, and scenarios of the cases that it turns.

    Raises `InputError` when no rule changed.
    """
    changes = tuple(changed_rules(before, policy))
    if not changes:
        raise InputError(f"from policy `{before.version}` to `{policy.version}` no rule changed; nothing to refresh")
    turns = turned(desk, policy, before, lessons, {change.rule for change in changes})
    drawn = draw_lessons([lesson for lesson in lessons if lesson.case_id in turns], most, desk.seed)
    made = (make_scenario(desk, one, number, turns[one.case_id]) for number, one in enumerate(drawn, start=1))
    return changes, tuple(made)


def changed_rules(before: Policy, after: Policy) -> Iterator[Changed]:
    """Each rule that is new, changed or gone: the sentences of `becalm policy diff`, and its words before and now."""
    found = [one for one in differences(before, after) if one.rule is not None]
    for rule_id in dict.fromkeys(one.rule for one in found if one.rule):
        was, now = before.rule(rule_id), after.rule(rule_id)
        rule = now or was
        assert rule is not None
        yield Changed(rule_id, rule.title, _sentences(found, rule_id), _spelled(before, was), _spelled(after, now))


def turned(desk: Desk, policy: Policy, before: Policy, lessons: Sequence[Lesson], rules: set[str]) -> dict[str, Turn]:
    """By case, how the change turns its answer; cases that it leaves as they were are not among them.

    Where people upheld a rule that is still met, and the policy now says to do something else about it, that is right
    now. Where people decided under the new version, they are right. Where only stored signals say that another rule
    is met, nobody is: that is discussed.
    """
    was, now, known = _replayed(desk, policy, before)
    found: dict[str, Turn] = {}
    for lesson in lessons:
        case = known.get(lesson.case_id)
        if case is None:
            continue
        old = _answer(before, was.rule_for(case.kind, case.subject, case.comments))
        new = _answer(policy, now.rule_for(case.kind, case.subject, case.comments))
        if not rules & {old.rule, new.rule, lesson.about, lesson.rule}:
            continue
        if turn := _turn(desk, policy, before, lesson, old, new):
            found[lesson.case_id] = turn
    return found


def _turn(desk: Desk, policy: Policy, before: Policy, lesson: Lesson, old: Answer, new: Answer) -> Turn | None:
    said = desk.wording.answer
    is_ours = lesson.decision.policy_version == policy.version
    if lesson.is_open:
        return None
    if is_ours and lesson.right != old:
        return _told(desk, "changed", policy, before, lesson.right, said(before, old), said(policy, lesson.right))
    if is_ours:
        return None
    acted = _acted_otherwise(policy, before, lesson)
    if acted is not None:
        return _told(desk, "changed", policy, before, acted, said(before, lesson.right), said(policy, acted))
    if old.rule != new.rule != lesson.right.rule:
        return _told(desk, "replayed", policy, before, None, said(before, old), said(policy, new))
    return None


def _told(desk: Desk, how: str, policy: Policy, before: Policy, right: Answer | None, old: str, new: str) -> Turn:
    said = {"old": old.rstrip("."), "new": new.rstrip(".")}
    told = desk.wording.say(how, before=before.version, after=policy.version, **said)
    return Turn(policy, right, old, told)


def _acted_otherwise(policy: Policy, before: Policy, lesson: Lesson) -> Answer | None:
    """The rule that people upheld, with what the policy now does about it, where they did what it said then."""
    was, now = (each.rule(lesson.right.rule or "") for each in (before, policy))
    if was is None or now is None or was.action == now.action or lesson.right.action != was.action:
        return None
    return Answer(now.id, now.action)


def _replayed(desk: Desk, policy: Policy, before: Policy) -> tuple[Answers, Answers, dict[str, PastCase]]:
    """Both policies on stored signals, and the decided cases that they can be asked about."""
    period = covering_period(desk.session)
    asked = (candidates(policy), candidates(before), decided_comments(period))
    facts = facts_about(desk.session, or_(*(Comment.id.in_(ids) for ids in asked)))
    scored = {comment.id for comment in facts.comments if comment.is_scored}
    known = {
        case.id: case
        for case in past_cases(desk.session, period)
        if case.kind == "account" or any(one in scored for one in case.comments)
    }
    return Answers(desk.session, before, facts, period), Answers(desk.session, policy, facts, period), known


def _answer(policy: Policy, rule_id: str | None) -> Answer:
    rule = policy.rule(rule_id) if rule_id else None
    return Answer(rule.id, rule.action) if rule else Answer(None, "none")


def _sentences(found: Sequence[Difference], rule_id: str) -> tuple[str, ...]:
    return tuple(islice((one.words for one in found if one.rule == rule_id), 12))


def _spelled(policy: Policy, rule: Rule | None) -> str | None:
    if rule is None:
        return None
    return f"{rule.meaning} ({conditions_in_words(policy, rule)}; {rule.action})"
