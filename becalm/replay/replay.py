"""Running a draft on the past: what it would have opened, and whether people's decisions speak for it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ..cases.candidates import candidates
from ..cases.facts import Facts, facts_about
from ..policy import Policy
from ..policy.facts import MADE_FROM_STRIKES
from ..review.excerpt import excerpt
from ..review.period import Period
from ..store import Comment
from .agreement import Agreement, Judged, measure_agreement
from .answers import Answers
from .decided import PastCase, decided_comments, past_cases
from .workload import QueueWork, work_by_queue

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Example:
    """One case that would change, with a comment of it, private data masked; `change` says how."""

    change: str
    channel: str
    comment_id: str
    before: str | None
    after: str | None
    people: str | None
    text: str


@dataclass(frozen=True, slots=True)
class ChannelEffect:
    """Cases of one channel under both policies, and what people's decisions there say."""

    channel: str
    cases_before: int
    cases_after: int
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Replay:
    """What a draft would change. `opened`, `dropped` and `moved` count cases that only the draft opens, that it opens
    no more, and that another rule opens; `unreadable` are decided cases of which nothing scored is left, `untold`
    those without a person's decision in the log. `limits` say what could not be replayed."""

    before_version: str
    draft_version: str
    period: Period
    cases_before: int
    cases_after: int
    opened: int
    dropped: int
    moved: int
    unreadable: int
    untold: int
    agreement: Agreement
    channels: tuple[ChannelEffect, ...]
    queues: tuple[QueueWork, ...]
    examples: tuple[Example, ...]
    limits: tuple[str, ...]


def replay_policy(session: Session, draft: Policy, before: Policy, period: Period) -> Replay:
    """The draft beside the policy `before`, both on the stored signals and groups of `period`.

    Both start from an empty desk, so that they differ by what they say alone. Nothing is scored, embedded or changed.
    """
    facts = _facts(session, draft, before, period)
    was, now = Answers(session, before, facts, period), Answers(session, draft, facts, period)
    past = list(past_cases(session, period))
    scored = {comment.id: f"{comment.platform}/{comment.channel}" for comment in facts.comments if comment.is_scored}
    readable = [case for case in past if case.kind == "account" or any(one in scored for one in case.comments)]
    told = [case for case in readable if case.is_told]
    judged = [_judged(case, was, now, scored) for case in told]
    changes = _changes(was, now)
    return Replay(
        before_version=before.version,
        draft_version=draft.version,
        period=period,
        cases_before=len(was.opened),
        cases_after=len(now.opened),
        opened=len(changes["opened"]),
        dropped=len(changes["dropped"]),
        moved=len(changes["moved"]),
        unreadable=len(past) - len(readable),
        untold=len(readable) - len(told),
        agreement=measure_agreement(judged),
        channels=_by_channel(was, now, judged),
        queues=work_by_queue(was, now, told),
        examples=tuple(_examples(session, changes, {one.case_id: one for one in judged}, told)),
        limits=limits(before, draft),
    )


def limits(before: Policy, draft: Policy) -> tuple[str, ...]:
    """What the draft says that stored signals and strikes can't answer."""
    told = []
    for keywords in draft.keywords:
        if new := set(keywords.phrases) - {phrase for known in before.phrases.values() for phrase in known}:
            told.append(
                f"Alert list `{keywords.id}` has {len(new)} new phrases; comments were never searched for them."
            )
    strikes = [{rule.id: rule.strike for rule in policy.rules} for policy in (before, draft)]
    if strikes[0] != strikes[1] or before.offenders != draft.offenders:
        reading = [
            rule.id for rule in draft.rules if MADE_FROM_STRIKES & rule.when.keys() or rule.applies_to == "account"
        ]
        told.append(f"The draft gives other strikes; {', '.join(reading) or 'no rule'} went by those that stand.")
    if any(rule.applies_to == "thread" for rule in (*before.rules, *draft.rules)):
        told.append("How heated a thread was at the time can't be told any more: rules on threads are left out.")
    told.append("Only what was opened got decided: of cases that only the draft opens, nobody has said yet.")
    return tuple(told)


def _facts(session: Session, draft: Policy, before: Policy, period: Period) -> Facts:
    asked = (candidates(draft), candidates(before), decided_comments(period))
    return facts_about(session, or_(*(Comment.id.in_(ids) for ids in asked)))


def _judged(case: PastCase, was: Answers, now: Answers, channels: dict[int, str]) -> Judged:
    channel = next((channels[one] for one in sorted(case.comments) if one in channels), "")
    answers = [each.rule_for(case.kind, case.subject, case.comments) for each in (was, now)]
    return Judged(case.id, channel, case.found, *answers)


Change = tuple[int, str | None, str | None]


def _changes(was: Answers, now: Answers) -> dict[str, list[Change]]:
    """Cases by what happens to them, each as (its first comment, rule before, rule after)."""
    changes: dict[str, list[Change]] = {"opened": [], "dropped": [], "moved": []}
    for case in now.opened:
        rule = was.rule_for(case.kind, case.subject, case.comments)
        if rule != case.rule:
            changes["moved" if rule else "opened"].append((case.comments[0], rule, case.rule))
    for case in was.opened:
        if now.rule_for(case.kind, case.subject, case.comments) is None:
            changes["dropped"].append((case.comments[0], case.rule, None))
    return changes


def _by_channel(was: Answers, now: Answers, judged: Sequence[Judged]) -> tuple[ChannelEffect, ...]:
    old, new = (Counter(case.channel for case in answers.opened) for answers in (was, now))
    channels = sorted({*old, *new, *(one.channel for one in judged if one.channel)})
    return tuple(
        ChannelEffect(name, old[name], new[name], measure_agreement([one for one in judged if one.channel == name]))
        for name in channels
    )


def _examples(
    session: Session, changes: dict[str, list[Change]], judged: dict[str, Judged], told: Iterable[PastCase]
) -> Iterable[Example]:
    people = {comment: judged[case.id].people or "nothing" for case in told for comment in case.comments}
    chosen = [
        (name, *one) for name, found in changes.items() for one in sorted(found, key=lambda each: each[0])[:SHOWN]
    ]
    columns = (Comment.id, Comment.platform, Comment.channel, Comment.comment_id, Comment.text)
    rows = session.execute(select(*columns).where(Comment.id.in_([one[1] for one in chosen])))
    texts = {row.id: row for row in rows}
    for name, comment, before, after in chosen:
        row = texts[comment]
        yield Example(
            name, f"{row.platform}/{row.channel}", row.comment_id, before, after, people.get(comment), excerpt(row.text)
        )
