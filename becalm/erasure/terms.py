"""What is due under each name of the policy's `retention`, and what is done about it: the one place to add to.

A name of `becalm.policy.retention.KEPT` needs an entry in `TERMS` or `FILE_TERMS`, or a test fails. A `Term` selects
the keys of the rows that are due, and carries out a batch of them, after which they must not be due any more.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Select, and_, delete, exists, false, or_, select, tuple_, update
from sqlalchemy.orm import Session

from ..actions.planning import OPEN
from ..cases.strikes import stream_time
from ..notices.owing import CANCELLED, READY
from ..pseudonyms import Pseudonyms
from ..store import (
    Access,
    Action,
    Alert,
    AlertDelivery,
    Appeal,
    Base,
    Batch,
    Case,
    CaseComment,
    CaseEvent,
    Comment,
    CommentVersion,
    Decision,
    Measure,
    Notice,
    NoticeCause,
    PolicyFeedback,
    Quarantined,
    RawRow,
    Report,
    Run,
    Statement,
    Strike,
    TrainingPack,
)  # fmt: skip
from ..store.upsert import chunks
from ..training import drop_packs, forget
from .carry import PSEUDONYMISE, take_out
from .cases import ERASED, delete_cases, pseudonymise, referred_to
from .contested import forget_reporters
from .going import Going, left_over_accounts, nobody_elses, with_comments, without_rulings
from .logged import empty
from .subject import TextIds
from .told import empty_actions, empty_notices

Due = Select[*tuple[Any, ...]]

SOMEBODY = "somebody"
OVER = ("decided", "closed", "withdrawn")
WARN = "warn"
SENT = (READY, CANCELLED)
FINISHED = ("answered", "paused", "gone")


@dataclass(frozen=True, slots=True)
class Work:
    """What a term works by: rows from before `before` are due, `then` says what becomes of them."""

    before: datetime
    now: datetime
    then: str
    text_ids: TextIds
    home: Path


@dataclass(frozen=True, slots=True)
class Term:
    """`due` selects keys (one column or several), `carry` does a batch of them in the caller's transaction."""

    due: Callable[[Session, Work], Due]
    carry: Callable[[Session, Sequence[Any], Work], None]


def _comments(_: Session, work: Work) -> Due:
    """Published and taken in before: an archive that was taken in last week may be looked at for a while."""
    came_in = select(RawRow.id).join(Batch, Batch.id == RawRow.batch_id).where(Batch.collected_at < work.before)
    return select(Comment.id).where(Comment.published_at < work.before, Comment.raw_row_id.in_(came_in))


def _carry_comments(session: Session, keys: Sequence[Any], work: Work) -> None:
    """Texts that people ruled on stay. Rows that came in keep their id, and are known when they come again."""
    ids = [key[0] for key in keys]
    earlier = _earlier_texts_of(session, CommentVersion.comment_id.in_(ids), work)
    going = with_comments(session, ids, earlier)
    _empty_rows(session, going.raw_rows)
    accounts = left_over_accounts(session, ids, work.now)
    texts = without_rulings(session, going.texts)
    forget(session, work.home, ids, accounts)
    take_out(session, replace(going, raw_rows=frozenset(), texts=texts, accounts=accounts))


def _versions(_: Session, work: Work) -> Due:
    return select(CommentVersion.raw_row_id).where(CommentVersion.replaced_at < work.before)


def _carry_versions(session: Session, keys: Sequence[Any], work: Work) -> None:
    ids = [key[0] for key in keys]
    earlier = _earlier_texts_of(session, CommentVersion.raw_row_id.in_(ids), work)
    session.execute(delete(CommentVersion).where(CommentVersion.raw_row_id.in_(ids)))
    _empty_rows(session, ids)
    texts = without_rulings(session, nobody_elses(session, earlier, ()))
    take_out(session, Going(texts=texts))


def _raw_rows(_: Session, work: Work) -> Due:
    query = select(RawRow.id).join(Batch, Batch.id == RawRow.batch_id)
    held = exists().where(Quarantined.raw_row_id == RawRow.id)
    return query.where(Batch.collected_at < work.before, or_(RawRow.payload != "", held))


def _carry_raw_rows(session: Session, keys: Sequence[Any], work: Work) -> None:
    _empty_rows(session, [key[0] for key in keys])


