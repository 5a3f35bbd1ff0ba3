"""Kill -9 at every border of a stage, before every commit and before files are swapped in; then run again."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from becalm.simulate import simulate

DYING = Path(__file__).with_name("dying.py")
STAGES = {
    "take in threads", "take in comments", "document checks", "embed", "index", "compare", "score", "group", "accounts",
    "open cases", "check cases", "decide alone", "publish", "statements", "alerts", "carry out", "embed ahead",
    "review",
}  # fmt: skip


@pytest.fixture
def mixed(tmp_path: Path, comment: Callable[..., dict[str, Any]]) -> Path:
    """A stream with everything in it: two files, edited comments, rows for the quarantine, rows that come twice."""
    folder = simulate(tmp_path / "mixed", comments=240, seed=11).out
    rows = [orjson.loads(line) for line in (folder / "comments.jsonl").read_bytes().splitlines()]
    edited = [{**row, "text": f"{row['text']} (edited)"} for row in rows[:10]]
    bad = [comment("", comment_id="bad-1"), comment("When was that?", published_at="yesterday")]
    more = b"".join(orjson.dumps(row) + b"\n" for row in [*edited, *bad, *rows[20:30]])
    (folder / "comments-2.jsonl").write_bytes(more)
    return folder


def test_a_run_that_is_killed_anywhere_ends_as_an_undisturbed_one(
    new_home: Callable[..., Any], mixed: Path, tmp_path: Path
) -> None:
    undisturbed, killed = new_home("undisturbed"), new_home("killed")
    settings, diary = killed.settings, tmp_path / "diary"
    command = [sys.executable, str(DYING), str(settings.home), str(settings.cache), str(mixed), str(diary)]
    undisturbed.whole_way(mixed)
    ended = subprocess.run(
        command, check=False, capture_output=True, env=os.environ | {"PREFECT_LOGGING_LEVEL": "CRITICAL"}
    )
    assert ended.returncode == 0, ended.stderr.decode()
    deaths = diary.read_text("utf-8").splitlines()
    assert {place.split("after ")[1].split(":")[0] for place in deaths if place.endswith("border 1")} == STAGES
    assert sum("commit" in place for place in deaths) >= 11
    assert killed.outcome() == undisturbed.outcome()
    assert killed.everything_published() == undisturbed.everything_published()
    assert sorted(killed.files()) == sorted(undisturbed.files())
    checked = (killed.settings.data_docs / "index.html").read_text("utf-8")
    assert [suite for suite in ("comments", "vectors", "cases") if suite not in checked] == []
