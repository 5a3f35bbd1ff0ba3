"""What is written down about a message before it is sent and after, so that nobody is told the same twice."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, delete, func, select, update
from sqlalchemy.orm import Session

from ..store import Alert, AlertDelivery
from ..store.upsert import add

UNDERWAY, SENT, UNSURE = "underway", "sent", "unsure"


def settle_cut_off(session: Session) -> dict[str, int]:
    """How many messages of each list were on their way when a run ended; they are not sent again."""
    column = AlertDelivery.alert_list
    query = select(column, func.count()).where(AlertDelivery.state == UNDERWAY).group_by(column).order_by(column)
    found = dict(session.execute(query).all())
    session.execute(update(AlertDelivery).where(AlertDelivery.state == UNDERWAY).values(state=UNSURE))
    return found


def claim(session: Session, alert_list: str, address: str) -> tuple[list[int], int]:
    """The comments this address is to be told of now, and how many it may have missed; the former are underway then."""
    told = select(AlertDelivery.comment_id).where(_to(alert_list, address))
    waiting = select(Alert.comment_id).where(
        Alert.alert_list == alert_list, Alert.is_waiting, Alert.comment_id.not_in(told)
    )
    comments = list(session.scalars(waiting))
    unsure = select(func.count()).select_from(AlertDelivery).where(_to(alert_list, address, UNSURE))
    add(session, AlertDelivery, [
        {"comment_id": comment, "alert_list": alert_list, "address": address, "state": UNDERWAY}
        for comment in comments
    ])  # fmt: skip
    return comments, session.scalars(unsure).one()


def arrived(session: Session, alert_list: str, address: str) -> None:
    """It knows of all now, also that it may have missed some."""
    session.execute(update(AlertDelivery).where(_to(alert_list, address, UNDERWAY, UNSURE)).values(state=SENT))


def failed(session: Session, alert_list: str, address: str) -> None:
    """The next run may try again."""
    session.execute(delete(AlertDelivery).where(_to(alert_list, address, UNDERWAY)))


def close(session: Session, alert_list: str, addresses: Sequence[str]) -> None:
    """What every one of these addresses was told waits no more."""
    reached = [
        Alert.comment_id.in_(select(AlertDelivery.comment_id).where(_to(alert_list, address))) for address in addresses
    ]
    query = update(Alert).where(Alert.alert_list == alert_list, Alert.is_waiting, *reached)
    session.execute(query.values(is_waiting=False).execution_options(synchronize_session=False))


def _to(alert_list: str, address: str, *states: str) -> ColumnElement[bool]:
    there = and_(AlertDelivery.alert_list == alert_list, AlertDelivery.address == address)
    return and_(there, AlertDelivery.state.in_(states)) if states else there
