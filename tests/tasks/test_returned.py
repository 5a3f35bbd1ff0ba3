"""Accounts that look like those of banned people: found in the run after, kept, published, and never acted upon."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from becalm.cases.measures import Kind, lift_measures, take_measure
from becalm.store import Alternate, Resemblance, Store
from tasks import returned

Row = dict[str, Any]


def taunt(comment: Callable[..., Row], author: str, name: str, day: int, number: int) -> Row:
    words = ("muppets", "sheep", "clowns", "donkeys", "halfwits")[number]
    return comment(
        f"LOL who buys {number} of these..... {words} ?!? cry about it some more, quillfools",
        author_id=author, author_name=name, thread_id=f"t{number % 2}",
        published_at=f"2026-05-{day:02}T20:0{number}:00Z",
    )  # fmt: skip


@pytest.fixture
def rows(comment: Callable[..., Row]) -> list[Row]:
    """Eve is banned on the tenth and comes back on the twelfth among people who ask about things."""
    things = ("lid", "cord", "manual", "filter", "spout", "switch", "box", "handle")
    people = [
        comment(f"Can you tell me where I get a new {things[n % 8]} for my {2000 + n} kettle, please?",
                author_name=f"Person {chr(97 + n % 26)}{n}", published_at=f"2026-05-{1 + n % 28:02}T09:00:00Z")
        for n in range(84)
    ]  # fmt: skip
    eve = [taunt(comment, "eve", "Grumbleweed", 9, n) for n in range(5)]
    back = [taunt(comment, "eve2", "real Grumbleweed", 12, n) for n in range(3)]
    return [*people, *eve, *back]


def ban(home: Any, account: str = "clipshare:eve") -> None:
    with Store.open(home.settings.store_url) as store, store.writing() as session:
        take_measure(session, account, Kind.BAN, datetime(2026, 5, 10, tzinfo=UTC), "lead")


def test_who_comes_back_after_a_ban_is_suggested_with_reasons(home: Any, rows: list[Row], write: Any) -> None:
    path = write(rows)
    home.run(path)
    ban(home)
    home.run(path)
    by_account = {row["account_id"]: row for row in home.published("accounts")}
    found = by_account["clipshare:eve"]["alternates"]
    assert [one["account_id"] for one in found][:1] == ["clipshare:eve2"]
    told = {reason["signal"]: reason["text"] for reason in found[0]["reasons"]}
    assert told["return"] == "first wrote 2 days after it was banned"
    actions = {case["suggested_action"] for case in home.published("queues/accounts")
               if case["rule"] == "likely-alternate"}  # fmt: skip
    assert actions <= {"monitor"}


def test_a_second_run_looks_at_nothing_and_changes_nothing(
    home: Any, rows: list[Row], write: Any, comment: Callable[..., Row], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(rows)
    home.run(path)
    ban(home)
    home.run(path)
    tables = home.tables()
    asked: list[set[str]] = []
    find = returned.find_returned
    monkeypatch.setattr(returned, "find_returned", lambda *args: asked.append(args[3]) or find(*args))
    home.run(path)
    assert (home.tables(), asked) == (tables, [])
    home.run(
        write([comment("And where is the bill?", author_id="new one", published_at="2026-05-29T09:00:00Z")], "b.jsonl")
    )
    assert [len(one) for one in asked] == [1]


def test_a_ban_that_is_lifted_is_no_reason_any_more(home: Any, rows: list[Row], write: Any) -> None:
    path = write(rows)
    home.run(path)
    ban(home)
    home.run(path)
    assert "banned" in str(home.ask(select(Resemblance.reasons)))
    with Store.open(home.settings.store_url) as store, store.writing() as session:
        lift_measures(session, "clipshare:eve", datetime(2026, 5, 29, tzinfo=UTC))
    home.run(path)
    assert "banned" not in str(home.ask(select(Resemblance.reasons)))
    assert "banned" not in str(home.ask(select(Alternate.reasons)))


def test_the_bounds_hold_whoever_writes_how_much() -> None:
    seen = {n: returned.Seen("tube", float(n), 40 * (n % 7)) for n in range(9_000)}
    asked = returned._bounded(list(seen), seen)
    assert len(asked) <= returned.MOST_ACCOUNTS
    assert sum(min(seen[one].comments, returned.COMMENTS_READ) for one in asked) <= returned.MOST_COMMENTS
    assert seen[asked[0]].comments == max(one.comments for one in seen.values())
