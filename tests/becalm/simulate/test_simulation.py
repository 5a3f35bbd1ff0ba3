import csv
import hashlib
import json
import os
import subprocess
import sys
from datetime import datetime

import pytest

from becalm.errors import InputError, SourceUnusable
from becalm.simulate import simulate

FILES = ("comments.jsonl", "threads.jsonl", "truth.csv", "accounts.csv")
REQUIRED = {"comment_id", "platform", "channel", "thread_id", "author_id", "text", "published_at"}
OPTIONAL = {"parent_id", "author_name", "language", "likes", "rating", "is_brand"}
SCRIPT = "import sys, pathlib; from becalm.simulate import simulate; simulate(pathlib.Path(sys.argv[1]), 1000, 7, 11)"


def digests(folder):
    return [hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES]


def rows(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    return simulate(tmp_path_factory.mktemp("stream"), 3000, 14, 1)


def test_same_seed_gives_the_same_bytes_in_any_process(tmp_path):
    simulate(tmp_path / "here", 1000, 7, 11)
    for hash_seed in ("0", "4711"):
        there = tmp_path / hash_seed
        env = {**os.environ, "PYTHONHASHSEED": hash_seed, "TZ": "Asia/Tokyo"}
        subprocess.run([sys.executable, "-c", SCRIPT, str(there)], check=True, env=env)
        assert digests(there) == digests(tmp_path / "here")


def test_another_seed_gives_another_stream(tmp_path):
    simulate(tmp_path / "one", 200, 7, 1)
    simulate(tmp_path / "two", 200, 7, 2)
    assert not set(digests(tmp_path / "one")[:3]) & set(digests(tmp_path / "two")[:3])


def test_records_have_the_fields_of_the_contract(written):
    threads = {row["thread_id"]: row for row in rows(written.threads_file)}
    comments = rows(written.comments_file)
    assert len(comments) == 3000
    for row in comments:
        assert set(row) >= REQUIRED
        assert set(row) <= REQUIRED | OPTIONAL
        assert (row["platform"], row["channel"]) == tuple(threads[row["thread_id"]][k] for k in ("platform", "channel"))
        assert datetime.fromisoformat(row["published_at"]).tzinfo
    times = [row["published_at"] for row in comments]
    assert times == sorted(times)


def test_truth_covers_every_comment(written):
    with written.truth_file.open(newline="", encoding="utf-8") as file:
        truth = list(csv.DictReader(file))
    assert [row["comment_id"] for row in truth] == [row["comment_id"] for row in rows(written.comments_file)]
    assert {row["label"] for row in truth} == {"spam", "organic", "neutral"}
    assert list(truth[0]) == ["comment_id", "label", "family", "kind", "disguise"]


def test_alternates_are_accounts_that_wrote(written):
    known = {f"{row['platform']}:{row['author_id']}" for row in rows(written.comments_file)}
    with written.accounts_file.open(newline="", encoding="utf-8") as file:
        pairs = list(csv.DictReader(file))
    assert len(pairs) == written.alternates > 0
    assert all({pair["account_id"], pair["alternate_of"]} <= known for pair in pairs)


def test_the_counts_are_those_of_the_files(written):
    assert written.comments == sum(written.kinds.values()) == sum(written.labels.values()) == 3000
    assert written.threads == len(rows(written.threads_file))
    assert written.first.isoformat()[:19] + "Z" == rows(written.comments_file)[0]["published_at"]
    assert written.comments_a_second > 0


def test_an_empty_stream_is_a_stream(tmp_path):
    empty = simulate(tmp_path, 0, 1, 1)
    assert empty.comments_file.read_bytes() == b""
    assert empty.truth_file.read_text().strip() == "comment_id,label,family,kind,disguise"
    assert empty.first is None


@pytest.mark.parametrize(("comments", "days"), [(-1, 14), (10, 0), (10, -3), (10, 10**9)])
def test_numbers_without_sense_are_refused(tmp_path, comments, days):
    with pytest.raises(InputError, match="can't simulate"):
        simulate(tmp_path / "out", comments, days, 1)
    assert not (tmp_path / "out").exists()


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(SourceUnusable, match="not a folder"):
        simulate(tmp_path / "taken", 10, 1, 1)
    assert (tmp_path / "taken").read_text() == "mine"


def test_nothing_is_left_beside_the_files(written):
    assert sorted(path.name for path in written.out.iterdir()) == sorted(FILES)
