"""A small world in which everything that becalm keeps is kept of somebody."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from becalm.appeals.intake import appeal
from becalm.cases.deciding import Ruling, decide
from becalm.decisions import decisions_of
from becalm.policy import Policy, load_policy, record_policy
from becalm.reports.intake import report
from becalm.settings import Settings
from becalm.store import (
    Alert,
    AlertDelivery,
    Alternate,
    Base,
    Batch,
    Campaign,
    CampaignEvent,
    CampaignText,
    Case,
    CaseComment,
    CaseEvent,
    Clearance,
    Comment,
    Consent,
    Group,
    GroupText,
    Measure,
    Model,
    NeighbourPair,
    Offender,
    PairRuling,
    PolicyFeedback,
    Resemblance,
    Ring,
    RingAnswer,
    Run,
    Signals,
    Store,
    Strike,
    TextRuling,
    Thread,
    Vector,
    stable_id,
)  # fmt: skip
from becalm.store.keep import CheckedRow, keep_comments, keep_raw, raw_row_id
from becalm.store.quarantine import hold
from becalm.store.upsert import add, add_missing, put

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
WHERE = {"platform": "tube", "channel": "tea"}
SCORES = dict.fromkeys(("spam", "abuse", "off_topic", "complaint", "praise", "sentiment"), 0.25)


def text_ids(session: Session, raw: Sequence[str]) -> list[int]:
    """As becalm's own, by a simpler normalising."""
    return [stable_id(one.lower()) for one in raw]


def id_of(name: str) -> int:
    return stable_id("tube", name)


