from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.errors import DiskFull
from embeddings.manifest import Manifest, swap_in
from embeddings.words import WordIndex, split

NOWHERE = Path("words.npz")
vocabulary = st.sampled_from(["kettle", "tea", "don't", "été", "чай", "2026", "a"])
texts = st.lists(st.lists(vocabulary, max_size=6).map(" ".join), max_size=12)
asked = st.lists(st.one_of(vocabulary, st.just("absent")), max_size=6)


def filled(path: Path, known: list[str], first: int = 0) -> WordIndex:
    index = WordIndex(path)
    index.add(np.arange(first, first + len(known)), known)
    return index


@pytest.fixture
def saved(tmp_path: Path) -> WordIndex:
    index = filled(tmp_path / "index" / "words.npz", ["green tea", "black tea", "coffee"])
    index.save()
    return index


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("don't buy 2 kettles, ann's", ["don't", "buy", "2", "kettles", "ann's"]),
        ("see glow-deals.shop/a1", ["see", "glow", "deals", "shop", "a1"]),
        ("e\u0301te\u0301 हिन्दी", ["e\u0301te\u0301", "हिन्दी"]),
        ("😀 !!! '' ''", []),
        ("", []),
    ],
)
def test_words_are_letters_with_their_marks_and_digits(text, words):
    assert split(text) == words


@given(texts, asked)
def test_counts_say_how_many_texts_hold_a_word_however_often(known, words):
    counts = filled(NOWHERE, known).counts(words)
    assert counts == {word: sum(word in split(text) for text in known) for word in words}


@given(texts, asked)
def test_holding_are_the_texts_with_any_of_the_words(known, words):
    held = filled(NOWHERE, known).holding(words).tolist()
    assert held == [one for one, text in enumerate(known) if not set(words).isdisjoint(split(text))]


@given(texts, st.sets(st.integers(0, 15)), asked)
def test_what_was_removed_is_as_if_it_had_never_been_there(known, gone, words):
    index = filled(NOWHERE, known)
    index.remove(np.array(sorted(gone), np.int64))
    stays = [one for one in range(len(known)) if one not in gone]
    assert (set(index.ids.tolist()), len(index)) == (set(stays), len(stays))
    assert index.counts(words) == filled(NOWHERE, [known[one] for one in stays]).counts(words)
    assert set(index.holding(words).tolist()) == set(filled(NOWHERE, known).holding(words).tolist()) - gone


@given(texts, st.lists(st.integers(0, 2), min_size=12, max_size=12), asked)
def test_batches_in_any_order_give_the_same_words(known, batch_of, words):
    index = WordIndex(NOWHERE)
    for batch in (2, 0, 1):
        ids = [one for one in range(len(known)) if batch_of[one] == batch]
        index.add(np.array(ids, np.int64), [known[one] for one in ids])
    at_once = filled(NOWHERE, known)
    assert index.ids.tolist() == at_once.ids.tolist()
    assert index.counts(words) == at_once.counts(words)
    assert index.holding(words).tolist() == at_once.holding(words).tolist()


@pytest.mark.parametrize("known", [[], ["!!!", ""], ["green tea", "", "black tea"]])
def test_what_was_saved_is_known_again(tmp_path, known):
    index = filled(tmp_path / "index" / "words.npz", known, first=2**62)
    index.save()
    again = WordIndex.open(index.path)
    words = Counter(word for text in known for word in split(text))
    assert again.ids.tolist() == list(range(2**62, 2**62 + len(known)))
    assert again.counts([*words, "absent"]) == {**words, "absent": 0}
    again.add(np.array([5]), ["white tea"])
    assert again.counts(["tea"]) == {"tea": words["tea"] + 1}


def test_a_missing_index_is_empty_and_no_cause_for_warning(tmp_path, warned):
    assert len(WordIndex.open(tmp_path / "words.npz")) == 0
    assert not warned()


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-200] ^= 1
    path.write_bytes(content)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[:-100]), id="truncated"),
        pytest.param(lambda path: path.write_bytes(b""), id="empty"),
        pytest.param(Path.unlink, id="gone"),
        pytest.param(flip, id="one bit flipped"),
        pytest.param(folder, id="a folder in its place"),
    ],
)
def test_a_damaged_index_is_empty_and_told(saved, warned, damage: Callable[[Path], object]):
    damage(saved.path)
    assert len(WordIndex.open(saved.path)) == 0
    assert len(warned()) == 1


@pytest.mark.parametrize("content", [None, "{", "[1]", "{}"])
def test_an_index_without_its_manifest_is_empty_and_can_be_saved_anew(saved, content):
    manifest = saved.path.with_suffix(".json")
    if content is None:
        manifest.unlink()
    else:
        manifest.write_text(content)
    index = WordIndex.open(saved.path)
    assert len(index) == 0
    index.add(np.array([9]), ["white tea"])
    index.save()
    assert WordIndex.open(saved.path).ids.tolist() == [9]


def test_an_index_of_another_kind_is_empty(saved):
    data, found = saved.path.read_bytes(), Manifest.read(saved.path)
    assert found is not None
    swap_in(saved.path, memoryview(data), Manifest("words-0", 0, found.count, found.checksum))
    assert len(WordIndex.open(saved.path)) == 0


@pytest.mark.parametrize("replaced", ["words.npz", "words.json"])
def test_a_write_that_ended_between_its_two_files_is_not_believed(saved, tmp_path, replaced):
    newer = filled(tmp_path / "newer" / "words.npz", ["chai"] * 7)
    newer.save()
    (newer.path.with_name(replaced)).replace(saved.path.with_name(replaced))
    assert len(WordIndex.open(saved.path)) == 0


@pytest.mark.parametrize("full", ["words.npz", "words.json"])
def test_a_full_disk_is_told_and_leaves_the_old_index(saved, full):
    saved.path.with_name(f".{full}.writing").symlink_to("/dev/full")
    index = WordIndex.open(saved.path)
    index.add(np.array([9]), ["white tea"])
    with pytest.raises(DiskFull, match="no space left"):
        index.save()
    assert len(WordIndex.open(saved.path)) == 3
    index.save()
    assert len(WordIndex.open(saved.path)) == 4
