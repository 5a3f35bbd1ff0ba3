"""What those who answer customers want to know of a case: who asked how often, who was answered, what else is wrong."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..policy.facts import AppliesTo
from ..records import Reason
from ..store import Comment, Consent, ConsentState
from ..store.upsert import chunks
from ..wording import counted
from .drafting import Draft
from .surges import find_surges

_ASKED = {
    ConsentState.ASKED: "was asked whether it may be shared, no answer yet",
    ConsentState.GIVEN: "agreed that it may be shared",
    ConsentState.REFUSED: "does not want it to be shared",
}
_NEVER_ASKED = "was never asked whether it may be shared"


def service_reasons(session: Session, drafts: Sequence[Draft]) -> dict[str, list[Reason]]:
    """By case id: of complaints whether the brand answered and what surge they are part of, of praise the consent."""
    complaints = [draft for draft in drafts if is_about(draft, "complaint")]
    praise = [draft for draft in drafts if is_about(draft, "praise")]
    answered, surging = (_answered(session), _surging(session)) if complaints else ({}, {})
    consents = _consents(session, {comment.account_id for draft in praise for comment in draft.comments})
    told = {draft.id: [*_of_answers(draft, answered), *_of_surges(draft, surging)] for draft in complaints}
    return told | {draft.id: [_of_consent(draft, consents)] for draft in praise}


def is_about(draft: Draft, signal: str) -> bool:
    """Whether a draft is there because comments have this signal."""
    condition = draft.rule.when.get(signal)
    is_of_comments = draft.rule.applies_to == AppliesTo.COMMENT
    return is_of_comments and condition is not None and condition.at_least is not None


def _answered(session: Session) -> dict[tuple[str, str | None], datetime]:
    """When the brand last answered, by the platform and the id of the comment answered."""
    # All of the brand's answers at once: they are few, and no index leads from a comment to its answers.
    answers = select(Comment.platform, Comment.parent_id, func.max(Comment.published_at))
    answers = answers.where(Comment.is_brand, Comment.parent_id.is_not(None))
    rows = session.execute(answers.group_by(Comment.platform, Comment.parent_id))
    return {(platform, parent_id): at for platform, parent_id, at in rows}


def _of_answers(draft: Draft, answered: dict[tuple[str, str | None], datetime]) -> list[Reason]:
    """Whether anybody answered what this customer asked, and asked again."""
    asked = [comment for comment in draft.comments if (comment.platform, comment.comment_id) not in answered]
    answers = [
        answered[key] for comment in draft.comments if (key := (comment.platform, comment.comment_id)) in answered
    ]
    threads = len({comment.thread_id for comment in draft.comments})
    times = f"{counted(len(draft.comments), 'comment')} in {counted(threads, 'thread')}"
    since = f"since {draft.comments[0].published_at:%Y-%m-%d %H:%M}"
    if not answers:
        return [Reason("answered", 1 - 1 / (1 + len(asked)), f"no answer by the brand: {times} {since}")]
    last = f"the brand answered on {max(answers):%Y-%m-%d %H:%M}"
    later = [comment for comment in asked if comment.published_at > max(answers)]
    if later:
        return [
            Reason("answered", 1 - 1 / (1 + len(later)), f"{last}; asked again since: {counted(len(later), 'comment')}")
        ]
    return [Reason("answered", 0.0, last)]


def _surging(session: Session) -> dict[int, Reason]:
    """The reason for each comment of a surge."""
    found: dict[int, Reason] = {}
    for surge in find_surges(session):
        words = (
            f"one of {surge.customers} customers with the same complaint ({surge.words}) since "
            f"{surge.onset:%Y-%m-%d %H:%M}; usual are {surge.usual:g} a day"
        )
        reason = Reason("surge", 1 - 1 / surge.customers, words)
        found |= dict.fromkeys(surge.comments, reason)
    return found


def _of_surges(draft: Draft, surging: dict[int, Reason]) -> Iterable[Reason]:
    return dict.fromkeys(surging[comment.id] for comment in draft.comments if comment.id in surging)


def _consents(session: Session, account_ids: set[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for chunk in chunks(sorted(account_ids)):
        rows = session.execute(select(Consent.account_id, Consent.state).where(Consent.account_id.in_(chunk)))
        found |= {row.account_id: row.state for row in rows}
    return found


def _of_consent(draft: Draft, consents: dict[int, str]) -> Reason:
    state = consents.get(draft.comments[0].account_id)
    words = _NEVER_ASKED if state is None else _ASKED[ConsentState(state)]
    return Reason("consent", float(state == ConsentState.GIVEN), words)
