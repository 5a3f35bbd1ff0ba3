from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest
from sqlalchemy import update

from becalm.cli import EXPORTED
from becalm.exports import EXPORTS, counts, queues_as_stored
from becalm.store import (
    Alternate,
    Campaign,
    Case,
    CaseComment,
    Comment,
    Group,
    GroupText,
    Offender,
    PolicyVersion,
    Store,
)
from becalm.store.upsert import add

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
REASONS = [{"signal": "wording", "score": 0.9, "text": "alike"}]


def campaign(name: str, comments: int, is_current: bool = True) -> dict[str, object]:
    return {
        "id": name, "verdict": "campaign", "score": 0.98765, "reasons": REASONS, "medoid_text": "t0",
        "comments": comments, "accounts": 2, "threads": 1, "channels": ["lantern-tea"], "first_seen": NOW,
        "last_seen": NOW + timedelta(hours=1), "markers": [], "is_current": is_current,
    }  # fmt: skip


def case(name: str, queue: str, priority: float, state: str = "open") -> dict[str, object]:
    return {
        "id": name, "queue": queue, "kind": "comment", "subject": f"clipshare/{name}", "rule": "spam",
        "policy_version": "1", "priority": priority, "reasons": REASONS, "opened_at": NOW,
        "due_at": NOW + timedelta(hours=4), "suggested_action": "hide", "suggested_template": "spam", "evidence": [],
        "state": state,
    }  # fmt: skip


@pytest.fixture
def store(tmp_path: Path, add_comments) -> Iterator[Store]:
    """Eight comments of four texts: two texts in a campaign, one in an echo, one in no group."""
    with Store.open(f"sqlite:///{tmp_path / 'becalm.db'}") as opened:
        with opened.writing() as session:
            add_comments(session, 8)
            add(session, Campaign, [campaign("big", 9), campaign("small", 4), campaign("gone", 99, is_current=False)])
            score = {"score": 0.5, "reasons": REASONS}
            add(session, Group, [
                {"id": "g1", "verdict": "campaign", "medoid_id": 0, "campaign_id": "small", "lent_spam": 0.5, **score},
                {"id": "g2", "verdict": "echo", "medoid_id": 2, "campaign_id": None, "lent_spam": 0.0, **score},
            ])  # fmt: skip
            tie = {"channel": "characters", "similarity": 0.77777}
            add(
                session, GroupText, [{"text_id": one, "group_id": "g1" if one < 2 else "g2", **tie} for one in range(3)]
            )
            add(session, Offender, [{"account_id": 1, "strikes": 2.0, "score": 0.55556, "factors": REASONS}])
            add(session, Alternate, [{"offender_id": 1, "account_id": 2, "score": 0.66666, "reasons": REASONS}])
            add(session, PolicyVersion, [{"version": "1", "digest": "d", "document": "", "first_used_at": NOW}])
            cases = [case("k1", "spam", 0.4), case("k2", "spam", 0.91234), case("k3", "care", 0.1)]
            add(session, Case, [*cases, case("k4", "care", 0.9, state="decided")])
            add(session, CaseComment, [{"case_id": "k2", "comment_id": one} for one in (3, 1)])
        yield opened


def exported(store: Store, what: str) -> list[dict[str, object]]:
    with store.reading() as session:
        return list(EXPORTS[what](session))


def test_the_command_line_offers_what_there_is():
    assert tuple(EXPORTS) == EXPORTED


def test_every_comment_of_a_group_is_assigned(store):
    rows = exported(store, "assignments")
    assert [(row["comment_id"], row["group_id"], row["verdict"], row["campaign_id"]) for row in rows] == [
        ("c0", "g1", "campaign", "small"), ("c1", "g1", "campaign", "small"), ("c2", "g1", "campaign", "small"),
        ("c3", "g1", "campaign", "small"), ("c4", "g2", "echo", None), ("c5", "g2", "echo", None),
    ]  # fmt: skip
    assert set(rows[0]) == {
        "comment_id", "platform", "group_id", "verdict", "campaign_id", "similarity", "channel",
    }  # fmt: skip
    assert rows[0]["similarity"] == 0.7778


def test_the_brands_own_comments_are_never_assigned(store):
    with store.writing() as session:
        session.execute(update(Comment).where(Comment.id.in_((0, 4))).values(is_brand=True))
    assert [row["comment_id"] for row in exported(store, "assignments")] == ["c1", "c2", "c3", "c5"]


def test_campaigns_that_stand_are_listed_largest_first(store):
    rows = exported(store, "campaigns")
    assert [row["campaign_id"] for row in rows] == ["big", "small"]
    assert rows[0] == {
        "campaign_id": "big", "verdict": "campaign", "score": 0.9877, "reasons": REASONS, "medoid_text": "t0",
        "comments": 9, "accounts": 2, "threads": 1, "channels": ["lantern-tea"], "markers": [],
        "first_seen": "2026-03-01T12:00:00+00:00", "last_seen": "2026-03-01T13:00:00+00:00",
    }  # fmt: skip


def test_every_scored_comment_has_its_signals_in_the_order_of_time(store):
    rows = exported(store, "signals")
    assert [row["comment_id"] for row in rows] == [f"c{number}" for number in range(8)]
    assert rows[0] == {
        "comment_id": "c0", "platform": "clipshare", "spam": 0.5617, "abuse": 0.1235, "off_topic": 0.1235,
        "complaint": 0.1235, "praise": 0.1235, "sentiment": 0.1235, "keywords": ["refund"], "private_data": [],
    }  # fmt: skip


def test_spam_is_joined_with_the_verdict_on_the_group_but_for_the_brands_own_comments(store):
    with store.writing() as session:
        session.execute(update(Comment).where(Comment.id == 1).values(is_brand=True))
    assert [row["spam"] for row in exported(store, "signals")] == [0.5617, 0.1235, 0.5617, 0.5617, *[0.1235] * 4]


def test_accounts_with_strikes_are_listed_with_their_alternates(store):
    assert exported(store, "accounts") == [
        {
            "account_id": "clipshare:ann",
            "strikes": 2.0,
            "score": 0.5556,
            "factors": REASONS,
            "alternates": [{"account_id": "clipshare:bob", "score": 0.6667, "reasons": REASONS}],
        }
    ]


def test_open_cases_are_listed_by_queue_and_urgency_with_their_comments(store):
    rows = exported(store, "queues")
    assert [(row["queue"], row["case_id"]) for row in rows] == [("care", "k3"), ("spam", "k2"), ("spam", "k1")]
    assert [row["subject_ids"] for row in rows] == [["clipshare/k3"], ["c1", "c3"], ["clipshare/k1"]]
    assert rows[1]["priority"] == 0.9123
    assert rows[1]["due_at"] == "2026-03-01T16:00:00+00:00"
    assert {"rule", "policy_version", "reasons", "suggested_action", "suggested_template", "evidence"} <= set(rows[1])


def test_the_json_of_a_case_is_the_same_unread(store):
    with store.reading() as session:
        unread = list(queues_as_stored(session))
    read = [case | {name: orjson.loads(case[name]) for name in ("reasons", "evidence")} for case in unread]
    assert read == exported(store, "queues")
    assert unread[0]["reasons"] == orjson.dumps(REASONS).decode()


def test_counts_are_of_what_stands(store):
    with store.reading() as session:
        assert counts(session) == {"groups": {"campaign": 1, "echo": 1}, "cases": {"care": 1, "spam": 2}}
