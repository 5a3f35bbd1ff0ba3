"""What accounts said in praise and in complaint, as cases tell it, and who praises again and again."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..decisions import force_of
from ..decisions.forces import logs
from ..store import Case, CaseComment, Comment, Decision

# Somebody who is pleased three weeks out of twelve is not pleased by chance of one good day.
RECURRING_WEEKS = 3
WINDOW = timedelta(weeks=12)


@dataclass(frozen=True, slots=True)
class Heard:
    """A comment in praise, or else in complaint; `comment_id` is the platform's."""

    id: int
    account_id: int
    platform: str
    comment_id: str
    thread_id: int
    published_at: datetime
    is_praise: bool


@dataclass(frozen=True, slots=True)
class Recurring:
    """An account that praised in `weeks` different weeks of the twelve up to its newest praise."""

    account_id: int
    platform: str
    weeks: int
    comments: int
    first_at: datetime
    last_at: datetime


def read_heard(
    session: Session, praise_queues: Collection[str], care_queues: Collection[str], states: Collection[str]
) -> list[Heard]:
    """The comments of cases in these queues and states, but for cases that people dismissed.

    Cases on single persons only: a campaign is nobody's praise, and nobody's complaint.
    """
    wanted = select(Case.id).where(
        Case.kind == "comment", Case.state.in_(states), Case.queue.in_([*praise_queues, *care_queues])
    )
    dismissed = {
        case_id
        for case_id, log in logs(session, Decision.case_id.in_(wanted))
        if (decision := force_of(log).in_force) and decision.outcome != "upheld"
    }
    columns = (Comment.id, Comment.account_id, Comment.platform, Comment.comment_id, Comment.thread_id)
    rows = session.connection().execute(
        select(CaseComment.case_id, Case.queue, *columns, Comment.published_at)
        .join(Case, Case.id == CaseComment.case_id)
        .join(Comment, Comment.id == CaseComment.comment_id)
        .where(CaseComment.case_id.in_(wanted), Comment.is_brand.is_(False))
        .order_by(Comment.published_at, Comment.id)
    )
    found = {
        (each.id, each.queue in praise_queues): Heard(*each[2:], is_praise=each.queue in praise_queues)
        for each in rows
        if each.case_id not in dismissed
    }
    return list(found.values())


def read_answers(session: Session) -> dict[tuple[str, str], datetime]:
    """When the brand first answered, by platform and id of the comment answered."""
    # All of them at once, as in `cases.service`: the brand's answers are few.
    answers = select(Comment.platform, Comment.parent_id, func.min(Comment.published_at))
    answers = answers.where(Comment.is_brand, Comment.parent_id.is_not(None))
    rows = session.execute(answers.group_by(Comment.platform, Comment.parent_id))
    return {(platform, parent_id): at for platform, parent_id, at in rows if parent_id}


def recurring(heard: Iterable[Heard]) -> dict[int, Recurring]:
    """By account, those who praised in at least three different weeks (ISO 8601) of the twelve up to the newest."""
    praise: defaultdict[int, list[Heard]] = defaultdict(list)
    for each in heard:
        if each.is_praise:
            praise[each.account_id].append(each)
    found = (_recurring(sorted(said, key=lambda one: one.published_at)) for said in praise.values())
    return {each.account_id: each for each in found if each.weeks >= RECURRING_WEEKS}


def _recurring(said: list[Heard]) -> Recurring:
    last = said[-1]
    lately = [each for each in said if each.published_at > last.published_at - WINDOW]
    weeks = {each.published_at.isocalendar()[:2] for each in lately}
    return Recurring(last.account_id, last.platform, len(weeks), len(lately), lately[0].published_at, last.published_at)
