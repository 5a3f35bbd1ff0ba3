"""Once in public: an account gets one public answer from us in a thread, and what follows is said in private.

Whoever argues in public feeds the argument, and a customer who has to be answered twice needs more than a comment.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import NamedTuple, Protocol

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from ..errors import InputError
from ..store import Comment
from ..store.upsert import chunks


class Place(NamedTuple):
    """An account in a thread, by the store's ids."""

    account_id: int
    thread_id: int


class Planned(Protocol):
    """Public answers that are decided on but do not stand in the thread yet: those of the outbox."""

    def public_answers(self, session: Session, thread_ids: Collection[int] | None) -> Iterable[Place]:
        """One entry for each answer underway or sent in these threads, None for all; not for undone and dead ones."""


class SaidInPublic(InputError):
    """A second public answer to the same account in the same thread."""

    def __init__(self, answers: int) -> None:
        times = "once" if answers == 1 else f"{answers} times"
        super().__init__(f"this account was answered in public {times} in this thread already; go on in private")
        self.answers = answers


def count_public_answers(
    session: Session, thread_ids: Collection[int] | None = None, planned: Planned | None = None
) -> Counter[Place]:
    """How often we have answered whom in public in these threads, None for all: comments of the brand under theirs.

    Those `planned` count besides, where the thread does not show them yet.
    """
    standing: Counter[Place] = Counter()
    if thread_ids is None:
        standing.update(Place(account, thread) for account, thread in session.execute(_answers()))
    for chunk in chunks(sorted(set(thread_ids or ()))):
        rows = session.execute(_answers().where(_OURS.thread_id.in_(chunk)))
        standing.update(Place(account, thread) for account, thread in rows)
    underway = Counter(planned.public_answers(session, thread_ids)) if planned else Counter[Place]()
    # An answer that was carried out comes back as a comment of the thread: it is one answer, not two.
    return standing | underway


def require_first_in_public(session: Session, places: Collection[Place], planned: Planned | None = None) -> None:
    """Raises `SaidInPublic` where one of these accounts had its public answer in that thread."""
    answers = count_public_answers(session, {place.thread_id for place in places}, planned)
    if most := max((answers[place] for place in places), default=0):
        raise SaidInPublic(most)


_OURS, _THEIRS = aliased(Comment), aliased(Comment)


def _answers() -> Select[int, int]:
    """Found from our comments, which are few, to the ones they stand under, which their ids tell."""
    same_comment = (_OURS.platform == _THEIRS.platform) & (_OURS.parent_id == _THEIRS.comment_id)
    return (
        select(_THEIRS.account_id, _THEIRS.thread_id)
        .select_from(_OURS)
        .join(_THEIRS, same_comment)
        .where(_OURS.is_brand.is_(True), _THEIRS.is_brand.is_(False))
    )
