"""Campaigns over time: under one id while they grow, fall silent, go and come back, and told so."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from becalm.campaigns.detail import read_detail
from becalm.campaigns.find import find_campaign
from becalm.campaigns.page import print_page
from becalm.campaigns.records import detail_record
from becalm.simulate import simulate
from becalm.store import Batch, CampaignEvent, Store

Make = Callable[..., dict[str, Any]]
Push = Callable[..., list[dict[str, Any]]]
Told = tuple[str, str, str | None, int]

FOLLOWERS = "Cheap followers for your page at more-followers.example, order number {} in our profile now"
KETTLE = "Win a brand new kettle today, claim yours at tea-prizes.example with the code {} before friday"
BOTH = (
    "Cheap followers for your page at more-followers.example, "
    "win a brand new kettle today, claim yours at tea-prizes.example, number {}"
)
HONEST = "{} is what my aunt would say about the {} in the picture"
THINGS = ("kettle", "cup", "spoon", "saucer", "pot", "tray", "milk", "sugar", "lemon", "leaf", "stove", "shelf")
STREAM = 1_500


@pytest.fixture
def push(comment: Make) -> Push:
    """A comment by another account for each number, some weeks after the first of May."""

    def make(advert: str, numbers: Sequence[int], weeks: float = 0) -> list[dict[str, Any]]:
        begins = datetime(2026, 5, 1, tzinfo=UTC) + timedelta(weeks=weeks)
        return [
            comment(advert.format(number), published_at=(begins + timedelta(minutes=number)).isoformat())
            for number in numbers
        ]

    return make


@pytest.fixture
def arrive(home: Any, write: Callable[..., Path]) -> Callable[..., list[Told]]:
    """Runs a batch; says what became of campaigns by it."""

    def run(rows: list[dict[str, Any]]) -> list[Told]:
        known = len(history(home))
        home.run(write(rows))
        return history(home)[known:]

    return run


def history(home: Any) -> list[Told]:
    columns = (CampaignEvent.campaign_id, CampaignEvent.kind, CampaignEvent.other_id, CampaignEvent.comments)
    return [tuple(row) for row in home.ask(select(*columns).order_by(CampaignEvent.id))]


def campaign_of(home: Any) -> str:
    (campaign,) = home.published("campaigns")
    return str(campaign["campaign_id"])


def test_a_campaign_keeps_its_id_while_it_grows_over_three_batches(
    home: Any, push: Push, arrive: Callable[..., list[Told]]
) -> None:
    kinds, ids = [], set()
    for batch in range(3):
        ((campaign, kind, other, comments),) = arrive(push(FOLLOWERS, range(15 * batch, 15 * batch + 15), batch / 7))
        assert (other, comments, campaign) == (None, 15 * batch + 15, campaign_of(home))
        kinds.append(kind)
        ids.add(campaign)
    assert (kinds, len(ids)) == (["began", "grew", "grew"], 1)


def test_after_five_weeks_of_silence_it_returned_and_after_three_it_grew(
    home: Any, push: Push, arrive: Callable[..., list[Told]]
) -> None:
    arrive(push(FOLLOWERS, range(15)))
    campaign = campaign_of(home)
    assert arrive(push(FOLLOWERS, range(15, 30), weeks=5)) == [(campaign, "returned", None, 30)]
    assert arrive(push(FOLLOWERS, range(30, 45), weeks=8)) == [(campaign, "grew", None, 45)]
    at = home.ask(select(CampaignEvent.at).order_by(CampaignEvent.id))
    assert [f"{one:%Y-%m-%d}" for (one,) in at] == ["2026-05-01", "2026-06-05", "2026-06-26"]


def test_a_campaign_that_went_comes_back_under_its_id(home: Any, push: Push, arrive: Callable[..., list[Told]]) -> None:
    rows = push(FOLLOWERS, range(len(THINGS)))
    arrive(rows)
    campaign = campaign_of(home)
    honest = [HONEST.format(row["author_id"], thing) for row, thing in zip(rows, THINGS, strict=True)]
    gone = arrive([{**row, "text": text} for row, text in zip(rows, honest, strict=True)])
    assert gone == [(campaign, "ended", None, 12)]
    assert home.published("campaigns") == []
    assert arrive(push(FOLLOWERS, range(5, 20), weeks=9)) == [(campaign, "returned", None, 15)]
    assert campaign_of(home) == campaign


def test_two_campaigns_that_a_later_batch_joins_merged_and_the_larger_one_gave_its_id(
    home: Any, push: Push, arrive: Callable[..., list[Told]]
) -> None:
    arrive([*push(FOLLOWERS, range(15)), *push(KETTLE, range(18))])
    kettles, followers = (row["campaign_id"] for row in home.published("campaigns"))
    assert arrive(push(BOTH, range(40))) == [(kettles, "grew", None, 73), (followers, "merged", kettles, 15)]
    assert campaign_of(home) == kettles
    assert {campaign for _, campaign in home.assigned().values()} == {kettles}


def test_a_run_without_news_and_one_of_honest_talk_write_no_event(
    home: Any, push: Push, arrive: Callable[..., list[Told]], comment: Make
) -> None:
    rows = push(FOLLOWERS, range(15))
    arrive(rows)
    tables = home.tables()
    assert arrive(rows) == []
    assert home.tables() == tables
    assert arrive([comment(HONEST.format(f"Aunt {thing}", thing)) for thing in THINGS]) == []


def test_the_page_and_the_record_tell_what_became_of_it(
    home: Any, push: Push, arrive: Callable[..., list[Told]], capsys: pytest.CaptureFixture[str]
) -> None:
    for weeks in (0, 1, 2, 8):
        arrive(push(FOLLOWERS, range(15 * weeks, 15 * weeks + 15), weeks))
    with Store.open(home.settings.store_url) as store, store.reading() as session:
        detail = read_detail(session, find_campaign(session, campaign_of(home)))
        print_page(detail)
    _, _, told = capsys.readouterr().out.partition("What became of it\n")
    lines = [line.split(maxsplit=2) for line in told.splitlines()]
    # Of the times that it grew the last is told.
    assert [(day, kind) for day, kind, _ in lines] == [
        ("2026-05-01", "began"), ("2026-05-15", "grew"), ("2026-06-26", "returned")
    ]  # fmt: skip
    assert [line[2].strip() for line in lines] == ["15 comments", "45 comments", "60 comments"]
    record = detail_record(detail)["history"]
    assert [(one["kind"], one["comments"]) for one in record] == [
        ("began", 15), ("grew", 30), ("grew", 45), ("returned", 60)
    ]  # fmt: skip
    assert {one["other_id"] for one in record} == {None}


def found(home: Any) -> set[tuple[str, frozenset[str]]]:
    """Verdict and comments of every campaign, and of every echo."""
    members: dict[tuple[str, str], set[str]] = {}
    for row in home.published("assignments"):
        members.setdefault((row["campaign_id"] or row["group_id"], row["verdict"]), set()).add(row["comment_id"])
    return {(verdict, frozenset(comments)) for (_, verdict), comments in members.items()}


def groups(home: Any) -> set[tuple[str, frozenset[str]]]:
    """The same of every group."""
    members: dict[tuple[str, str], set[str]] = {}
    for row in home.published("assignments"):
        members.setdefault((row["group_id"], row["verdict"]), set()).add(row["comment_id"])
    return {(verdict, frozenset(comments)) for (_, verdict), comments in members.items()}


def test_a_stream_in_ten_runs_and_in_one_ends_in_the_same_groups_and_campaigns(
    home: Any, new_home: Callable[..., Any], tmp_path: Path
) -> None:
    stream = simulate(tmp_path / "stream", comments=STREAM, seed=7).out
    home.run(stream)
    lines = (stream / "comments.jsonl").read_bytes().splitlines(keepends=True)
    ten, step = new_home("ten"), -(-len(lines) // 10)
    for begins in range(0, len(lines), step):
        part = tmp_path / f"part-{begins}.jsonl"
        part.write_bytes(b"".join(lines[begins : begins + step]))
        ten.ingest(part, stream / "threads.jsonl")
        ten.moderate()
    assert ten.ask(select(func.count()).select_from(Batch))[0][0] >= 10
    assert len(found(home)) > 20
    assert groups(ten) == groups(home)
    assert found(ten) == found(home)


said = st.tuples(st.sampled_from([FOLLOWERS, KETTLE, BOTH, HONEST.replace("{}", "{0}")]), st.integers(0, 12))


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(said, min_size=10, max_size=50), st.lists(st.integers(1, 49), min_size=1, max_size=3, unique=True))
def test_a_few_comments_cut_anywhere_end_as_they_do_uncut(
    comment: Make, tmp_path_factory: pytest.TempPathFactory, write: Callable[..., Path], moderated_once: Any,
    texts: list[tuple[str, int]], cuts: list[int],
) -> None:  # fmt: skip
    rows = [comment(text.format(number)) for text, number in texts]
    whole, parts = (moderated_once.changed(home=tmp_path_factory.mktemp(name) / "home") for name in ("whole", "parts"))
    whole.run(write(rows))
    for begins, ends in zip([0, *sorted(cuts)], [*sorted(cuts), len(rows)], strict=True):
        if rows[begins:ends]:
            parts.run(write(rows[begins:ends]))
    assert groups(parts) == groups(whole)
    assert found(parts) == found(whole)
