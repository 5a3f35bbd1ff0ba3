from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.records import Channel
from embeddings.characters import Shingles
from embeddings.index import VectorIndex
from embeddings.neighbours import NeighbourRules, Pairs, find_candidates, together, verify

RULES = NeighbourRules()
WORDS = ("the", "red", "cup", "stands", "on", "our", "old", "kitchen", "table", "near", "a", "window", "while", "rain")


def pairs(*both: tuple[int, int]) -> Pairs:
    first, second = zip(*both, strict=True) if both else ((), ())
    return Pairs(np.array(first, np.int64), np.array(second, np.int64))


@given(st.lists(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20), max_size=4))
def test_pairs_together_are_each_there_once(parts):
    whole = together([pairs(*part) for part in parts])
    assert list(zip(whole.first.tolist(), whole.second.tolist(), strict=True)) == sorted(
        {p for part in parts for p in part}
    )


@given(
    st.lists(
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join), min_size=2, max_size=9, unique=True
    )
)
def test_what_holds_by_characters_is_what_the_rules_say(texts):
    rows = [(a, b) for a in range(len(texts)) for b in range(a + 1, len(texts))]
    known = dict(enumerate(texts))
    held = verify(pairs(*rows), known, {}, RULES)
    similarity = Shingles(texts).jaccard(*(np.array(side) for side in zip(*rows, strict=True)))
    expected = [
        row
        for row, jaccard in zip(rows, similarity, strict=True)
        if jaccard >= RULES.characters + (RULES.extra_when_short if min(len(texts[one]) for one in row) < 25 else 0)
    ]
    assert list(zip(held.pairs.first.tolist(), held.pairs.second.tolist(), strict=True)) == expected
    assert held.by_characters.all()
    assert np.isnan(held.meaning).all()


def test_no_pairs_hold_nothing():
    assert len(verify(pairs(), {}, {}, RULES)) == 0
    assert len(verify(pairs(), {}, {1: np.ones(3, np.float32)}, RULES)) == 0


def unit(*values: float) -> np.ndarray:
    vector = np.array(values, np.float32)
    return vector / np.linalg.norm(vector)


TEXTS = {
    1: "my parcel from the north still has not come, three weeks now",
    2: "three weeks, and the parcel from the north has still not arrived",
    3: "what a lovely voice, it made me cry on the way to school",
    4: "nice one",
    5: "nice two",
}


def test_meaning_ties_rewordings_that_share_some_letters():
    vectors = {1: unit(1, 0.1), 2: unit(1, 0.2), 3: unit(1, 0.15)}
    held = verify(pairs((1, 2), (1, 3), (2, 3)), TEXTS, vectors, NeighbourRules(characters=0.99))
    assert list(zip(held.pairs.first.tolist(), held.pairs.second.tolist(), strict=True)) == [(1, 2)]
    assert held.channel(0) is Channel.MEANING
    assert held.meaning[0] > 0.99


def test_a_pair_without_a_vector_has_no_meaning():
    held = verify(pairs((1, 2)), TEXTS, {1: unit(1, 0)}, NeighbourRules(characters=0.1))
    assert held.channel(0) is Channel.CHARACTERS
    assert np.isnan(held.meaning[0])


def test_short_texts_are_never_tied_by_meaning():
    assert len(verify(pairs((4, 5)), TEXTS, {4: unit(1, 0), 5: unit(1, 0)}, RULES)) == 0


@pytest.fixture
def crowd(tmp_path: Path):
    """400 vectors close to each other, under scattered ids."""
    ids = np.random.default_rng(0).permutation(10_000)[:400].astype(np.int64)
    dice = np.random.default_rng(1)
    vectors = dice.normal(size=16) + dice.normal(scale=0.1, size=(400, 16))
    vectors = np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)
    index = VectorIndex(tmp_path / "crowd.faiss", "model", 16)
    index.add(ids, vectors)
    return index, ids, vectors


def test_in_a_crowd_each_keeps_its_nearest_and_the_same_hubs(crowd):
    index, ids, vectors = crowd
    found = together(find_candidates(index, ids, vectors, 0.3, RULES))
    hubs = np.sort(ids)[: RULES.hubs_kept]
    tied = {frozenset(pair) for pair in zip(found.first.tolist(), found.second.tolist(), strict=True)}
    assert all(frozenset((one, hub)) in tied for one in ids.tolist() for hub in hubs.tolist() if one != hub)
    assert len(found) <= len(ids) * (RULES.nearest_kept + RULES.hubs_kept)


def test_no_text_is_its_own_neighbour(crowd):
    index, ids, vectors = crowd
    found = together(find_candidates(index, ids, vectors, 0.3, RULES))
    assert (found.first < found.second).all()


def test_a_new_text_is_compared_with_all_that_are_there(crowd):
    index, _, vectors = crowd
    index.add(np.array([77_777]), vectors[:1])
    found = together(find_candidates(index, np.array([77_777]), vectors[:1], 0.3, RULES))
    assert set(found.second.tolist()) == {77_777}
    assert len(found) >= RULES.hubs_kept


def test_nothing_is_near_in_an_empty_index(tmp_path):
    index = VectorIndex(tmp_path / "none.faiss", "model", 16)
    vectors = np.ones((1, 16), np.float32) / 4
    assert len(together(find_candidates(index, np.array([1]), vectors, 0.3, RULES))) == 0
