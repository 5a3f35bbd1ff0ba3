"""A case as whoever works on it reads it: why it is here, what was said, what happened to it, what comes next."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from rich.console import RenderableType
from rich.text import Text
from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from ..decisions import Decided, decisions_of
from ..policy import Policy
from ..screen import print_parts, rows_of, screen, section, shown
from ..signals import mask_private_data
from ..store import Account, Appeal, Case, CaseComment, CaseEvent, Comment, Thread
from ..store.cases import APPEAL
from ..wording import counted, lasting
from .clock import Stage, stages_of
from .standing import Standing

# Of a campaign nobody reads every comment; the first ones show where it began.
COMMENTS, LIKE_THEM, CHARACTERS = 8, 3, 1_000

_SAID = (
    select(
        Comment.id, Comment.published_at, Comment.platform, Comment.comment_id, Comment.thread_id, Comment.is_brand,
        Comment.text, Account.author_id, Thread.title,
    )
    .join(Account, Account.id == Comment.account_id)
    .join(Thread, Thread.id == Comment.thread_id)
)  # fmt: skip


def case_page(session: Session, policy: Policy, case: Standing, now: datetime) -> list[RenderableType]:
    """The parts of the page, read from the store; what strangers wrote has its private data masked."""
    why = session.execute(select(Case.reasons, Case.evidence).where(Case.id == case.id)).one()
    decisions = decisions_of(session, case.id)
    return [
        *_head(policy, case, stages_of(session, policy, case, now), now),
        *section("Why", rows_of((f"{each['score']:.2f}", str(each["text"])) for each in why.reasons)),
        *_appeal(session, case),
        *_comments(session, case),
        *_evidence(why.evidence),
        *_past(session, case, decisions),
        *section("Next", rows_of(((each,) for each in _next(case, decisions, now)), 0)),
    ]


def print_page(page: Iterable[RenderableType]) -> None:
    """The page on standard output."""
    print_parts(screen(), page)


def _head(policy: Policy, case: Standing, stages: Sequence[Stage], now: datetime) -> Iterator[Text]:
    rule = policy.rule(case.rule)
    yield shown(f"Case {case.id}: {rule.title if rule else case.rule}, in {case.queue}")
    if rule:
        yield shown(rule.meaning)
    claimant = case.claimant(now)
    has = f"{claimant} has it until {_time(case.claimed_until)}" if claimant else "nobody has it"
    to = f", escalated to {case.escalated_to}" if case.escalated_to else ""
    merged = f" (merged into {case.merged_into})" if case.merged_into else ""
    yield shown(f"{case.state}{merged}, priority {case.priority:.2f}, {has}{to}")
    yield from (shown(_clock(stage, now)) for stage in stages if stage.until is None)


def _clock(stage: Stage, now: datetime) -> str:
    if stage.is_late(now):
        return f"{stage.name}: {lasting(now - stage.due_at)} late, it was due {_time(stage.due_at)}"
    return f"{stage.name}: due in {lasting(stage.due_at - now)}, {_time(stage.due_at)}"


def _appeal(session: Session, case: Standing) -> Iterator[RenderableType]:
    if case.kind == APPEAL and (text := session.scalar(select(Appeal.text).where(Appeal.case_id == case.id))):
        yield from section("What they write against the decision", shown(mask_private_data(text[:CHARACTERS])))


def _comments(session: Session, case: Standing) -> Iterator[RenderableType]:
    of_case = CaseComment.case_id == case.id
    count = session.scalar(select(func.count()).select_from(CaseComment).where(of_case)) or 0
    first = session.execute(
        _SAID.join(CaseComment, CaseComment.comment_id == Comment.id)
        .where(of_case)
        .order_by(Comment.published_at, Comment.id)
        .limit(COMMENTS)
    ).all()
    answers = [answer for each in first for answer in _answers(session, each)]
    said = sorted({each.id: each for each in (*first, *answers)}.values(), key=lambda each: each.published_at)
    rows = [row for each in said for row in _comment(each)]
    rows += [("", f"and {counted(count - len(first), 'comment')} more")] if count > len(first) else []
    yield from section(f"What was said: {counted(count, 'comment')}", rows_of(rows, 0))


def _answers(session: Session, said: Row[*tuple[Any, ...]]) -> Sequence[Row[*tuple[Any, ...]]]:
    """What the brand answered."""
    answers = (Comment.platform == said.platform, Comment.parent_id == said.comment_id, Comment.is_brand.is_(True))
    return session.execute(_SAID.where(Comment.thread_id == said.thread_id, *answers)).all()


def _comment(row: Row[*tuple[Any, ...]]) -> Iterator[tuple[str, str]]:
    under = f", under “{row.title}”" if row.title else ""
    who = "the brand answered" if row.is_brand else f"{row.platform}:{row.author_id}{under}"
    yield _time(row.published_at), who
    yield "", mask_private_data(row.text[:CHARACTERS])


def _evidence(evidence: Sequence[dict[str, Any]]) -> Iterator[RenderableType]:
    like = [
        (f"{each['similarity']:.2f}", f"by {each['channel']}", each["text_excerpt"]) for each in evidence[:LIKE_THEM]
    ]
    if like:
        yield from section("Like them", rows_of(like))


def _past(session: Session, case: Standing, decisions: Sequence[Decided]) -> Iterator[RenderableType]:
    decided = {"decision", "proposal", "approval", "refusal", "reversal", "undo"}
    statement = select(CaseEvent.at, CaseEvent.by, CaseEvent.kind, CaseEvent.detail)
    events = session.execute(statement.where(CaseEvent.case_id == case.id).order_by(CaseEvent.id)).all()
    told = [(each.at, each.by, f"{each.kind}{_detail(each.detail)}") for each in events if each.kind not in decided]
    told += [(each.decided_at, each.by, _decided(each)) for each in decisions]
    rows = [(_time(at), by, what) for at, by, what in sorted(told, key=lambda each: each[0])]
    if rows:
        yield from section("What happened", rows_of(rows, 0))


def _detail(detail: dict[str, Any]) -> str:
    words = ", ".join(f"{name} {value}" for name, value in detail.items() if value not in ("", None))
    return f": {words}" if words else ""


def _decided(decided: Decided) -> str:
    return f"{decided.kind}: {decided.action} ({decided.outcome}){_detail({'note': decided.note})}"


def _next(case: Standing, decisions: Sequence[Decided], now: datetime) -> Iterator[str]:
    """What one would type: the suggestion first."""
    if case.state == "open" and case.kind == APPEAL:
        answer = f"becalm appeals answer {case.id} --by {case.claimant(now) or 'YOU'}"
        yield from (f"{answer} --action {action} --reason WHY" for action in ("uphold", "restore"))
    elif case.state == "open":
        yield f"becalm case decide {case.id} --by {case.claimant(now) or 'YOU'} --action {case.suggested_action}"
        yield f"becalm respond {case.id}"
        yield f"becalm case skip {case.id} --by {case.claimant(now) or 'YOU'} --reason WHY"
    elif case.state == "held":
        yield from (f"becalm case {verb} {case.id} --by YOU" for verb in ("approve", "refuse"))
    elif case.state == "decided":
        yield f"becalm case sweep {case.id} --by {decisions[-1].by if decisions else 'YOU'}"
        yield from (f"becalm case {verb} {case.id} --by YOU --note WHY" for verb in ("override", "reverse"))


def _time(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""
