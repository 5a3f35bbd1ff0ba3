"""A store that tests fill by hand, and one that a seeded story fills."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from becalm import store as tables
from becalm.review import Period, PolicyNames
from becalm.store.upsert import add_missing

MONDAY = datetime(2026, 11, 9, tzinfo=UTC)
DAY = timedelta(days=1)


class Story:
    """Rows put together in memory and written by `save`; ids are made as becalm makes them."""

    def __init__(self, store: tables.Store) -> None:
        self.store = store
        self.rows: dict[type, dict[Any, dict[str, Any]]] = {}
        self.put(tables.PolicyVersion, "p1", version="p1", digest="d", document="", first_used_at=MONDAY)
        self.batch(1)

    def put(self, model: type, key: Any, **row: Any) -> dict[str, Any]:
        return self.rows.setdefault(model, {}).setdefault(key, row)

    def batch(self, id: int, *, rows: int = 0, at: datetime = MONDAY, run: str = "r1", source: str = "a.jsonl") -> None:
        self.put(tables.Batch, id, id=id, run_id=run, source=source, first_line=1, rows=rows, collected_at=at)

    def comment(
        self, id: str, at: datetime, text: str = "hello", *, account: str = "ann", thread: str = "t1",
        channel: str = "page", platform: str = "tube", batch: int = 1, sentiment: float | None = None,
    ) -> int:  # fmt: skip
        row_id, account_id = tables.stable_id(platform, id), tables.stable_id(platform, account)
        thread_id, text_id = tables.stable_id(platform, thread), tables.stable_id(text)
        self.put(tables.RawRow, row_id, id=row_id, batch_id=batch, line=1, payload="{}")
        author = {"platform": platform, "author_id": account, "name": account, "is_brand": False}
        self.put(tables.Account, account_id, id=account_id, **author)
        self.put(
            tables.Thread, thread_id, id=thread_id, platform=platform, thread_id=thread, channel=channel,
            title=f"About {thread}", text="", published_at=None,
        )  # fmt: skip
        self.put(tables.Text, text_id, id=text_id, normalised=text, script="latin")
        self.put(
            tables.Comment, row_id, id=row_id, platform=platform, comment_id=id, channel=channel, thread_id=thread_id,
            account_id=account_id, text_id=text_id, raw_row_id=row_id, text=text, published_at=at, parent_id=None,
            language=None, likes=None, rating=None, is_brand=False, raw={},
        )  # fmt: skip
        if sentiment is not None:
            self.signals(row_id, text_id, sentiment)
        return row_id

    def signals(self, comment: int, text_id: int, sentiment: float) -> None:
        scores = dict.fromkeys(("spam", "abuse", "off_topic", "complaint", "praise"), 0.0)
        self.put(
            tables.Signals, comment, comment_id=comment, scored_text_id=text_id, scorer="1", sentiment=sentiment,
            keywords=[], private_data=[], reasons=[], **scores,
        )  # fmt: skip

    def group(
        self, id: str, texts: list[str], verdict: str, first_seen: datetime, last_seen: datetime, **more: Any
    ) -> None:
        """A group; unless it is an echo, with a campaign of the same id."""
        campaign = None if verdict == "echo" else id
        row = {
            "id": id, "verdict": verdict, "score": 0.9,
            "reasons": [{"signal": "s", "score": 1.0, "text": "many accounts"}],
            "medoid_text": texts[0], "comments": 0, "accounts": 0, "threads": 0, "channels": [], "markers": [],
            "first_seen": first_seen, "last_seen": last_seen, "is_current": True, **more,
        }  # fmt: skip
        if campaign:
            self.put(tables.Campaign, id, **row)
        medoid = tables.stable_id(texts[0])
        self.put(
            tables.Group, id, id=id, verdict=verdict, score=0.9, reasons=[], medoid_id=medoid, campaign_id=campaign
        )
        for text in texts:
            text_id = tables.stable_id(text)
            self.put(tables.Text, text_id, id=text_id, normalised=text, script="latin")
            self.put(tables.GroupText, text_id, text_id=text_id, group_id=id, similarity=1.0, channel="characters")

    def case(self, id: str, rule: str, queue: str, comments: list[int], **more: Any) -> None:
        row = {
            "id": id, "queue": queue, "kind": "comment", "subject": id, "rule": rule, "policy_version": "p1",
            "priority": 0.5, "reasons": [], "opened_at": MONDAY, "due_at": MONDAY + DAY, "suggested_action": "read",
            "suggested_template": "none", "evidence": [], "state": "open", **more,
        }  # fmt: skip
        self.put(tables.Case, id, **row)
        for comment in comments:
            self.put(tables.CaseComment, (id, comment), case_id=id, comment_id=comment)

    def clear(self, *comments: int) -> None:
        for comment in comments:
            self.put(tables.Clearance, comment, comment_id=comment, reason="nothing found")

    def quarantine(self, row: str, expectations: list[str], *, state: str = "open", batch: int = 1) -> None:
        row_id = tables.stable_id("row", row)
        self.put(tables.RawRow, row_id, id=row_id, batch_id=batch, line=1, payload="{}")
        failed = [{"expectation": name, "found": "x"} for name in expectations]
        self.put(
            tables.Quarantined, row_id, raw_row_id=row_id, expectations=failed, state=state, fixed_payload=None,
            quarantined_at=MONDAY,
        )  # fmt: skip

    def offender(
        self, account: str, score: float, factor: str, platform: str = "tube", alternate: str | None = None
    ) -> None:
        account_id = tables.stable_id(platform, account)
        factors = [{"signal": "number", "score": score, "text": factor}]
        self.put(tables.Offender, account_id, account_id=account_id, strikes=2.5, score=score, factors=factors)
        if alternate:
            other = tables.stable_id(platform, alternate)
            self.put(
                tables.Alternate, (account_id, other), offender_id=account_id, account_id=other, score=0.8, reasons=[]
            )

    def ring(self, id: str, accounts: Sequence[str], reason: str, platform: str = "tube") -> None:
        """Two ties, whoever the members are."""
        names = [f"{platform}:{one}" for one in accounts[:2]]
        tie = {"accounts": names, "messages": 4, "messages_by_chance": 0.25, "threads": 1, "threads_by_chance": 0.125}
        seen = {"first_seen": MONDAY, "last_seen": MONDAY + DAY}
        reasons = [{"signal": "ties", "score": 1.0, "text": reason}]
        self.put(tables.Ring, id, id=id, score=0.9, ties=[tie, tie], reasons=reasons, **seen)
        for account in accounts:
            self.ring_answer(account, "ring", id, platform)

    def ring_answer(self, account: str, answer: str, ring: str | None = None, platform: str = "tube") -> None:
        account_id = tables.stable_id(platform, account)
        row = {"account_id": account_id, "answer": answer, "ring_id": ring, "reasons": []}
        self.put(tables.RingAnswer, account_id, **row)

    def ran(self, id: str, at: datetime, lasted: float | None, state: str = "done", **figures: Any) -> None:
        finished = None if lasted is None else at + timedelta(seconds=lasted)
        self.put(tables.Run, id, id=id, job="run", started_at=at, finished_at=finished, state=state, figures=figures)

    def save(self) -> tables.Store:
        order = tables.Base.metadata.sorted_tables
        with self.store.writing() as session:
            for model in sorted(self.rows, key=lambda model: order.index(model.__table__)):
                add_missing(session, model, list(self.rows[model].values()))
        return self.store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[tables.Store]:
    with tables.Store.open(f"sqlite:///{tmp_path / 'becalm.db'}") as opened:
        yield opened


@pytest.fixture
def story(store: tables.Store) -> Story:
    return Story(store)


@pytest.fixture
def week() -> Period:
    return Period(MONDAY, MONDAY + 7 * DAY)


@pytest.fixture
def names() -> PolicyNames:
    rules = {
        "spam-campaign": "Spam campaign", "flood": "One account repeating itself", "abuse": "Abusive language",
        "complaint": "A customer waits for help", "praise": "A happy customer", "doxxing": "Private data of others",
    }  # fmt: skip
    queues = {"moderation": "Moderation", "care": "Customer care", "advocacy": "Advocacy"}
    return PolicyNames("2026-11-01", rules, queues)


CHANNELS = (
    ("tube", "Brightleaf TV"),
    ("tube", "Brightleaf Kitchen"),
    ("snap", "@brightleaf"),
    ("stars", "Brightleaf reviews"),
)
PITCHES = (
    "I earn {n} a day from home, write to anna{n}@profits.example or call +44 7700 900 {n}",
    "Free <b>gift cards</b> at https://cards{n}.example/win?id={n} hurry up",
    "=HYPERLINK bags for less on bags{n}.example",
    "Follow @deals_{n} for the real coupons, they work",
    "Sub to my channel and I sub back, number {n}",
)


def fill(story: Story, comments: int, seed: int = 12) -> tables.Store:
    """Two weeks on four channels: talk, some campaigns and floods, complaints, praise, bad rows and runs."""
    dice = random.Random(seed)
    story.batch(2, rows=comments + 80, at=MONDAY + 7 * DAY, source="b.jsonl", run="r2")
    written: list[int] = []
    for n in range(comments):
        platform, channel = CHANNELS[min(int(dice.expovariate(0.8)), 3)]
        at = MONDAY - 7 * DAY + 14 * DAY * dice.random() ** 0.85
        written.append(
            story.comment(
                f"c{n}", at, f"something of my own {n}", account=f"person {dice.randrange(comments)}",
                platform=platform, channel=channel, thread=f"{channel} post {min(int(dice.expovariate(0.2)), 30)}",
                batch=2, sentiment=dice.gauss(0.1, 0.3),
            )
        )  # fmt: skip
    campaigns = [_push(story, dice, n, comments // 200) for n in range(14)]
    _open_cases(story, dice, written, campaigns)
    for n in range(60):
        story.quarantine(f"bad {n}", ["published_at is a date" if n % 3 else "text is not empty"], batch=2)
    story.ran(
        "r2", MONDAY + 7 * DAY, 41.7, counts={"rows": comments + 80, "known": 20}, seconds={"check": 2.1, "embed": 31.4}
    )
    story.ran("r3", MONDAY + 7 * DAY + timedelta(hours=1), 3.2, state="failed", counts={"rows": 10, "known": 10})
    return story.save()


def _push(story: Story, dice: random.Random, number: int, most: int) -> list[int]:
    start, length = MONDAY + DAY * (dice.random() * 12 - 6), DAY * dice.uniform(0.5, 6)
    is_flood = number % 4 == 3
    size = int(most * min(dice.paretovariate(1.2), 9)) // (3 if is_flood else 1) + 4
    texts = [f"{PITCHES[number % 5].format(n=100 + number)} {'!' * turn}" for turn in range(4)]
    platform, channel = CHANNELS[number % 2]
    times = sorted(min(start + length * dice.random(), MONDAY + 7 * DAY - DAY / 99) for _ in range(size))
    pushed = [
        story.comment(
            f"s{number}-{n}", at, dice.choice(texts), account=f"spam {number} {0 if is_flood else n % (size // 2 + 1)}",
            thread=f"{channel} post {dice.randrange(9)}", channel=channel, platform=platform, batch=2, sentiment=0.3,
        )
        for n, at in enumerate(times)
    ]  # fmt: skip
    reasons = [
        {"signal": "accounts", "score": 0.9, "text": f"{size // 2} accounts wrote it in {length.days + 1} days"},
        {"signal": "link", "score": 0.8, "text": "most of them carry the same link"},
    ]
    story.group(
        f"g{number}", texts, "flood" if is_flood else "campaign", times[0], times[-1], comments=size, reasons=reasons,
        score=dice.uniform(0.7, 0.99),
    )  # fmt: skip
    other = f"spam {number} 1" if number % 4 == 0 else None
    story.offender(f"spam {number} 0", dice.uniform(0.3, 0.95), f"{size} comments in a campaign", platform, other)
    if number < 3:
        story.ring(f"r{number}", [f"spam {number} {one}" for one in range(3)], "3 of 3 pairs act together", platform)
    return pushed


def _open_cases(story: Story, dice: random.Random, written: list[int], campaigns: list[list[int]]) -> None:
    for n, pushed in enumerate(campaigns):
        rule = "flood" if n % 4 == 3 else "spam-campaign"
        story.case(f"k-g{n}", rule, "moderation", pushed, kind="group", priority=dice.uniform(0.5, 0.95))
    for comment in written:
        luck = dice.random()
        hit = (
            ("abuse", "moderation") if luck < 0.02 else ("complaint", "care") if luck < 0.06 else ("praise", "advocacy")
        )
        if luck >= 0.11:
            story.clear(comment)
            continue
        at = story.rows[tables.Comment][comment]["published_at"]
        state = "withdrawn" if dice.random() < 0.08 else "open"
        due = {"opened_at": at + DAY, "due_at": at + DAY * dice.uniform(2, 14)}
        story.case(f"k{comment}", *hit, [comment], state=state, priority=round(dice.random(), 3), **due)
        if state == "withdrawn":
            story.clear(comment)


@pytest.fixture
def busy_store(story: Story) -> tables.Store:
    return fill(story, 3_000)
