"""Which comments are to be told of."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import delete, select, tuple_
from sqlalchemy.orm import Session

from ..policy import Policy
from ..store import Alert, AlertDelivery, Comment, Signals
from ..store.lists import is_filled
from ..store.upsert import add, chunks


def note_alerts(session: Session, policy: Policy, now: datetime) -> int:
    """Note each comment once for each alert list whose words it holds; how many are new.

    What waits and is meant no longer (the comment was edited, the list changed) is forgotten, unless it was told.
    """
    wanted = set(_wanted(session, policy))
    noted = {(comment_id, name) for comment_id, name in session.execute(select(Alert.comment_id, Alert.alert_list))}
    new = sorted(wanted - noted)
    add(session, Alert, [
        {"comment_id": comment_id, "alert_list": name, "is_waiting": True, "noted_at": now} for comment_id, name in new
    ])  # fmt: skip
    _forget(session, sorted(noted - wanted))
    return len(new)


def _wanted(session: Session, policy: Policy) -> Iterator[tuple[int, str]]:
    query = (
        select(Comment.id, Comment.platform, Comment.channel, Comment.language, Signals.keywords)
        .join(Signals, Signals.comment_id == Comment.id)
        .where(is_filled(Signals.keywords), Signals.scored_text_id == Comment.text_id, Comment.is_brand.is_(False))
    )
    for comment_id, platform, channel, language, phrases in session.execute(query):
        for name in policy.lists_heard(phrases, platform, channel, language):
            yield comment_id, name


def _forget(session: Session, gone: list[tuple[int, str]]) -> None:
    told = select(AlertDelivery.comment_id, AlertDelivery.alert_list)
    key = tuple_(Alert.comment_id, Alert.alert_list)
    for chunk in chunks(gone):
        session.execute(delete(Alert).where(key.in_(chunk), Alert.is_waiting, key.not_in(told)))