def _cases(_: Session, work: Work) -> Due:
    """Over for so long, and without a comment that is still stored: the next run would open it again."""
    lately = exists().where(CaseEvent.case_id == Case.id, CaseEvent.at >= work.before)
    holds = exists().where(CaseComment.case_id == Case.id)
    decided = or_(Case.decided_at.is_(None), Case.decided_at < work.before)
    return select(Case.id).where(
        Case.state.in_(OVER), Case.opened_at < work.before, decided, ~lately, ~holds,
        ~Case.subject.startswith(ERASED, autoescape=True),
    )  # fmt: skip


def _carry_cases(session: Session, keys: Sequence[Any], work: Work) -> None:
    ids = {key[0] for key in keys}
    kept = ids if work.then == PSEUDONYMISE else ids & referred_to(session)
    delete_cases(session, ids - kept)
    pseudonymise(session, kept, Pseudonyms.of(session, "case"))


def _decisions(_: Session, work: Work) -> Due:
    return select(Decision.seq).where(Decision.decided_at < work.before, Decision.salt.is_not(None))


def _carry_decisions(session: Session, keys: Sequence[Any], work: Work) -> None:
    """Whatever the policy says, the entry stays: the chain is made of them."""
    empty(session, [key[0] for key in keys])


def _measures(_: Session, work: Work) -> Due:
    is_over = or_(
        Measure.lifted_at < work.before, Measure.ends_at < work.before,
        and_(Measure.kind == WARN, Measure.taken_at < work.before),
    )  # fmt: skip
    return select(Measure.account_id, Measure.kind, Measure.taken_at).where(is_over)


def _carry_measures(session: Session, keys: Sequence[Any], work: Work) -> None:
    for account_id, kind, taken_at in keys:
        this = (Measure.account_id == account_id, Measure.kind == kind, Measure.taken_at == taken_at)
        session.execute(delete(Measure).where(*this))


def _strikes(session: Session, work: Work) -> Due:
    """By the clock of the stream, like strikes themselves."""
    newest = stream_time(session) or work.now
    ended = Strike.expires_at < newest - (work.now - work.before)
    return select(Strike.account_id, Strike.rule, Strike.cause).where(ended)


def _deliveries(_: Session, work: Work) -> Due:
    """Who was told. That a comment was alerted of is known as long as the comment is, or it would be told again."""
    told = and_(Alert.comment_id == AlertDelivery.comment_id, Alert.alert_list == AlertDelivery.alert_list)
    columns = (AlertDelivery.comment_id, AlertDelivery.alert_list, AlertDelivery.address)
    return select(*columns).join(Alert, told).where(Alert.noted_at < work.before, Alert.is_waiting.is_(False))


def _feedback(_: Session, work: Work) -> Due:
    due = [PolicyFeedback.said_at < work.before]
    due += [PolicyFeedback.said_by != SOMEBODY] if work.then == PSEUDONYMISE else []
    return select(PolicyFeedback.id).where(*due)


def _carry_feedback(session: Session, keys: Sequence[Any], work: Work) -> None:
    which = PolicyFeedback.id.in_([key[0] for key in keys])
    if work.then == PSEUDONYMISE:
        session.execute(update(PolicyFeedback).where(which).values(said_by=SOMEBODY))
    else:
        session.execute(delete(PolicyFeedback).where(which))


def _notices(_: Session, work: Work) -> Due:
    due = [Notice.owed_at < work.before, Notice.state.in_(SENT)]
    due += [Notice.recipient != ERASED] if work.then == PSEUDONYMISE else []
    return select(Notice.id).where(*due)


def _carry_notices(session: Session, keys: Sequence[Any], work: Work) -> None:
    ids = [key[0] for key in keys]
    empty_notices(session, ids)
    if work.then != PSEUDONYMISE:
        session.execute(update(Action).where(Action.notice_id.in_(ids)).values(notice_id=None))
        session.execute(delete(NoticeCause).where(NoticeCause.notice_id.in_(ids)))
        session.execute(delete(Notice).where(Notice.id.in_(ids)))


def _actions(_: Session, work: Work) -> Due:
    """Done or given up; what still holds on a platform is known until it is taken back."""
    over = or_(Action.level == 0, Action.taken_back_at.is_not(None))
    named = ~Action.target.startswith(ERASED, autoescape=True)
    return select(Action.id).where(Action.planned_at < work.before, Action.state.not_in(OPEN), over, named)


def _carry_actions(session: Session, keys: Sequence[Any], _: Work) -> None:
    empty_actions(session, [key[0] for key in keys])


def _statements(_: Session, work: Work) -> Due:
    """Statements name nobody; whose end is due are those that are not kept at all."""
    is_due = Statement.in_force_at < work.before if work.then != PSEUDONYMISE else false()
    return select(Statement.puid).where(is_due)


