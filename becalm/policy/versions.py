"""Which policies there were, word for word, who published them and why, and when each held."""

import logging
import re
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..errors import InputError, PolicyInvalid, PolicyOutdated, PolicyUnpublishable
from ..store import PolicyVersion
from ..store.upsert import add
from .loader import policy_of
from .nearest import nearest
from .schema import Policy
from .staffing import person_of

logger = logging.getLogger(__name__)


def record_policy(session: Session, policy: Policy, now: datetime) -> None:
    """Keep this version of the policy; nothing happens when it is kept already.

    A policy that nobody published may be used: it is kept without author, reason and validity. Where another one is
    in force by publication, the log says so. Raises `PolicyInvalid` when the version is known with other content:
    cases name versions, so they must not change.
    """
    if not is_known(session, policy):
        add(session, PolicyVersion, [_row(policy, now)])
    published = published_at(session, now)
    if published is not None and published.version != policy.version:
        logger.warning(
            "policy %s is in force by publication, and this run goes by %s", published.version, policy.version
        )


def publish_policy(
    session: Session, policy: Policy, author: str, reason: str, now: datetime, valid_from: datetime | None = None
) -> PolicyVersion:
    """The version as it is now kept: it holds from `valid_from` (by default `now`), and the one before until then.

    The author is one of the people of the policy published before; the first one's are its own, and so are those of one
    that follows a policy without people. Raises `PersonUnknown`, and `PolicyUnpublishable` without author or reason,
    when the version is not higher than every one published before, when nothing but its version differs from the
    latest, and when it would hold in the past or before the latest does; `PolicyInvalid` as `record_policy`. Nothing is
    changed then.
    """
    since = valid_from or now
    author, reason = author.strip(), reason.strip()
    if not author or not reason:
        raise PolicyUnpublishable(policy.version, "it needs an author and a reason")
    if since < now:
        raise PolicyUnpublishable(policy.version, f"it can't hold from {since:%Y-%m-%d %H:%M}, which is past")
    latest = latest_published(session)
    before = _readable(latest) if latest else None
    person_of(before if before and before.people else policy, author)
    if latest is not None:
        _refuse_to_follow(latest, before, policy, since)
    if not is_known(session, policy):
        add(session, PolicyVersion, [_row(policy, now)])
    if latest is not None:
        session.execute(update(PolicyVersion).where(PolicyVersion.version == latest.version).values(valid_to=since))
    own = PolicyVersion.version == policy.version
    session.execute(update(PolicyVersion).where(own).values(author=author, reason=reason, valid_from=since))
    return session.scalars(select(PolicyVersion).where(own).execution_options(populate_existing=True)).one()


def history(session: Session) -> list[PolicyVersion]:
    """Every version the store knows, the latest first; published ones by since when they hold, others by first use."""
    versions = session.scalars(select(PolicyVersion)).all()
    return sorted(versions, key=lambda one: (one.valid_from or one.first_used_at, rank(one.version)), reverse=True)


def latest_published(session: Session) -> PolicyVersion | None:
    """The one that holds last, be it from a day to come."""
    published = select(PolicyVersion).where(PolicyVersion.valid_from.is_not(None))
    return session.scalar(published.order_by(PolicyVersion.valid_from.desc()).limit(1))


def published_at(session: Session, moment: datetime) -> PolicyVersion | None:
    """The published version that held, holds or will hold at that moment."""
    began = select(PolicyVersion).where(PolicyVersion.valid_from <= moment)
    return session.scalar(began.order_by(PolicyVersion.valid_from.desc()).limit(1))


def current_version(session: Session, now: datetime) -> PolicyVersion | None:
    """The published version in force, or where nothing was published the one taken into use last."""
    found = published_at(session, now)
    return found or session.scalar(select(PolicyVersion).order_by(PolicyVersion.first_used_at.desc()).limit(1))


def stored_policy(session: Session, version: str) -> Policy:
    """That version as the store has it.

    Raises `InputError` when the store does not know it, and `PolicyOutdated` when it has another shape.
    """
    return _read(version, stored_document(session, version))


def stored_document(session: Session, version: str) -> str:
    """That version word for word. Raises `InputError` when the store does not know it."""
    document = session.scalar(select(PolicyVersion.document).where(PolicyVersion.version == version))
    if document is None:
        known = session.scalars(select(PolicyVersion.version)).all()
        raise InputError(f"the store knows no policy `{version}`{nearest(version, known)}")
    return document


def _read(version: str, document: str) -> Policy:
    try:
        return policy_of(document, f"policy {version}")
    except PolicyInvalid as error:
        raise PolicyOutdated(version, f"line {error.line}, {error.key}: {error.why}") from error


def _readable(one: PolicyVersion) -> Policy | None:
    """The version, None where it has a shape that is not read any more: then the next one can still be published."""
    try:
        return _read(one.version, one.document)
    except PolicyOutdated:
        return None


def rank(version: str) -> tuple[tuple[int, int, str], ...]:
    """What versions are ordered by: numbers in them as numbers, so that 2 < 10 and 2026-03 < 2026-11."""
    parts = re.findall(r"[0-9]+|[A-Za-z]+", version)
    return tuple((1, int(part), "") if part.isdigit() else (0, 0, part) for part in parts)


def _refuse_to_follow(latest: PolicyVersion, before: Policy | None, policy: Policy, since: datetime) -> None:
    if rank(policy.version) <= rank(latest.version):
        raise PolicyUnpublishable(policy.version, f"`{latest.version}` was published; the next version must be higher")
    if before is not None and _says_the_same(before, policy):
        raise PolicyUnpublishable(policy.version, f"it says what `{latest.version}` says; there is nothing to publish")
    assert latest.valid_from is not None
    if since <= latest.valid_from:
        raise PolicyUnpublishable(
            policy.version, f"`{latest.version}` holds from {latest.valid_from:%Y-%m-%d %H:%M} on"
        )


def _says_the_same(before: Policy, policy: Policy) -> bool:
    is_same = before.model_dump(exclude={"version"}) == policy.model_dump(exclude={"version"})
    return is_same and before.tree == policy.tree


def is_known(session: Session, policy: Policy) -> bool:
    """Whether the store has this version, word for word. Raises `PolicyInvalid` when it has it in other words."""
    known = session.scalar(select(PolicyVersion.digest).where(PolicyVersion.version == policy.version))
    if known is not None and known != policy.digest:
        raise PolicyInvalid(policy.path, policy.version_line, "version", _raise_it(policy))
    return known is not None


def _row(policy: Policy, now: datetime) -> dict[str, object]:
    return {
        "version": policy.version, "digest": policy.digest, "document": policy.document, "first_used_at": now,
    }  # fmt: skip


def _raise_it(policy: Policy) -> str:
    return f"the store knows `{policy.version}` with other content; raise the version, so that old cases keep theirs"
