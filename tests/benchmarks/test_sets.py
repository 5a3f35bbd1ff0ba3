"""Reading labelled sets and making inputs."""

import gzip
import json
from pathlib import Path
from random import Random

import pytest

from benchmarks.campaigns.adversarial import INPUTS, comments_of, one_long_text, one_shared_bigram
from benchmarks.campaigns.disguises import Truth
from benchmarks.campaigns.peers import bigrams
from benchmarks.campaigns.scale import ON_TOP, beginning, ending, ratios
from benchmarks.campaigns.sets import data_folder, disguised_pairs, read_truth, same_text_clusters


def test_real_sets_are_found_where_the_variable_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BECALM_DATA", str(tmp_path))
    assert data_folder() == tmp_path
    monkeypatch.setenv("BECALM_DATA", str(tmp_path / "nowhere"))
    assert data_folder() is None


def test_truth_without_disguises_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "truth.csv").write_text("comment_id,label,family,kind\nc1,spam,watches,scam\nc2,organic,,\n")
    assert read_truth(tmp_path / "truth.csv") == {"c1": Truth("spam", "watches", "scam"), "c2": Truth("organic")}


def test_posts_in_clusters_become_comments_that_do_not_tell_their_cluster(tmp_path: Path) -> None:
    post = {"cluster": "secret", "account": "a1", "published_at": "2016-05-04T10:00:00Z", "text": "the same words"}
    (tmp_path / "accounts").mkdir()
    with gzip.open(tmp_path / "accounts" / "ira-campaigns-dev.jsonl.gz", "wt") as file:
        file.write(json.dumps(post) + "\n")
    made = same_text_clusters(tmp_path, tmp_path / "made")
    assert made is not None
    given, clusters = made
    written = (given.folder / "comments.jsonl").read_text()
    assert clusters == {"p0": "secret"}
    assert "secret" not in written
    assert json.loads(written)["thread_id"] == "day-2016-05-04"


def test_sets_that_are_not_there_are_left_out(tmp_path: Path) -> None:
    assert same_text_clusters(tmp_path, tmp_path / "made") is None
    assert disguised_pairs(tmp_path) == []


def test_what_is_put_on_top_was_in_no_run_before(tmp_path: Path) -> None:
    stream = tmp_path / "stream.jsonl"
    stream.write_text("".join(f"{number}\n" for number in range(ON_TOP + 500)))
    first = (beginning(stream, tmp_path, 10_000) / "comments.jsonl").read_text().split()
    last = (ending(stream, tmp_path) / "comments.jsonl").read_text().split()
    assert (len(first), len(last)) == (500, ON_TOP)
    assert not set(first) & set(last)


def test_growth_is_told_against_the_second_size() -> None:
    rows = [
        {"comments": size, "texts": size, "work seconds": seconds, "finding seconds": seconds / 4, "peak MiB": mib}
        for size, seconds, mib in ((10, 9.0, 1), (30, 3.0, 2), (300, 60.0, 5))
    ]
    tops = [{"work seconds": 4.0, "finding seconds": 1.0}, {"work seconds": 6.0, "finding seconds": 3.0}]
    growth = ratios(rows, tops)
    assert growth["a comment, whole run"] == pytest.approx(2)
    assert growth["on top, finding"] == 3
    assert growth["bytes of memory a text"] == pytest.approx(3 * 2**20 / 270)


@pytest.mark.parametrize("name", INPUTS)
def test_adversarial_comments_are_all_different_and_the_same_each_time(name: str) -> None:
    first, again = ([*comments_of(INPUTS[name](Random(1)))] for _ in range(2))
    assert first == again
    assert len({row["text"] for row in first}) == len(first)
    assert len({row["comment_id"] for row in first}) == len(first)


def test_strangers_share_the_one_bigram_and_nothing_more() -> None:
    first, second, *_ = one_shared_bigram(Random(1), 20)
    assert set(bigrams(first)) & set(bigrams(second)) == {"velvet lantern"}


def test_the_long_text_is_as_long_as_it_is_said_to_be() -> None:
    assert next(len(text) for text in one_long_text(Random(1), 3)) == 10_000