def _reports(_: Session, work: Work) -> Due:
    due = [Report.received_at < work.before, Report.state.in_(FINISHED)]
    due += [or_(Report.text != "", Report.comment_name != ERASED)] if work.then == PSEUDONYMISE else []
    return select(Report.id).where(*due)


def _carry_reports(session: Session, keys: Sequence[Any], work: Work) -> None:
    """What was reported goes; who reported nothing else since then is nobody any more."""
    ids = [key[0] for key in keys]
    reporters = set(session.scalars(select(Report.reporter_id).where(Report.id.in_(ids))))
    if work.then == PSEUDONYMISE:
        session.execute(update(Report).where(Report.id.in_(ids)).values(text="", comment_name=ERASED, source=ERASED))
    else:
        session.execute(delete(Report).where(Report.id.in_(ids)))
    younger = select(Report.reporter_id).where(Report.received_at >= work.before)
    forget_reporters(session, reporters - set(session.scalars(younger)))


def _appeals(_: Session, work: Work) -> Due:
    due = [Appeal.answered_at < work.before]
    due += [or_(Appeal.text != "", Appeal.account_id.is_not(None))] if work.then == PSEUDONYMISE else []
    return select(Appeal.case_id).where(*due)


def _carry_appeals(session: Session, keys: Sequence[Any], work: Work) -> None:
    own = Appeal.case_id.in_([key[0] for key in keys])
    if work.then == PSEUDONYMISE:
        session.execute(update(Appeal).where(own).values(account_id=None, text="", source=ERASED))
    else:
        session.execute(delete(Appeal).where(own))


def _packs(_: Session, work: Work) -> Due:
    return select(TrainingPack.id, TrainingPack.folder).where(TrainingPack.made_at < work.before)


def _carry_packs(session: Session, _: Sequence[Any], work: Work) -> None:
    drop_packs(session, work.home, work.before)


def _delete(table: type[Base]) -> Callable[[Session, Sequence[Any], Work], None]:
    """Deletes rows by their primary key."""

    def carry(session: Session, keys: Sequence[Any], _: Work) -> None:
        own = list(table.__table__.primary_key)
        which = (
            own[0].in_([key[0] for key in keys]) if len(own) == 1 else tuple_(*own).in_([tuple(key) for key in keys])
        )
        session.connection().execute(delete(table).where(which))

    return carry


def _empty_rows(session: Session, ids: Any) -> None:
    """Rows as they came in lose what they said, and are no longer held back; their id tells when they come again."""
    for chunk in chunks(sorted(ids)):
        session.execute(delete(Quarantined).where(Quarantined.raw_row_id.in_(chunk)))
        session.execute(update(RawRow).where(RawRow.id.in_(chunk)).values(payload=""))


def _earlier_texts_of(session: Session, which: Any, work: Work) -> list[int]:
    said = list(session.scalars(select(CommentVersion.text).where(which).distinct()))
    return work.text_ids(session, said) if said else []


TERMS: Mapping[str, tuple[Term, ...]] = {
    "comments": (Term(_comments, _carry_comments),),
    "earlier_texts": (Term(_versions, _carry_versions),),
    "raw_rows": (Term(_raw_rows, _carry_raw_rows),),
    "cases": (Term(_cases, _carry_cases),),
    "decisions": (
        Term(_decisions, _carry_decisions),
        Term(_measures, _carry_measures),
        Term(_actions, _carry_actions),
    ),
    "notices": (Term(_notices, _carry_notices),),
    "statements": (Term(_statements, _delete(Statement)),),
    "reports": (Term(_reports, _carry_reports),),
    "appeals": (Term(_appeals, _carry_appeals),),
    "training_files": (Term(_packs, _carry_packs),),
    "strikes": (Term(_strikes, _delete(Strike)),),
    "alerts": (Term(_deliveries, _delete(AlertDelivery)),),
    "feedback": (Term(_feedback, _carry_feedback),),
    "runs": (Term(lambda _, work: select(Run.id).where(Run.started_at < work.before), _delete(Run)),),
    "accesses": (Term(lambda _, work: select(Access.id).where(Access.at < work.before), _delete(Access)),),
}

# Patterns of paths from the home; a file is due by when it was written.
FILE_TERMS: Mapping[str, tuple[str, ...]] = {
    "queue_files": ("published/queues/**", "published/*.jsonl"),
    "review_files": ("published/review/**",),
}
