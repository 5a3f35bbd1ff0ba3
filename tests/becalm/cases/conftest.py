"""A small real store, filled row by row as the stages before the cases would fill it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, text, update

from becalm.cases import Opened, check_conservation, give_strikes, open_cases, rank_offenders, stream_time
from becalm.cases.measures import Kind, take_measure
from becalm.cases.next import claim_next
from becalm.cases.standing import Standing, standing
from becalm.decisions import Decided, decisions_of
from becalm.policy import SHIPPED, Policy, load_policy
from becalm.store import (
    Account,
    Alternate,
    Base,
    Batch,
    Campaign,
    Case,
    CaseComment,
    Clearance,
    Comment,
    Group,
    GroupText,
    NeighbourPair,
    RawRow,
    Signals,
    Store,
    Text,
    Thread,
    stable_id,
)  # fmt: skip
from becalm.store.upsert import add, add_missing, put

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
SCORES = ("spam", "abuse", "off_topic", "complaint", "praise", "sentiment")


class Stream:
    """Comments of one platform, and what the other stages found out about them."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = START + timedelta(days=30)
        self._lines = count(1)
        with store.writing() as session:
            add(session, Batch, [
                {"id": 1, "run_id": "r", "source": "x", "first_line": 1, "rows": 0, "collected_at": START}
            ])  # fmt: skip

    def say(
        self, text: str, by: str = "ann", under: str = "t1", at: float = 0, name: str | None = None,
        is_brand: bool = False, rating: float | None = None, scored: bool = True, **signals: Any,
    ) -> int:  # fmt: skip
        """One comment, `at` hours after the start; returns its id."""
        line = next(self._lines)
        name = name or f"c{line}"
        row = self._row(text, by, under, name, line)
        with self.store.writing() as session:
            add_missing(session, Account, [
                {"id": row["account_id"], "platform": "youtube", "author_id": by, "name": None, "is_brand": is_brand}
            ])  # fmt: skip
            add_missing(session, Thread, [
                {"id": row["thread_id"], "platform": "youtube", "thread_id": under, "channel": "main", "title": "",
                 "text": "", "published_at": START}
            ])  # fmt: skip
            add_missing(session, Text, [{"id": row["text_id"], "normalised": text, "script": "Latin"}])
            add(session, RawRow, [{"id": line, "batch_id": 1, "line": line, "payload": "{}"}])
            published = {"published_at": START + timedelta(hours=at), "is_brand": is_brand, "rating": rating}
            add(session, Comment, [row | published])
        if scored:
            self.score(row["id"], **signals)
        return row["id"]

    def _row(self, text: str, by: str, under: str, name: str, line: int) -> dict[str, Any]:
        return {
            "id": stable_id("youtube", name), "platform": "youtube", "comment_id": name, "channel": "main",
            "thread_id": stable_id("youtube", under), "account_id": stable_id("youtube", by),
            "text_id": stable_id(text), "raw_row_id": line, "text": text, "parent_id": None, "language": None,
            "likes": None, "raw": {},
        }  # fmt: skip

    def score(self, comment_id: int, **signals: Any) -> None:
        scores = dict.fromkeys(SCORES, 0.0) | {"keywords": [], "private_data": []} | signals
        reasons = [
            {"signal": each, "score": scores[each], "text": f"found {each}"} for each in SCORES if scores[each] > 0
        ]
        with self.store.writing() as session:
            text_id = session.scalars(select(Comment.text_id).where(Comment.id == comment_id)).one()
            row = {"comment_id": comment_id, "scored_text_id": text_id, "scorer": "test", "reasons": reasons}
            put(session, Signals, [row | scores])

    def edit(self, comment_id: int, text: str) -> None:
        with self.store.writing() as session:
            add_missing(session, Text, [{"id": stable_id(text), "normalised": text, "script": "Latin"}])
            change = update(Comment).where(Comment.id == comment_id)
            session.execute(change.values(text=text, text_id=stable_id(text)))

    def regroup(self, **groups: tuple[str, list[str]]) -> None:
        """Replace all groups: name=(verdict, texts); a campaign or flood keeps its name as its id."""
        with self.store.writing() as session:
            session.execute(delete(GroupText))
            session.execute(delete(Group))
            session.execute(update(Campaign).values(is_current=False))
            for name, (verdict, texts) in groups.items():
                self._group(session, name, verdict, texts)

    def _group(self, session: Any, name: str, verdict: str, texts: list[str]) -> None:
        judged = {"verdict": verdict, "score": 0.9, "reasons": [{"signal": "wording", "score": 0.9, "text": "alike"}]}
        if verdict != "echo":
            seen = {"first_seen": START, "last_seen": START, "markers": [], "channels": ["main"], "is_current": True}
            counts = {"comments": 0, "accounts": 0, "threads": 0, "medoid_text": texts[0]}
            put(session, Campaign, [{"id": name} | judged | seen | counts])
        campaign_id = None if verdict == "echo" else name
        add(
            session, Group, [{"id": f"g-{name}", "medoid_id": stable_id(texts[0]), "campaign_id": campaign_id} | judged]
        )
        members = [
            {
                "text_id": stable_id(text),
                "group_id": f"g-{name}",
                "similarity": 1 - place / 100,
                "channel": "characters",
            }
            for place, text in enumerate(texts)
        ]
        add(session, GroupText, members)

    def neighbours(self, one: str, other: str, characters: float = 0.9, channel: str = "characters") -> None:
        first, second = sorted((stable_id(one), stable_id(other)))
        pair = {"first_id": first, "second_id": second, "characters": characters, "meaning": 0.8, "channel": channel}
        with self.store.writing() as session:
            add(session, NeighbourPair, [pair])

    def alternate(self, account: str, of: str, score: float) -> None:
        row = {"offender_id": stable_id("youtube", of), "account_id": stable_id("youtube", account), "score": score}
        with self.store.writing() as session:
            add(session, Alternate, [row | {"reasons": [{"signal": "texts", "score": score, "text": "same texts"}]}])

    def decide(self, case_id: str) -> None:
        with self.store.writing() as session:
            session.execute(update(Case).where(Case.id == case_id).values(state="decided"))

    def cases(self, **wanted: Any) -> list[Case]:
        """The cases with these columns, the most urgent first."""
        with self.store.reading() as session:
            return list(session.scalars(select(Case).filter_by(**wanted).order_by(Case.priority.desc(), Case.id)))

    def case(self, **wanted: Any) -> Case:
        (only,) = self.cases(**wanted)
        return only

    def comments_of(self, case: Case) -> set[int]:
        with self.store.reading() as session:
            return set(session.scalars(select(CaseComment.comment_id).where(CaseComment.case_id == case.id)))

    def clearances(self) -> dict[int, str]:
        with self.store.reading() as session:
            return dict(session.execute(select(Clearance.comment_id, Clearance.reason)).all())

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table, to see that nothing changed."""
        with self.store.reading() as session:
            return {
                name: sorted(map(repr, session.execute(text(f"SELECT * FROM {name}")))) for name in Base.metadata.tables
            }


def empty(store: Store) -> None:
    """Take all rows out, for tests that need many fresh stores."""
    with store.writing() as session:
        for table in reversed(Base.metadata.sorted_tables):
            session.execute(delete(table))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path / 'becalm.db'}") as opened:
        yield opened


@pytest.fixture
def stream(store: Store) -> Stream:
    return Stream(store)


@pytest.fixture(scope="session")
def policy() -> Policy:
    return load_policy()


@pytest.fixture(scope="session")
def fresh_stream(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Stream]]:
    """Makes an empty stream each time it is called, in one and the same store."""
    with Store.open(f"sqlite:///{tmp_path_factory.mktemp('fresh') / 'becalm.db'}") as opened:

        def fresh() -> Stream:
            empty(opened)
            return Stream(opened)

        yield fresh


@pytest.fixture
def run(policy: Policy) -> Callable[..., Opened]:
    """Strikes, offenders and cases, as a run does them; `later` is in hours."""

    def run(stream: Stream, later: float = 0, under: Policy = policy) -> Opened:
        with stream.store.writing() as session:
            give_strikes(session, under)
            rank_offenders(session, under, stream_time(session))
            opened = open_cases(session, under, stream.now + timedelta(hours=later))
            check_conservation(session)
            return opened

    return run


@pytest.fixture(scope="session")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Policy]:
    """The shipped policy with words replaced: changed({old: new}, version="3")."""

    def changed(words: dict[str, str], version: str = "3") -> Policy:
        text = SHIPPED.read_text()
        for old, new in {'version: "2"': f'version: "{version}"', **words}.items():
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path = tmp_path_factory.mktemp("policy") / "policy.yaml"
        path.write_text(text)
        return load_policy(path)

    return changed


@pytest.fixture(scope="session")
def strict(changed: Callable[..., Policy]) -> Policy:
    """Abuse takes two people and offenders a lead; machines remove at most two single spams a day."""
    alone = "machine_may_act: true\n    machine_daily_limit: 2"
    return changed(
        {
            "    strike: {weight: 1.0, days: 120}": "    strike: {weight: 1.0, days: 120}\n    second_person: true",
            "    severity: 0.45\n": f"    severity: 0.45\n    {alone}\n",
            "    severity: 0.2\n": "    severity: 0.2\n    decided_by: [lead]\n",
        },
        version="strict",
    )


class Desk:
    """People at work on the cases of a stream; `now` moves only when it is told to."""

    def __init__(self, stream: Stream, policy: Policy) -> None:
        self.stream, self.policy, self.store, self.now = stream, policy, stream.store, stream.now
        self.ids: dict[str, str] = {}

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    def do(self, verb: Callable[..., Any], case_id: str, by: str, **said: Any) -> Any:
        """The verb in a transaction of its own."""
        with self.store.writing() as session:
            return verb(session, self.policy, case_id, by=by, now=self.now, **said)

    def warn(self, account: str, kind: Kind = Kind.WARN, by: str = "lead-1") -> None:
        with self.store.writing() as session:
            take_measure(session, f"youtube:{account}", kind, self.now, by)

    def open(self) -> Opened:
        with self.store.writing() as session:
            opened = open_cases(session, self.policy, self.now)
            check_conservation(session)
            return opened

    def next(self, by: str, queues: list[str] | None = None) -> str | None:
        with self.store.writing() as session:
            case = claim_next(session, self.policy, by, self.now, queues)
            return case.id if case else None

    def case(self, case_id: str) -> Standing:
        with self.store.reading() as session:
            return standing(session, case_id)

    def log(self, *case_ids: str) -> list[Decided]:
        with self.store.reading() as session:
            return decisions_of(session, *case_ids)


@pytest.fixture
def desk(stream: Stream, strict: Policy) -> Desk:
    """`rude` takes two people, `spam` a machine could decide, `angry` is a customer, and only a lead takes `lost`."""
    desk = Desk(stream, strict)
    stream.say("you fools", by="rudi", name="rude", abuse=0.9)
    stream.say("cheap watches", by="spammer", name="spam", spam=0.9)
    stream.say("it broke", by="ann", name="angry", complaint=0.9)
    stream.say("my cat", by="lost", name="lost", off_topic=0.9)
    desk.open()
    desk.ids = {case.subject.removeprefix("youtube/"): case.id for case in stream.cases()}
    return desk
