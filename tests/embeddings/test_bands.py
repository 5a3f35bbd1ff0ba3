from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.bands import BANDS, LOWEST_MET, BandIndex, band_keys
from embeddings.characters import Shingles

SYLLABLES = [one + other for one in "bdfgklmnprst" for other in "aeiou"]


def words(count, dice):
    return ["".join(dice.choices(SYLLABLES, k=dice.randint(1, 4))) for _ in range(count)]


def stream(seed, families=6, copies=8):
    """Families of texts that differ in a word or two, ids in no order."""
    dice = Random(seed)
    texts = []
    for _ in range(families):
        template = words(12, dice)
        for _ in range(copies):
            spun = list(template)
            spun[dice.randrange(12)] = words(1, dice)[0]
            texts.append(" ".join(spun))
    texts = list(dict.fromkeys(texts))
    return dict(zip(dice.sample(range(1, 10**12), len(texts)), texts, strict=True))


def met(texts, batches, path):
    """Every pair that is found while `texts` come in so many batches."""
    index, found = BandIndex(path), set()
    for ids in np.array_split(np.array(list(texts), np.int64), batches):
        keys = band_keys(Shingles([texts[one] for one in ids.tolist()]))
        index.add(ids, keys)
        for hits in index.search(ids, keys):
            found |= set(zip(hits.rows.tolist(), hits.ids.tolist(), strict=True))
    return found


@given(st.integers(0, 99), st.integers(2, 20))
def test_batches_find_what_is_found_at_once(tmp_path_factory, seed, batches):
    texts, path = stream(seed), tmp_path_factory.getbasetemp() / "none.npz"
    assert met(texts, batches, path) == met(texts, 1, path)


def test_near_copies_meet_and_strangers_do_not(tmp_path):
    texts = stream(1)
    found, shingles = met(texts, 1, tmp_path / "none.npz"), Shingles(list(texts.values()))
    row = {one: at for at, one in enumerate(texts)}
    first, second = (side.ravel() for side in np.triu_indices(len(texts), 1))
    alike = shingles.jaccard(first, second)
    ids = list(texts)
    near = {
        (max(ids[a], ids[b]), min(ids[a], ids[b])) for a, b in zip(first[alike > 0.5], second[alike > 0.5], strict=True)
    }
    assert len(near & found) > 0.97 * len(near)
    pairs = np.array([[row[a], row[b]] for a, b in found])
    assert (shingles.jaccard(pairs[:, 0], pairs[:, 1]) > 0.15).mean() > 0.9


def test_a_crowd_meets_its_lowest_ids_and_cost_stays_bounded(tmp_path):
    texts = {one: f"claim the free lantern number {one}" for one in range(1, 1_001)}
    found = met(texts, 4, tmp_path / "none.npz")
    assert {higher for higher, lower in found if lower == 1} == set(range(2, 1_001))
    assert len(met(dict.fromkeys(range(1_000), "the same words"), 1, tmp_path)) <= LOWEST_MET * 1_000


@pytest.mark.parametrize("damage", [b"", b"nonsense"])
def test_what_was_saved_is_found_again_and_damage_makes_it_empty(tmp_path, damage):
    texts, path = stream(2), tmp_path / "bands.npz"
    ids, keys = np.array(list(texts)), band_keys(Shingles(list(texts.values())))
    index = BandIndex.open(path)
    index.add(ids, keys)
    index.save()
    assert BandIndex.open(path).ids.tolist() == sorted(texts)
    path.write_bytes(damage)
    assert len(BandIndex.open(path)) == 0


def test_removed_ids_meet_nobody(tmp_path):
    texts = stream(3)
    ids, keys = np.array(list(texts)), band_keys(Shingles(list(texts.values())))
    index = BandIndex(tmp_path / "none.npz")
    index.add(ids, keys)
    index.remove(ids[::2])
    assert index.ids.tolist() == sorted(ids[1::2].tolist())
    assert len(index._ids) == BANDS * len(ids[1::2])
    for hits in index.search(ids[1::2], keys[1::2]):
        assert not set(hits.ids.tolist()) & set(ids[::2].tolist())
