"""Rings in the store: found once, under ids that last, published, and told in cases about accounts."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from becalm.store import RingAnswer

Row = dict[str, Any]
TALK = ("kettle", "lid", "cord", "spout", "filter", "switch", "manual", "colour")


@pytest.fixture
def rows(comment: Callable[..., Row]) -> list[Row]:
    """Four accounts come to the same eight threads within minutes; sixty others come and go."""
    crew = [
        comment(f"{TALK[(day + who) % 8]} talk number {10 * day + who}: no idea what that {TALK[day]} is good for",
                author_id=f"crew{who}", thread_id=f"t{day}", published_at=f"2026-05-{10 + day:02}T18:0{who}:00Z")
        for day in range(8) for who in range(4)
    ]  # fmt: skip
    others = [
        comment(
            f"Where do I get a {TALK[n % 8]} for my {2000 + n} model in shop {n}?",
            author_id=f"p{n // 5}", thread_id=f"t{(3 * n + n // 8) % 8}",
            published_at=f"2026-05-{8 + n % 14:02}T{n % 17:02}:{n % 60:02}:00Z",
        )
        for n in range(300)
    ]  # fmt: skip
    return [*crew, *others]


def members(home: Any) -> list[tuple[str, ...]]:
    return [tuple(ring["accounts"]) for ring in home.published("rings")]


def test_a_crew_is_a_ring_with_its_evidence_and_a_second_run_changes_nothing(
    home: Any, rows: list[Row], write: Any, comment: Callable[..., Row]
) -> None:
    path = write(rows)
    home.run(path)
    assert members(home) == [tuple(f"clipshare:crew{n}" for n in range(4))]
    (ring,) = home.published("rings")
    assert {reason["signal"] for reason in ring["reasons"]} >= {"ties", "threads"}
    assert all(tie["threads"] >= 3 and tie["threads_by_chance"] < tie["threads"] for tie in ring["ties"])
    answers = {row.answer for row in home.ask(select(RingAnswer.answer))}
    assert answers <= {"ring", "none", "insufficient_data"}
    tables = home.tables()
    home.run(path)
    assert home.tables() == tables
    home.run(write([comment("And one more question about it", author_id="late", published_at="2026-05-22T10:00:00Z")],
                   "more.jsonl"))  # fmt: skip
    assert [one["ring_id"] for one in home.published("rings")] == [ring["ring_id"]]
