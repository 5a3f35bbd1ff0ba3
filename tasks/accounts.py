"""Strikes, offenders, and the accounts that look like theirs."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from becalm.cases import give_strikes, rank_offenders, stream_time
from becalm.policy import load_policy
from becalm.runs import Counts
from becalm.settings import Settings
from becalm.store import Alternate, Comment, Group, GroupText, Offender, Resemblance, Ring, Store, Strike
from becalm.store.marks import is_made_from, mark_made_from
from becalm.store.upsert import add
from embeddings.accounts import Lookalike, Posting, find_lookalikes
from tasks.judged import judged_from
from tasks.returned import keep_resemblances
from tasks.rings import keep_rings
from tasks.stage import stage

Row = dict[str, Any]

STAGE = "accounts"


@stage(STAGE, timeout_seconds=3600)
def rank_accounts(settings: Settings) -> Counts:
    """Strikes as the policy gives them, the offenders they make, and who looks like another account of theirs."""
    policy = load_policy(settings.policy)
    with Store.open(settings.store_url) as store, store.writing() as session:
        inputs = judged_from(session, policy)
        if not is_made_from(session, STAGE, inputs):
            give_strikes(session, policy)
            as_of = stream_time(session) or datetime.now(UTC)
            rank_offenders(session, policy, as_of)
            keep_resemblances(session, policy, as_of)
            _keep_alternates(session)
            keep_rings(session, policy, as_of)
            mark_made_from(session, STAGE, inputs)
        counted = {"strikes": Strike, "offenders": Offender, "alternates": Alternate, "rings": Ring}
        return {name: session.scalar(select(func.count()).select_from(table)) for name, table in counted.items()}


def _keep_alternates(session: Session) -> None:
    """Who repeats what an offender wrote, and who writes as one does; of a pair that does both, one suggestion."""
    repeats = [_row(one) for one in find_lookalikes(_postings(session), _struck_since(session))]
    resembles = [row._asdict() for row in session.execute(_columns(Resemblance))]
    found: dict[tuple[int, int], Row] = {}
    for row in (*repeats, *resembles):
        pair = row["offender_id"], row["account_id"]
        found[pair] = _both(found[pair], row) if pair in found else row
    before = {(row.offender_id, row.account_id): row._asdict() for row in session.execute(_columns(Alternate))}
    if before != found:
        session.execute(delete(Alternate))
        add(session, Alternate, list(found.values()))


def _columns(table: type[Alternate] | type[Resemblance]) -> Select[int, int, float, list[Any]]:
    return select(table.offender_id, table.account_id, table.score, table.reasons)


def _both(one: Row, other: Row) -> Row:
    """Either likeness speaks for itself."""
    score = 1 - (1 - one["score"]) * (1 - other["score"])
    return {**one, "score": round(score, 4), "reasons": [*one["reasons"], *other["reasons"]]}


def _postings(session: Session) -> list[Posting]:
    """Each account's part in each campaign and flood that an offender has a part in."""
    query = (
        select(
            Comment.account_id, GroupText.group_id, func.min(Comment.published_at).label("first"),
            func.max(GroupText.similarity).label("similarity"),
        )
        .join(GroupText, GroupText.text_id == Comment.text_id)
        .join(Group, Group.id == GroupText.group_id)
        .where(Group.campaign_id.is_not(None), Comment.is_brand.is_(False), Group.id.in_(_groups_of_offenders()))
        .group_by(Comment.account_id, GroupText.group_id)
    )  # fmt: skip
    return [
        Posting(row.account_id, row.group_id, row.first.timestamp(), row.similarity) for row in session.execute(query)
    ]


def _groups_of_offenders() -> Select[str]:
    return (
        select(GroupText.group_id)
        .join(Comment, Comment.text_id == GroupText.text_id)
        .where(Comment.account_id.in_(select(Offender.account_id)))
    )


def _struck_since(session: Session) -> dict[int, float]:
    """When each offender got its first strike, seconds since 1970."""
    query = (
        select(Strike.account_id, func.min(Strike.given_at).label("since"))
        .join(Offender, Offender.account_id == Strike.account_id)
        .group_by(Strike.account_id)
    )
    return {row.account_id: row.since.timestamp() for row in session.execute(query)}


def _row(one: Lookalike) -> Row:
    return {
        "offender_id": one.offender,
        "account_id": one.account,
        "score": round(one.score, 4),
        "reasons": [reason.as_dict() for reason in one.reasons],
    }
