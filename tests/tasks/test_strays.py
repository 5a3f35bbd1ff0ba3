"""Which texts outside a campaign belong to it, in a store of a few comments and with hand-made models."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy.orm import Session

from becalm.records import Judgement
from becalm.store import Account, Batch, Comment, NeighbourPair, RawRow, Signals, Store, Text, Thread
from becalm.store.upsert import add
from embeddings.additive import AdditiveModel, Curve
from embeddings.judging import Models
from embeddings.rulings import NO_RULINGS, Rulings
from embeddings.words import WordIndex
from tasks.campaigns import Outcome, find_campaigns
from tasks.describe import Reading

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
WHERE = {"platform": "clipshare", "channel": "lantern-tea"}
PUSH = [f"ask {who} about bellamyfx before monday" for who in ("him", "her", "them")]
SPUN, SLOGAN, TALK = "look up bellamyfx and thank me", "bellamyfx fans love lantern tea", "we drink tea every monday"
TEXTS = dict(enumerate([*PUSH, SPUN, SLOGAN, TALK, *(f"tea and talk on monday {n}" for n in range(9))], start=1))
SPUN_ID, SLOGAN_ID, TALK_ID, BRAND_ID = 4, 5, 6, 99
LEVEL = np.array([-100.0, 100.0])


def straight(intercept: float, **slopes: float) -> AdditiveModel:
    return AdditiveModel(intercept, {name: Curve(LEVEL, LEVEL * slope) for name, slope in slopes.items()}, 0.5)


MODELS = Models(straight(-4.0, promotion=9.0), straight(-9.0), straight(-3.0, own_words=6.0))


def rows_of(text_ids: Sequence[int]) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """A comment by another account each, with its signals; the last is the brand's."""
    comments, signals = [], []
    for number, text_id in enumerate(text_ids):
        refers = {"thread_id": 1, "account_id": number, "text_id": text_id, "raw_row_id": number}
        said = {"comment_id": f"c{number}", "text": "T", "published_at": NOW + timedelta(hours=number), "raw": {}}
        comments.append({"id": number, **WHERE, **refers, **said, "is_brand": text_id == BRAND_ID})
        scores = dict.fromkeys(("spam", "promotion", "abuse", "off_topic", "complaint", "praise", "sentiment"), 0.0)
        lists = {"keywords": [], "private_data": [], "reasons": []}
        signals.append({"comment_id": number, "scored_text_id": text_id, "scorer": "1", **scores, **lists})
        signals[-1]["promotion"] = 0.9 if text_id <= len(PUSH) else 0.0
    return comments, signals


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Three wordings of a push tied to each other, and all the others alone."""
    known = {**TEXTS, BRAND_ID: "lantern tea: bellamyfx fans love it"}
    comments, signals = rows_of(list(known))
    with Store.open(f"sqlite:///{tmp_path / 'becalm.db'}") as store, store.writing() as session:
        batch = {"id": 1, "run_id": "r", "source": "a.jsonl", "first_line": 1, "rows": 1, "collected_at": NOW}
        add(session, Batch, [batch])
        add(session, Thread, [{"id": 1, "thread_id": "t1", **WHERE}])
        numbers = range(len(known))
        add(session, Account, [{"id": one, "platform": "clipshare", "author_id": f"a{one}"} for one in numbers])
        add(session, RawRow, [{"id": one, "batch_id": 1, "line": one, "payload": "{}"} for one in numbers])
        add(session, Text, [{"id": one, "normalised": text, "script": "Latin"} for one, text in known.items()])
        add(session, Comment, comments)
        add(session, Signals, signals)
        tie = {"characters": 0.8, "meaning": None, "channel": "characters"}
        ties = [(1, 2), (1, 3), (2, 3), (SLOGAN_ID, BRAND_ID)]
        add(session, NeighbourPair, [{"first_id": one, "second_id": other, **tie} for one, other in ties])
        yield session


@pytest.fixture
def found(session: Session) -> Callable[..., Outcome]:
    words = WordIndex(Path("words.npz"))
    words.add(np.array(list(TEXTS)), list(TEXTS.values()))
    reading = Reading.of(session, 1, words)
    return lambda rulings=NO_RULINGS: find_campaigns(reading, reading.found_groups(rulings), rulings, MODELS)


def strays(outcome: Outcome) -> set[int]:
    (campaign,) = outcome.campaigns
    assert set(campaign.text_ids) == {1, 2, 3} | {one.text_id for one in campaign.strays}
    return {one.text_id for one in campaign.strays}


def test_texts_that_carry_the_campaigns_own_word_belong_to_it(found: Callable[..., Outcome]) -> None:
    outcome = found()
    assert strays(outcome) == {SPUN_ID, SLOGAN_ID}
    assert outcome.campaigns[0].verdict.judgement is Judgement.CAMPAIGN


def test_what_people_said_is_good_never_belongs_to_it(found: Callable[..., Outcome]) -> None:
    assert strays(found(Rulings(good=frozenset({SPUN_ID})))) == {SLOGAN_ID}


def test_copies_of_what_the_brand_says_never_belong_to_it(found: Callable[..., Outcome]) -> None:
    outcome = found(Rulings(good=frozenset({BRAND_ID})))
    assert strays(outcome) == {SPUN_ID}
    assert [one.found.text_ids for one in outcome.echoes] == [[SLOGAN_ID]]


def test_who_is_held_apart_from_a_member_never_belongs_to_it(found: Callable[..., Outcome]) -> None:
    assert strays(found(Rulings(apart=frozenset({(2, SPUN_ID)})))) == {SLOGAN_ID}


def test_who_is_called_the_same_as_a_member_belongs_to_it(found: Callable[..., Outcome]) -> None:
    assert strays(found(Rulings(same=frozenset({(2, TALK_ID)})))) == {SPUN_ID, SLOGAN_ID, TALK_ID}
