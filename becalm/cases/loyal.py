"""What advocacy wants to know of somebody who praises: that they come back, and that their trouble ended well."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from ..loyalty.stories import Story, find_stories
from ..loyalty.voices import Heard, Recurring, read_answers, read_heard, recurring
from ..policy import Policy
from ..records import Reason
from ..wording import lasting
from .drafting import Draft
from .history import SETTLED
from .service import is_about


def loyalty_reasons(session: Session, policy: Policy, drafts: Sequence[Draft]) -> dict[str, list[Reason]]:
    """By case id of praise: in how many weeks the account praised, and the story of resolution that its words end.

    Told from these drafts and from what people decided; what stands in other open cases may go with this run.
    """
    praise = [draft for draft in drafts if is_about(draft, "praise")]
    if not praise:
        return {}
    queues = {draft.rule.queue for draft in praise}
    care = {name for name, queue in policy.queues.items() if queue.customers_first} - queues
    heard = {each.id: each for each in read_heard(session, queues, care, SETTLED)}
    for draft in drafts:
        if draft.kind == "comment" and draft.rule.queue in queues | care:
            heard |= {each.id: each for each in _heard(draft, draft.rule.queue in queues)}
    again = recurring(heard.values())
    ended = {story.praise.id: story for story in find_stories(heard.values(), read_answers(session))}
    return {draft.id: _reasons(draft, again, ended) for draft in praise}


def _heard(draft: Draft, is_praise: bool) -> list[Heard]:
    return [
        Heard(one.id, one.account_id, one.platform, one.comment_id, one.thread_id, one.published_at, is_praise)
        for one in draft.comments
        if not one.is_brand
    ]


def _reasons(draft: Draft, again: dict[int, Recurring], ended: dict[int, Story]) -> list[Reason]:
    stories = [ended[one.id] for one in draft.comments if one.id in ended]
    loyal = again.get(draft.comments[0].account_id)
    told = [Reason("resolved", 1.0, _story_told(story)) for story in stories[:1]]
    if loyal:
        words = f"praised us in {loyal.weeks} different weeks since {loyal.first_at:%Y-%m-%d}"
        told.append(Reason("loyal", 1 - 1 / loyal.weeks, words))
    return told


def _story_told(story: Story) -> str:
    after = lasting(story.praise.published_at - story.answered_at)
    return (
        f"a story of resolution: complained on {story.complaint.published_at:%Y-%m-%d}, was answered on "
        f"{story.answered_at:%Y-%m-%d}, and praises {after} later"
    )