class World:
    """Rows by the ways that becalm itself goes, as far as the core knows them."""

    def __init__(self, store: Store, settings: Settings, policy: Policy) -> None:
        self.store, self.settings, self.policy = store, settings, policy
        with store.writing() as session:
            record_policy(session, policy, NOW)
            add(session, Model, [{"id": 1, "fingerprint": "f", "name": "m", "dimension": 2, "first_used_at": NOW}])
            self.batch(session, 1, NOW)

    def batch(self, session: Session, id: int, at: datetime) -> None:
        row = {"id": id, "run_id": "r", "source": "a.jsonl", "first_line": 1, "rows": 1, "collected_at": at}
        add_missing(session, Batch, [row])

    def say(
        self, comment: str, text: str, *, by: str, at: datetime = NOW, to: str | None = None, brand: bool = False,
        batch: int = 1,
    ) -> None:  # fmt: skip
        """Somebody writes (or edits) a comment."""
        said = {"text": text, "published_at": at.isoformat(), "parent_id": to, "is_brand": brand}
        fields = {"comment_id": comment, "thread_id": "t1", "author_id": by, "author_name": f"Name of {by}"}
        fields |= said | WHERE
        with self.store.writing() as session:
            self.batch(session, batch, at)
            row_id = raw_row_id(fields)
            keep_raw(session, batch, [(row_id, 1, fields)])
            keep_comments(session, [CheckedRow.of(row_id, fields, at, text.lower(), "Latin")], at)
            text_id = stable_id(text.lower())
            add_missing(session, Vector, [{"model_id": 1, "text_id": text_id, "data": text.encode()[:4]}])
            parent = session.scalar(select(Comment.text_id).where(Comment.comment_id == to)) if to else None
            put(session, Signals, [
                {"comment_id": id_of(comment), "scored_text_id": text_id, "scorer": "1", **SCORES, "keywords": ["x"],
                 "private_data": [], "reasons": [{"signal": "spam", "score": 1, "text": f"says {text}"}],
                 "parent_text_id": parent}
            ])  # fmt: skip
            add_missing(session, Clearance, [{"comment_id": id_of(comment), "reason": "no rule met"}])

    def hold_back(self, comment: str, by: str) -> None:
        """A row of somebody is held back."""
        fields = {"comment_id": comment, "author_id": by, "text": f"bad row {comment}", "published_at": "soon", **WHERE}
        with self.store.writing() as session:
            keep_raw(session, 1, [(raw_row_id(fields), 2, fields)])
            hold(session, {raw_row_id(fields): [{"expectation": "a time", "found": "none"}]}, NOW)

    def case(
        self, id: str, subject: str, comments: Sequence[str], kind: str = "comment", state: str = "open",
        about: str = "a word",
    ) -> None:  # fmt: skip
        row = {
            "id": id, "queue": "moderation", "kind": kind, "subject": subject, "rule": "abuse", "priority": 0.5,
            "policy_version": self.policy.version, "reasons": [{"signal": "abuse", "score": 1, "text": about}],
            "opened_at": NOW, "due_at": NOW, "suggested_action": "hide", "suggested_template": "",
            "evidence": [
                {"platform": "tube", "comment_id": one, "similarity": 1, "channel": "characters", "text_excerpt": about}
                for one in comments
            ],
            "state": state,
        }  # fmt: skip
        with self.store.writing() as session:
            add(session, Case, [row])
            add(session, CaseComment, [{"case_id": id, "comment_id": id_of(one)} for one in comments])

    def decide(self, case: str, note: str = "", at: datetime = NOW) -> None:
        with self.store.writing() as session:
            decide(session, self.policy, case, Ruling("hide", note=note), "moderator-1", at)

    def gather(self, *texts: str, campaign: str = "c1") -> None:
        """A campaign of one group around the first of the texts."""
        ids = [stable_id(one.lower()) for one in texts]
        pair = {"similarity": 1.0, "channel": "characters"}
        with self.store.writing() as session:
            add(session, Campaign, [
                {"id": campaign, "verdict": "campaign", "score": 1, "reasons": [], "medoid_text": texts[0].lower(),
                 "comments": 9, "accounts": 9, "threads": 1, "channels": ["tea"], "first_seen": NOW, "last_seen": NOW,
                 "markers": [{"kind": "word", "value": word, "texts": 1} for word in texts[0].lower().split()],
                 "is_current": True}
            ])  # fmt: skip
            add(session, CampaignEvent, [{"campaign_id": campaign, "kind": "began", "comments": 9, "at": NOW}])
            add(session, Group, [
                {"id": f"g{campaign}", "verdict": "campaign", "score": 1, "reasons": [], "medoid_id": ids[0],
                 "campaign_id": campaign, "comments": 9, "first_seen": NOW, "last_seen": NOW}
            ])  # fmt: skip
            add(session, GroupText, [{"text_id": one, "group_id": f"g{campaign}", **pair} for one in ids])
            add(session, CampaignText, [{"text_id": one, "campaign_id": campaign} for one in ids])
            add_missing(session, NeighbourPair, [
                {"first_id": min(ids[0], one), "second_id": max(ids[0], one), "characters": 1.0, "meaning": None,
                 "channel": "characters"} for one in ids[1:]
            ])  # fmt: skip

    def mark(self, account: str, other: str, text: str) -> None:
        """Everything that is kept of accounts and texts besides."""
        one, two = id_of(account), id_of(other)
        reasons = [{"signal": "return", "score": 1, "text": f"like tube:{account}"}]
        with self.store.writing() as session:
            at = {"given_at": NOW, "expires_at": NOW + timedelta(days=9)}
            add(session, Strike, [{"account_id": one, "rule": "abuse", "cause": "c1", "weight": 1.0, **at}])
            add(session, Offender, [{"account_id": one, "strikes": 1.0, "score": 1.0, "factors": reasons}])
            for table in (Alternate, Resemblance):
                add(session, table, [{"offender_id": one, "account_id": two, "score": 1.0, "reasons": reasons}])
            add(session, Consent, [{"account_id": one, "state": "asked", "changed_at": NOW}])
            ring = {"id": "r1", "score": 1.0, "reasons": [], "first_seen": NOW, "last_seen": NOW}
            add(session, Ring, [ring | {"ties": [{"accounts": [f"tube:{account}", f"tube:{other}"]}]}])
            add(session, RingAnswer, [
                {"account_id": each, "answer": "ring", "ring_id": "r1", "reasons": []} for each in (one, two)
            ])  # fmt: skip
            row = {"kind": "mute", "taken_at": NOW, "taken_by": "lead-1", "note": f"for tube:{account}"}
            empty = {"ends_at": None, "lifted_at": None, "decision_id": None}
            add(session, Measure, [{"account_id": each, **row, **empty} for each in (one, two)])
            text_id = stable_id(text.lower())
            said = {"said_by": "lead-1", "said_at": NOW}
            add(session, TextRuling, [{"text_id": text_id, "is_bad": True, "note": "", **said}])
            about = {"rule": "abuse", "policy_version": "2", "text": f"Is {text!r} by tube:{account} abuse?"}
            add(session, PolicyFeedback, [{"id": stable_id(account, other), **about, **said}])

    def alert(self, comment: str) -> None:
        key = {"comment_id": id_of(comment), "alert_list": "threats"}
        with self.store.writing() as session:
            add(session, Alert, [key | {"is_waiting": False, "noted_at": NOW}])
            add(session, AlertDelivery, [key | {"address": "digest", "state": "sent"}])

    def report(self, comment: str, *, by: str, text: str) -> None:
        with self.store.writing() as session:
            said = {"platform": "tube", "comment_id": comment, "reporter": by, "reason": "abuse", "text": text}
            report(session, self.policy, NOW, **said, reported_at=NOW)

    def contest(self, case: str, by: str, text: str) -> str:
        """The author contests what is in force on a case; the id of the case about that."""
        with self.store.writing() as session:
            decision = decisions_of(session, case)[-1].id
            said = {"platform": "tube", "author_id": by, "decision": decision, "text": text}
            return appeal(session, self.policy, NOW, **said, received_at=NOW).case_id

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        with self.store.reading() as session:
            return {
                name: sorted(map(tuple, session.execute(select(table)).all()), key=repr)
                for name, table in Base.metadata.tables.items()
            }

    def told(self) -> str:
        """Every value of every column of every row."""
        return repr(self.tables())


