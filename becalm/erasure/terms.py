"""What is due under each name of the policy's `retention`, and what is done about it: the one place to add to.

A name of `becalm.policy.retention.KEPT` needs an entry in `TERMS` or `FILE_TERMS`, or a test fails. What a `Term`
is stands in `term.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import and_, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from ..cases.strikes import stream_time
from ..pseudonyms import Pseudonyms
from ..store import (
    Access,
    Alert,
    AlertDelivery,
    Batch,
    Case,
    CaseComment,
    CaseEvent,
    Comment,
    CommentVersion,
    Decision,
    Measure,
    PolicyFeedback,
    Quarantined,
    RawRow,
    Run,
    Strike,
    TrainingPack,
)  # fmt: skip
from ..store.upsert import chunks
from ..training import drop_packs, forget
from .carry import PSEUDONYMISE, take_out
from .cases import ERASED, delete_cases, pseudonymise, referred_to
from .contested_terms import APPEALS, REPORTS
from .going import Going, left_over_accounts, nobody_elses, with_comments, without_rulings
from .logged import empty
from .term import Due, Term, Work, delete_rows
from .told_terms import ACTIONS, NOTICES, STATEMENTS

SOMEBODY = "somebody"
OVER = ("decided", "closed", "withdrawn")
WARN = "warn"


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


def _packs(_: Session, work: Work) -> Due:
    return select(TrainingPack.id, TrainingPack.folder).where(TrainingPack.made_at < work.before)


def _carry_packs(session: Session, _: Sequence[Any], work: Work) -> None:
    drop_packs(session, work.home, work.before)


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
        ACTIONS,
    ),
    "notices": (NOTICES,),
    "statements": (STATEMENTS,),
    "reports": (REPORTS,),
    "appeals": (APPEALS,),
    "training_files": (Term(_packs, _carry_packs),),
    "strikes": (Term(_strikes, delete_rows(Strike)),),
    "alerts": (Term(_deliveries, delete_rows(AlertDelivery)),),
    "feedback": (Term(_feedback, _carry_feedback),),
    "runs": (Term(lambda _, work: select(Run.id).where(Run.started_at < work.before), delete_rows(Run)),),
    "accesses": (Term(lambda _, work: select(Access.id).where(Access.at < work.before), delete_rows(Access)),),
}

# Patterns of paths from the home; a file is due by when it was written.
FILE_TERMS: Mapping[str, tuple[str, ...]] = {
    "queue_files": ("published/queues/**", "published/*.jsonl"),
    "review_files": ("published/review/**",),
}
