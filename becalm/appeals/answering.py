"""The answer to an appeal, and what follows from it for what was contested."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..decisions import Decided, Force, decisions_of, force_of
from ..decisions.restricting import restricts
from ..errors import CaseRefused
from ..notices import Owed, owe
from ..policy import Policy
from ..policy.templates import Audience
from ..store import Account, Appeal, Comment
from ..store.upsert import chunks

UPHOLD, RESTORE = "uphold", "restore"
# By answer: whether the rule was found to be met.
OUTCOMES = {UPHOLD: "upheld", RESTORE: "dismissed"}
UPHELD, RESTORED = "upheld", "restored"
RESULTS = {UPHOLD: UPHELD, RESTORE: RESTORED}
NOTHING = "none"


def outcome_of_answer(case_id: str, action: str, reason: str) -> str:
    """What an answer to an appeal says of the rule; raises `CaseRefused` for any but the two, and without a reason."""
    if action not in OUTCOMES:
        raise CaseRefused(case_id, f"an appeal is answered by {UPHOLD} or {RESTORE}, not by `{action}`")
    if not reason.strip():
        raise CaseRefused(case_id, "an appeal is answered with a reason, which the appellant gets to read")
    return OUTCOMES[action]


def follow_answer(
    session: Session, policy: Policy, case_id: str, before: Force, after: Force, by: str, now: datetime
) -> list[Decided]:
    """Notes the answer that came into force on an appeal (or that none is any more), and tells the appellant.

    Returns what is to be written on the case that was contested: it is taken back for the appellant when the answer
    is to restore, and stands again when that answer is taken back.
    """
    was, answer = before.in_force, after.in_force
    if was == answer:
        return []
    contested = session.execute(select(Appeal).where(Appeal.case_id == case_id)).scalar_one()
    result = RESULTS[answer.action] if answer else None
    answered_at, answer_id = (answer.decided_at, answer.id) if answer else (None, None)
    noted = update(Appeal).where(Appeal.case_id == case_id)
    session.execute(noted.values(outcome=result, answer_id=answer_id, answered_at=answered_at))
    if answer:
        _tell(session, policy, contested, answer, now)
    is_restored = answer is not None and answer.action == RESTORE
    was_restored = was is not None and was.action == RESTORE
    if is_restored and not was_restored:
        return _taken_back(session, policy, contested, by, now)
    return _standing_again(session, contested, was, by, now) if was_restored and not is_restored else []


def _taken_back(session: Session, policy: Policy, contested: Appeal, by: str, now: datetime) -> list[Decided]:
    """The reversal of what is in force; where others are meant too, it stays in force for them alone."""
    in_force = force_of(decisions_of(session, contested.original_case_id)).in_force
    if in_force is None or not restricts(policy, in_force):
        return []
    subjects = in_force.subjects or {}
    others = [each for each in subjects.get("accounts", []) if each != contested.account_id]
    note = f"appeal {contested.case_id} was granted"
    written = replace(
        in_force, id="", seq=0, by=by, is_machine=False, policy_version=policy.version, decided_at=now, note=note,
        answers=None, overrides=in_force.id,
    )  # fmt: skip
    if not others:
        return [replace(written, kind="reversal", action=NOTHING, outcome="reversed", template=None)]
    comments = _without(session, subjects.get("comments", []), contested.account_id)
    return [replace(written, kind="decision", subjects={"comments": comments, "accounts": others})]


def _standing_again(session: Session, contested: Appeal, was: Decided | None, by: str, now: datetime) -> list[Decided]:
    """The undo of what followed from the earlier answer; raises `CaseRefused` when people decided anew since."""
    log = decisions_of(session, contested.original_case_id)
    note = f"appeal {contested.case_id} was granted"
    undone = {each.overrides for each in log if each.kind == "undo"}
    followed = [each for each in log if each.note == note and each.id not in undone]
    if not followed:
        return []
    if force_of(log).last != followed[-1]:
        raise CaseRefused(contested.case_id, f"case {contested.original_case_id} was decided anew since: go there")
    undo = replace(
        followed[-1], id="", seq=0, kind="undo", by=by, action=NOTHING, outcome="undone", decided_at=now, note="",
        overrides=followed[-1].id,
    )  # fmt: skip
    return [undo]


def _without(session: Session, comment_ids: list[int], account_id: int | None) -> list[int]:
    own: set[int] = set()
    for chunk in chunks(comment_ids):
        mine = (Comment.id.in_(chunk), Comment.account_id == account_id)
        own.update(session.scalars(select(Comment.id).where(*mine)))
    return [each for each in comment_ids if each not in own]


def _tell(session: Session, policy: Policy, contested: Appeal, answer: Decided, now: datetime) -> None:
    """The answer with its reason, and who answers for it."""
    account = session.execute(
        select(Account.platform, Account.author_id).where(Account.id == contested.account_id)
    ).one_or_none()  # fmt: skip
    if account is None:  # erased since
        return
    person = policy.people.get(answer.by)
    values = {"reason": answer.note} | ({"handler": person.title} if person else {})
    owed = Owed(
        audience=Audience.APPELLANT, recipient=f"{account.platform}:{account.author_id}", action=answer.action,
        case_id=contested.case_id, decision_id=answer.id, values=values, about=now.isoformat(),
    )  # fmt: skip
    owe(session, policy, owed, now)