@pytest.fixture
def policy() -> Policy:
    return load_policy()


@pytest.fixture
def settings(tmp_path: Any) -> Settings:
    return Settings(home=tmp_path / "home")


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with Store.open(settings.store_url) as opened:
        yield opened


@pytest.fixture
def world(store: Store, settings: Settings, policy: Policy) -> World:
    return World(store, settings, policy)


@pytest.fixture
def peopled(world: World) -> World:
    """Eve wrote, edited, was answered, decided on, ranked and talked about; Ann has something of everything too."""
    world.say("eve-1", "Everything here is EVES-OWN rubbish", by="eve-id-7")
    world.say("eve-2", "Cheap pills from EVES-SHOP dot com", by="eve-id-7")
    world.say("eve-2", "Cheaper pills from EVES-SECOND-SHOP", by="eve-id-7")
    world.say("eve-3", "said by several people alike", by="eve-id-7")
    world.say("ann-1", "said by several people alike", by="ann-id-8")
    world.say("ann-2", "Cheaper pills from somewhere", by="ann-id-8", to="eve-2")
    world.say("brand-1", "Hello there, how can we help", by="the-brand", to="eve-1", brand=True)
    world.hold_back("eve-bad", "eve-id-7")
    world.hold_back("ann-bad", "ann-id-8")
    world.gather("Cheaper pills from EVES-SECOND-SHOP", "Cheaper pills from somewhere")
    world.mark("eve-id-7", "ann-id-8", "Everything here is EVES-OWN rubbish")
    world.alert("eve-1")
    world.alert("ann-1")
    world.case("k1", "tube/eve-1", ["eve-1"], about="says EVES-OWN rubbish")
    world.decide("k1", "Name of eve-id-7 again")
    world.case("k2", "tube:eve-id-7", ["eve-2"], kind="account")
    world.case("k3", "c1", ["eve-2", "ann-2"], kind="group")
    world.decide("k3", "usual pills")
    world.case("k4", "tube/ann-1", ["ann-1"], about="like what tube:eve-id-7 says")
    world.decide("k4", "not as bad as eve-2 was")
    world.contest("k1", "eve-id-7", "EVES-OWN view of it")
    world.report("ann-1", by="eve-id-7", text="worse than what EVES-OWN words were")
    world.report("eve-1", by="ann-id-8", text="it is eve-id-7 again")
    with world.store.writing() as session:
        session.execute(Thread.__table__.update().values(
            company=[stable_id(one.lower()) for one in ("Everything here is EVES-OWN rubbish", "cheap")]
        ))  # fmt: skip
        add(session, CaseEvent, [
            {"case_id": "k4", "version": 9, "kind": "note", "by": "lead-1", "at": NOW,
             "detail": {"note": "compare eve-id-7"}}
        ])  # fmt: skip
        add(session, Run, [{"id": "old", "job": "run", "started_at": NOW, "state": "done", "figures": {}}])
        two = sorted(stable_id(one) for one in ("cheaper pills from eves-second-shop", "cheaper pills from somewhere"))
        said = {"is_same": False, "said_by": "lead-1", "said_at": NOW}
        add(session, PairRuling, [{"first_id": two[0], "second_id": two[1], **said}])
    return world
