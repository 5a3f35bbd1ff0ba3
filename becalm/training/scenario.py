"""One scenario: a decided case under pseudonyms, as a question with its answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ..policy import Policy
from .decided import Answer, Lesson
from .material import Material, Said, read_material
from .names import Names
from .options import options_for
from .pack import Quoted, Scenario, Words
from .past import Past, past_in_words
from .pseudonyms import Pseudonyms
from .pseudonyms import Words as Called
from .tone_lesson import tone_for
from .wording import Wording

POINTED_OUT = 2
TITLE, POST = 120, 240


@dataclass(frozen=True, slots=True)
class Desk:
    """What every scenario of one pack is made with. `given` are answers by the rule of the case, commonest first."""

    session: Session
    policies: Mapping[str, Policy]  # by version
    names: Names
    ours: frozenset[str]
    past: Past
    given: Mapping[str, Sequence[Answer]]
    wording: Wording
    seed: str
    is_word: Callable[[str, frozenset[int]], bool]


@dataclass(frozen=True, slots=True)
class Source:
    """A comment that a scenario quotes, and whose; `comment_id` is 0 where an account is only spoken of."""

    comment_id: int
    account_id: int


@dataclass(frozen=True, slots=True)
class Made:
    """A scenario, its case, and everybody who is in it."""

    scenario: Scenario
    case_id: str
    sources: frozenset[Source]


@dataclass(frozen=True, slots=True)
class Turn:
    """How a policy change turns the answer of a case: `right` now, None where only people can say; `told` in words."""

    policy: Policy
    right: Answer | None
    before: str
    told: str


def make_scenario(desk: Desk, lesson: Lesson, number: int, turn: Turn | None = None) -> Made:
    """The scenario `s1`, `s2`, ...; what it asks under is the policy version of the decision, or that of the `turn`."""
    policy = turn.policy if turn else desk.policies[lesson.decision.policy_version]
    material = read_material(desk.session, lesson.case_id)
    people = _pseudonyms(desk, material)
    right = (turn.right if turn else None) or lesson.right
    is_scored = turn.right is not None if turn else not lesson.is_open
    options = options_for(lesson, right, policy, desk.given, desk.wording, desk.seed)
    comments = tuple(_quoted(desk, people, each) for each in material.said)
    parent = _quoted(desk, people, material.parent) if material.parent else None
    scenario = Scenario(
        id=f"s{number}",
        about=lesson.about,
        is_hard=lesson.hardness > 0,
        marks=tuple(desk.wording[f"mark {mark}"] for mark in lesson.marks),
        thread=_thread(desk, people, material),
        parent=parent,
        comments=comments,
        more=_more(desk.wording, material, lesson.kind),
        history=_history(desk, policy, people, material, lesson),
        question=_question(desk.wording, is_scored, turn),
        options=options,
        right=next(each.id for each in options if Answer(each.rule, each.action) == right) if is_scored else None,
        words=_words(policy, lesson.about),
        why=_why(desk, policy, people, lesson, material, turn),
        tone=tone_for(
            policy,
            lesson.about,
            right,
            _template(policy, lesson, right),
            desk.wording.language,
            lesson.decision.kind == "reversal",
        ),
        before=turn.before if turn else None,
    )
    return Made(scenario, lesson.case_id, _sources(material, people))


def _pseudonyms(desk: Desk, material: Material) -> Pseudonyms:
    called = Called({name: desk.wording[name] for name in desk.wording.of})
    quoted = frozenset(each.account_id for each in (*material.said, *filter(None, [material.parent])))
    people = Pseudonyms(desk.names, called, material.company, quoted, desk.ours, desk.is_word)
    for each in material.said:
        people.person(each.account_id)
    return people


def _quoted(desk: Desk, people: Pseudonyms, said: Said) -> Quoted:
    who = desk.wording["team"] if said.is_brand else people.person(said.account_id)
    return Quoted(who, people.text(said.text, said.normalised), said.language)


def _thread(desk: Desk, people: Pseudonyms, material: Material) -> str:
    title = people.text(material.title)[:TITLE] if material.title else desk.wording["untitled"]
    post = people.text(material.post)
    return f"{title}: {post[:POST]}{'…' if len(post) > POST else ''}" if post and post != title else title


def _more(wording: Wording, material: Material, kind: str) -> str | None:
    more, accounts = material.comments - len(material.said), wording.count(material.accounts, "account")
    if kind == "group":
        comments, threads = wording.count(material.comments), wording.count(material.threads, "thread")
        return wording.say("group", comments=comments, accounts=accounts, threads=threads)
    return wording.say("more comments", more=wording.count(more), accounts=accounts) if more else None


def _history(desk: Desk, policy: Policy, people: Pseudonyms, material: Material, lesson: Lesson) -> tuple[str, ...]:
    named = {each.account_id: people.person(each.account_id) for each in material.said if not each.is_brand}
    since, until = material.said[0].published_at, lesson.decision.decided_at
    return past_in_words(desk.session, policy, desk.past, named, lesson.case_id, until, since, desk.wording)


def _question(wording: Wording, is_scored: bool, turn: Turn | None) -> str:
    if not is_scored:
        return wording["question discuss"]
    return wording["question refresher" if turn else "question"]


def _words(policy: Policy, rule_id: str) -> Words:
    rule = policy.rule(rule_id)
    title, meaning = (rule.title, rule.meaning) if rule else (rule_id, "")
    return Words(rule_id, title, meaning, policy.version)


def _why(
    desk: Desk, policy: Policy, people: Pseudonyms, lesson: Lesson, material: Material, turn: Turn | None
) -> tuple[str, ...]:
    wording, words = desk.wording, _words(policy, lesson.about)
    if turn:
        told = [turn.told]
    elif lesson.is_open:
        told = [wording.say("open", answer=wording.answer(policy, lesson.right).rstrip("."))]
    else:
        told = [wording.say(lesson.decision.outcome, title=words.title, meaning=words.meaning)]
    if note := lesson.decision.note.strip():
        told.append(wording.say("note", note=_without_staff(policy, people.text(note), wording)))
    if not lesson.is_open:
        pointed = (people.text(reason) for reason in material.reasons[:POINTED_OUT] if reason)
        told += [wording.say("pointed", reason=reason) for reason in pointed]
    return tuple(told)


def _without_staff(policy: Policy, text: str, wording: Wording) -> str:
    for person in sorted(policy.people, key=len, reverse=True):
        text = text.replace(person, wording["colleague"])
    return text


def _template(policy: Policy, lesson: Lesson, right: Answer) -> str | None:
    """What was said, else what the rule says to say where it is met."""
    rule = policy.rule(right.rule) if right.rule else None
    suggested = rule.template if rule and rule.action == right.action else None
    return lesson.decision.template or suggested


def _sources(material: Material, people: Pseudonyms) -> frozenset[Source]:
    """Every comment that is quoted with who wrote it, and everybody else who has a pseudonym."""
    quoted = (*material.said, *([material.parent] if material.parent else []))
    shown = {Source(each.id, each.account_id) for each in quoted}
    known = {each.account_id for each in quoted}
    return frozenset(shown | {Source(0, account_id) for account_id in people.everybody if account_id not in known})
