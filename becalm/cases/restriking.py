"""Strikes that follow a decision at once, so that nobody is treated by a mark that was just taken back."""

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, aliased

from ..decisions import Force
from ..policy import Policy
from ..store import Case, CaseComment, Comment, Strike
from ..store.upsert import chunks
from .history import root_subject
from .offenders import rank_offenders
from .standing import Standing
from .strikes import Key, Terms, due_by_people, put_strikes, read_strikes, remove_strikes, stream_time
from .verdicts import JUDGED_KINDS, Verdicts, read_verdicts


def follow_with_strikes(session: Session, policy: Policy, case: Standing, before: Force, after: Force) -> None:
    """The strikes and the rank of the accounts in the case, as the decision in force now has it.

    A strike that only a machine had seen is taken away by a dismissal at once; undone, it comes back with the next
    run, which asks all signals again.
    """
    if before.in_force == after.in_force or case.kind not in JUDGED_KINDS:
        return
    verdicts = read_verdicts(session, policy, _touching(case))
    due = due_by_people(verdicts.upheld, policy)
    causes, comments = _causes(session, case)
    known = {
        key: terms
        for chunk in chunks(sorted({account for account, _ in causes}), 5_000)
        for key, terms in read_strikes(session, Strike.account_id.in_(chunk)).items()
        if (key[0], key[2]) in causes
    }
    gone = {key for key in known.keys() - due.keys() if _is_over(policy, verdicts, case, key, known[key], comments)}
    doubtful = {
        key: (*terms[:3], False) for key, terms in known.items() if terms[3] and key not in due and key not in gone
    }
    own = {key: terms for key, terms in due.items() if (key[0], key[2]) in causes and known.get(key) != terms}
    remove_strikes(session, gone)
    put_strikes(session, doubtful | own)
    if gone or doubtful or own:
        rank_offenders(session, policy, stream_time(session), sorted({account for account, _ in causes}))


def _is_over(
    policy: Policy,
    verdicts: Verdicts,
    case: Standing,
    key: Key,
    terms: Terms,
    comments: dict[tuple[int, str], set[int]],
) -> bool:
    """Whether nothing is left behind a strike: all its comments are decided, or it was a person's under another rule
    than the one that opened the case."""
    rule = policy.rule(key[1])
    if rule is None or all(verdicts.settles(rule, each) for each in comments[key[0], key[2]]):
        return True
    return terms[3] and key[1] != case.rule


def _touching(case: Standing) -> ColumnElement[bool]:
    """The case, those on the same campaign, and those that share a comment with it."""
    own, shared = aliased(CaseComment), aliased(CaseComment)
    sharing = select(shared.case_id).join(own, own.comment_id == shared.comment_id).where(own.case_id == case.id)
    root = root_subject(case.subject)
    same = and_(Case.kind == case.kind, or_(Case.subject == root, Case.subject.startswith(f"{root}~", autoescape=True)))
    return or_(Case.id == case.id, Case.id.in_(sharing), same) if case.kind == "group" else Case.id.in_(sharing)


def _causes(session: Session, case: Standing) -> tuple[set[tuple[int, str]], dict[tuple[int, str], set[int]]]:
    """(account, cause) of each comment in the case, and the comments behind it."""
    name = Comment.platform + "/" + Comment.comment_id
    rows = session.connection().execute(
        select(Comment.account_id, name, Comment.id)
        .join(CaseComment, CaseComment.comment_id == Comment.id)
        .where(CaseComment.case_id == case.id)
    )
    comments: dict[tuple[int, str], set[int]] = {}
    for account_id, subject, comment_id in rows:
        cause = root_subject(case.subject) if case.kind == "group" else subject
        comments.setdefault((account_id, cause), set()).add(comment_id)
    return set(comments), comments
