import json
import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from becalm.errors import BecalmError
from expectations.comments import check_comments, examine_comments
from expectations.docs import build_docs
from expectations.run import Quality
from expectations.vectors import check_vectors

ROOT = Path(__file__).parents[2]


@pytest.fixture
def results(good_row, context):
    comments = [good_row() for _ in range(3)] + [good_row(text="", likes=-1)]
    return [check_comments(comments, context), check_vectors(np.arange(4), np.eye(4), 4)]


def pages(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_front_page_counts_failures_and_links_to_pages_that_exist(tmp_path, results, now):
    front = build_docs(tmp_path / "checks", results, now)
    html = front.read_text()
    assert "text says something: 1" in html
    links = re.findall(r'href="([^"]+)"', html)
    assert len(links) == 2
    assert all((front.parent / link).is_file() for link in links)


def test_counts_alone_make_the_same_front_page(tmp_path, results, now):
    counts = json.loads(json.dumps([quality.counts for quality in results]))
    whole = build_docs(tmp_path / "whole", results, now).read_text()
    assert build_docs(tmp_path / "counts", [Quality(**each) for each in counts], now).read_text() == whole


def test_result_page_names_expectations_and_links_back(tmp_path, results, now):
    front = build_docs(tmp_path, results, now)
    page = next(tmp_path.glob("validations/comments/**/*.html"))
    html = page.read_text()
    assert "published_at is a time with a zone" in html
    assert "1 unexpected values found" in html
    local = [link for link in re.findall(r'href="([^"#]+)"', html) if "data:" not in link]
    assert {(page.parent / link).resolve() for link in local} == {front, tmp_path / "expectations/comments.html"}


def test_pages_load_and_run_nothing(tmp_path, results, now):
    build_docs(tmp_path, results, now)
    for path in tmp_path.rglob("*.html"):
        html = path.read_text()
        assert not re.search(r"<(script|link|img|iframe)\b|url\(|@import|https?://", html), path
        assert "default-src 'none'" in html


def test_pages_hold_no_word_of_good_or_bad_rows(tmp_path, good_row, context, now):
    secret = "Marmalade"
    named = dict.fromkeys(("text", "author_name", "author_id", "channel", "thread_id", "parent_id"), secret)
    rows = [good_row(**named), good_row(**named, likes=-1), good_row(**{**named, "text": secret * 9_000})]
    rows += [good_row(platform=secret, language=secret), good_row(published_at=secret), good_row(text=[secret])]
    quality = examine_comments(rows, context)
    assert len(quality.bad) == 5
    build_docs(tmp_path, [quality], now)
    assert all(secret.lower() not in path.read_text().lower() for path in tmp_path.rglob("*.html"))


def test_new_site_replaces_the_old_one_and_nothing_else(tmp_path, results, now):
    (tmp_path / "notes.html").write_text("mine")
    build_docs(tmp_path, results, now)
    before = pages(tmp_path)
    build_docs(tmp_path, results[:1], now + timedelta(hours=1))
    after = pages(tmp_path)
    assert len(after) == len(before) - 2
    assert {"index.html", "notes.html", "expectations/comments.html"} == before & after
    assert not any((tmp_path / "validations" / "vectors").rglob("*"))


def test_what_a_killed_build_left_behind_is_cleared_away(tmp_path, results, now):
    (tmp_path / ".building-x" / "validations").mkdir(parents=True)
    build_docs(tmp_path, results, now)
    assert list(tmp_path.glob(".building-*")) == []


def test_several_batches_of_one_suite_each_have_a_page(tmp_path, good_row, context, now):
    batches = [check_comments([good_row() for _ in range(size)], context) for size in (1, 2, 3)]
    build_docs(tmp_path, batches, now)
    assert len(list(tmp_path.glob("validations/comments/**/*.html"))) == 3


def test_no_results_make_an_empty_front_page(tmp_path, now):
    assert "<tbody>" in build_docs(tmp_path, [], now).read_text()


def test_folder_that_can_not_be_written_is_one_clear_line(tmp_path, results, now):
    (tmp_path / "checks").write_text("a file, not a folder")
    with pytest.raises(BecalmError, match="Data Docs can't be written"):
        build_docs(tmp_path / "checks", results, now)


ALONE = """
import sys
from datetime import UTC, datetime
from pathlib import Path

calls = []
sys.addaudithook(lambda event, _: calls.append(event) if event in {"socket.connect", "socket.getaddrinfo"} else None)
from expectations.comments import CommentContext, examine_comments
from expectations.docs import build_docs

assert "great_expectations" not in sys.modules
now = datetime.now(UTC)
build_docs(Path("checks"), [examine_comments([{"text": "hello"}], CommentContext(now))], now)
assert "great_expectations" in sys.modules
assert calls == [], calls
"""


def test_checks_call_nobody_write_nowhere_else_and_say_nothing(tmp_path):
    folders = {name: tmp_path / name for name in ("home", "temporary", "work")}
    for folder in folders.values():
        folder.mkdir()
    surroundings = {
        "HOME": str(folders["home"]), "TMPDIR": str(folders["temporary"]), "PYTHONPATH": str(ROOT),
        "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", ALONE],
        cwd=folders["work"],
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    written = {path.relative_to(tmp_path).parts[:2] for path in tmp_path.rglob("*") if path.is_file()}
    assert written == {("work", "checks")}
