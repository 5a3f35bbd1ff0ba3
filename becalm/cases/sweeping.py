"""What else there is of the same account or campaign when one case is decided: first counted, then decided alike."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from ..decisions import Decided, decisions_of, force_of
from ..errors import CaseConflict, CaseRefused
from ..policy import Policy
from ..policy.staffing import person_of
from ..responses.once import SaidInPublic
from ..store import Account, Case, CaseComment, Comment, GroupText
from ..store.cases import APPEAL
from ..store.groups import Group
from .deciding import Ruling, decide
from .settling import Settled
from .staff import require_no_appeal, why_not
from .standing import COLUMNS, Standing, standing
from .warned import why_not_suspended


@dataclass(frozen=True, slots=True)
class Sweep:
    """Open cases of the accounts and the campaign that a decision was about.

    `reached` will be decided alike; `left_out` says why others won't be, by case id. `ruling` is what was decided.
    """

    ruling: Ruling
    reached: tuple[Standing, ...]
    left_out: dict[str, str]

    @property
    def count(self) -> int:
        return len(self.reached)

    @property
    def by_queue(self) -> dict[str, int]:
        return dict(sorted(Counter(case.queue for case in self.reached).items()))

    @property
    def versions(self) -> dict[str, int]:
        """What a person has seen who agrees to the sweep."""
        return {case.id: case.version for case in self.reached}


@dataclass(frozen=True, slots=True)
class Swept:
    """What was decided, and which cases changed between preview and sweep, and so were left alone."""

    settled: tuple[Settled, ...]
    changed: tuple[str, ...]


def preview(session: Session, policy: Policy, case_id: str, by: str, now: datetime) -> Sweep:
    """What a sweep from this decided case would reach; nothing is changed.

    Only cases of the same rule are decided alike: other rules ask other questions, and a customer's complaint is not
    swept away with their spam. Raises `CaseRefused` when nothing is in force on the case.
    """
    person, case = person_of(policy, by), standing(session, case_id)
    require_no_appeal(case)
    decided = force_of(decisions_of(session, case_id)).in_force
    if decided is None or decided.kind == "reversal":
        raise CaseRefused(case_id, "nothing is decided on it that others could follow")
    ruling = Ruling(decided.action, decided.outcome, decided.rule, decided.template, decided.language, decided.note)
    reached, left_out = [], {}
    for other in _others(session, case, decided):
        claimant = other.claimant(now)
        why = why_not(policy, person, other, decided.rule)
        why = why or (f"{claimant} has it" if claimant not in (None, by) else None)
        why = why or (f"another rule: {other.rule}" if other.rule not in (case.rule, decided.rule) else None)
        why = why or why_not_suspended(session, policy, other.id, decided.rule, decided.action, decided.outcome, now)
        if why:
            left_out[other.id] = why
        else:
            reached.append(other)
    return Sweep(ruling, tuple(reached), left_out)


def sweep(session: Session, policy: Policy, case_id: str, by: str, now: datetime, versions: dict[str, int]) -> Swept:
    """Decides the cases in `versions`, as a preview gave them, like the one they follow.

    One that changed since is left alone and named, and so is one whose author has been answered in public meanwhile,
    by this very sweep maybe. Each gets a decision of its own, with the note that it was swept.
    """
    found = preview(session, policy, case_id, by, now)
    reached = found.versions.keys()
    ruling = replace(found.ruling, note=f"swept with {case_id}. {found.ruling.note}".strip())
    settled, changed = [], []
    changed.extend(sorted(versions.keys() - reached))
    for other_id, version in sorted(versions.items()):
        if other_id not in reached:
            continue
        try:
            settled.append(decide(session, policy, other_id, ruling, by, now, version))
        except (CaseConflict, SaidInPublic):
            changed.append(other_id)
    return Swept(tuple(settled), tuple(changed))


def _others(session: Session, case: Standing, decided: Decided) -> Sequence[Standing]:
    """Open cases with a comment by the same account or in the same campaign, oldest first."""
    accounts = (decided.subjects or {}).get("accounts", [])
    near: list[ColumnElement[bool]] = [Case.id.in_(_by_account(accounts))] if case.kind != "group" else []
    if campaigns := _campaigns(session, decided):
        near.append(Case.id.in_(_in_campaign(campaigns)))
    names = select(Account.platform + ":" + Account.author_id).where(Account.id.in_(accounts))
    if case.kind != "group":
        near.append(and_(Case.kind == "account", Case.subject.in_(names)))
    which = (Case.state == "open", Case.kind != APPEAL, Case.id != case.id, or_(*near))
    rows = session.execute(select(*COLUMNS).where(*which).order_by(Case.opened_at, Case.id)) if near else ()
    return [Standing(*row) for row in rows]


def _by_account(accounts: list[int]) -> Select[str]:
    written = select(CaseComment.case_id).join(Comment, Comment.id == CaseComment.comment_id)
    return written.where(Comment.account_id.in_(accounts))


def _campaigns(session: Session, decided: Decided) -> list[str]:
    comments = (decided.subjects or {}).get("comments", [])[:1000]
    statement = (
        select(Group.campaign_id)
        .join(GroupText, GroupText.group_id == Group.id)
        .join(Comment, Comment.text_id == GroupText.text_id)
        .where(Comment.id.in_(comments), Group.campaign_id.is_not(None))
    )
    return [campaign for campaign in session.scalars(statement.distinct()) if campaign]


def _in_campaign(campaigns: list[str]) -> Select[str]:
    return (
        select(CaseComment.case_id)
        .join(Comment, Comment.id == CaseComment.comment_id)
        .join(GroupText, GroupText.text_id == Comment.text_id)
        .join(Group, Group.id == GroupText.group_id)
        .where(Group.campaign_id.in_(campaigns))
    )
