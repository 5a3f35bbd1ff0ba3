"""Who is told of a decision, and what: noted when it comes into force, called off when it goes before it was sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..decisions import Decided
from ..decisions.targets import Subject, Targets
from ..policy import Policy
from ..policy.templates import Audience
from ..responses.values import day_in_words
from ..store import Case, Notice, NoticeCause
from .choosing import Choice, choices, template_named
from .exempt import told_accounts
from .owed import Owed
from .owing import BLOCKED, WAITING, due_at, new_row, note

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Telling:
    """A decision that came into force, what it acts on, and until when it restricts which accounts."""

    decided: Decided
    targets: Targets
    ends: Mapping[int, datetime]
    machine_found: bool


def owe_notices(
    session: Session, policy: Policy, decided: Decided, targets: Targets, ends: Mapping[int, datetime], now: datetime
) -> None:
    """Notes what the decision has people told: each account once, or each place or thread in public."""
    action = policy.actions.get(decided.action)
    if action is None or not action.talks:
        return
    opened = session.execute(select(Case.rule, Case.reasons).where(Case.id == decided.case_id)).one()
    rule = policy.rule(opened.rule)
    found = bool(opened.reasons) and not (rule and rule.is_of_reports)
    telling = Telling(decided, targets, ends, machine_found=found)
    if action.in_public:
        template = template_named(session, policy, decided, Audience.PUBLIC)
        rows = list(_in_public(policy, telling, template, action.to_all, now))
        note(session, rows, {row["id"]: {decided.id: [row["comment_id"]]} for row in rows})
    else:
        _owe_authors(session, policy, telling, now)


def _in_public(policy: Policy, telling: Telling, template: str | None, to_all: bool, now: datetime) -> Iterator[Row]:
    decided, targets = telling.decided, telling.targets
    due = due_at(policy, decided.id, now)
    for comment in (targets.threads if to_all else targets.places).values():
        recipient = f"{comment.platform}/{comment.thread if to_all else comment.comment}"
        owed = Owed(
            Audience.PUBLIC, recipient, decided.action, decided.case_id, decided.id, template=template,
            language=_language(telling, comment), about=comment.author if not to_all else "",
        )  # fmt: skip
        concerned = {"account_id": None if to_all else comment.account_id, "comment_id": comment.id}
        yield new_row(owed, due, now) | {"rule": decided.rule, "thread_id": comment.thread_id} | concerned


def _owe_authors(session: Session, policy: Policy, telling: Telling, now: datetime) -> None:
    decided = telling.decided
    accounts = told_accounts(session, policy, decided.rule, telling.targets)
    chosen = choices(session, policy, decided, accounts)
    known = _told_already(session, decided)
    rows, causes = [], {}
    for account_id, comments in accounts.items():
        choice = chosen.get(account_id)
        if choice is None or account_id in known:
            continue
        row = _author_row(policy, telling, account_id, comments, choice, now)
        joined = _joined(session, policy, row, now)
        if joined is None:
            rows.append(row)
        causes[joined or row["id"]] = {decided.id: [comment.id for comment in comments]}
    note(session, rows, causes)


def _author_row(
    policy: Policy, telling: Telling, account_id: int, comments: tuple[Subject, ...], choice: Choice, now: datetime
) -> Row:
    decided, newest = telling.decided, comments[-1]
    language = _language(telling, newest)
    given: dict[str, str | bool] = {
        "machine_found": telling.machine_found, "machine_decided": decided.is_machine,
    }  # fmt: skip
    if account_id in telling.ends:
        given["until"] = day_in_words(telling.ends[account_id], language or policy.language)
    owed = Owed(
        Audience.AUTHOR, f"{newest.platform}:{newest.author}", decided.action, decided.case_id, decided.id, given,
        language, choice.template,
    )  # fmt: skip
    due = due_at(policy, decided.id, now)
    return new_row(owed, due, now) | {"rule": decided.rule, "account_id": account_id}


def _joined(session: Session, policy: Policy, row: Row, now: datetime) -> str | None:
    """A notice of the same that was owed just before and still waits: it tells of this decision too."""
    same = [
        getattr(Notice, name) == row[name] for name in ("recipient", "audience", "action", "rule", "template", "state")
    ]
    since = now - timedelta(minutes=policy.work.undo_minutes)
    statement = select(Notice.id, Notice.given).where(*same, Notice.edited.is_(None), Notice.owed_at >= since)
    for notice_id, given in session.execute(statement.order_by(Notice.owed_at)):
        if given == row["given"]:
            session.execute(update(Notice).where(Notice.id == notice_id).values(due_at=row["due_at"]))
            return str(notice_id)
    return None


def _told_already(session: Session, decided: Decided) -> set[int]:
    """Accounts that have a notice of this decision, or one of the same kind that this decision takes the place of."""
    told = (
        select(Notice.account_id)
        .join(NoticeCause, NoticeCause.notice_id == Notice.id)
        .where(NoticeCause.decision_id == decided.id, Notice.audience == Audience.AUTHOR.value)
        .where(Notice.state.in_((WAITING, BLOCKED, "ready")))
    )
    return {account_id for account_id in session.scalars(told) if account_id is not None}


def _language(telling: Telling, comment: Subject) -> str | None:
    return telling.decided.language or comment.language
