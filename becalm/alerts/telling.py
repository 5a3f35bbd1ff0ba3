"""Telling the owners: one message a list, an address and a run.

A message is written down as underway before it is sent (decision 21), so that a run that dies in between costs an
alert rather than tells it twice; the next message says so.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pydantic import SecretStr
from sqlalchemy import func, select

from ..policy import Policy
from ..policy.alert_lists import KeywordList
from ..store import Alert, Store
from .addresses import ANYBODY, Address, addresses_of
from .deliveries import arrived, claim, close, failed, settle_cut_off
from .message import Message, Places, message

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Told:
    """Messages that went out, messages that failed, and alerts that wait: for a better try, an address, the morning."""

    messages: int = 0
    failures: int = 0
    waiting: int = 0


def tell(
    store: Store, policy: Policy, urls: Mapping[str, tuple[SecretStr, ...]], places: Places, now: datetime
) -> Told:
    """Tell the owners of all lists that are not quiet `now` what they have not been told."""
    told = Told()
    _warn_of_strangers(policy, urls)
    with store.writing() as session:
        for name, count in settle_cut_off(session).items():
            logger.warning("alerts: a run was cut off while it told of %d on `%s`; they may be lost", count, name)
    for keywords in policy.keywords:
        if keywords.quiet_hours is None or not keywords.quiet_hours.hold_at(now):
            _tell_owner(store, keywords, addresses_of(keywords.owner, urls), places, told)
    with store.reading() as session:
        told.waiting = session.scalars(select(func.count()).select_from(Alert).where(Alert.is_waiting)).one()
    return told


def _tell_owner(store: Store, keywords: KeywordList, addresses: list[Address], places: Places, told: Told) -> None:
    for address in addresses:
        ready = _claimed(store, keywords, address, places)
        if ready and _sent(store, keywords, address, ready):
            told.messages += 1
        elif ready:
            told.failures += 1
            logger.warning("alerts: %s failed for `%s`; the next run tries again", address.name, keywords.id)
    if addresses:
        with store.writing() as session:
            close(session, keywords.id, [address.id for address in addresses])


def _claimed(store: Store, keywords: KeywordList, address: Address, places: Places) -> Message | None:
    with store.writing() as session:
        comments, unsure = claim(session, keywords.id, address.id)
        return message(session, keywords, comments, unsure, places) if comments or unsure else None


def _sent(store: Store, keywords: KeywordList, address: Address, ready: Message) -> bool:
    is_out = address.send(ready.title, ready.body)
    with store.writing() as session:
        (arrived if is_out else failed)(session, keywords.id, address.id)
    return is_out


def _warn_of_strangers(policy: Policy, urls: Mapping[str, object]) -> None:
    owners = {keywords.owner for keywords in policy.keywords}
    for name in urls:
        if name not in owners and name != ANYBODY:
            logger.warning("alerts: BECALM_ALERT_URLS names `%s`, whom no alert list has as its owner", name)
