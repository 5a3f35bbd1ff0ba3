"""`becalm alternates` from a file to lines, without a store."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from becalm.cli import becalm
from becalm.errors import ColumnsMissing, SourceUnusable
from becalm.settings import Settings
from tasks.alternates import find_alternates

NAMES = {"a1": "Grumbleweed", "a2": "real Grumbleweed", "b": "Tina", "c": "Omar", "d": "Lighthouse"}


def rows() -> list[dict[str, object]]:
    return [
        {
            "comment_id": f"{author}-{number}",
            "platform": "tube",
            "author_id": author,
            "author_name": name,
            "text": f"{word} the lid of my kettle number {number}",
            "published_at": f"2026-03-0{number}T10:00:00Z",
        }
        for (author, name), word in zip(
            NAMES.items(), ("sadly", "sadly", "where is", "I like", "they sold"), strict=True
        )
        for number in range(1, 4)
    ]


def written(path: Path, found: list[dict[str, object]]) -> Path:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in found), encoding="utf-8")
    return path


@pytest.fixture
def settings(tmp_path: Path, model_cache: Path) -> Settings:
    return Settings(home=tmp_path / "var", cache=model_cache)


def test_each_account_gets_a_line_and_the_like_one_comes_first(tmp_path: Path, settings: Settings) -> None:
    lines = list(find_alternates(settings, written(tmp_path / "comments.jsonl", rows())))
    assert [line["account_id"] for line in lines] == [f"tube:{one}" for one in sorted(NAMES)]
    assert all(len(line["alternates"]) == len(NAMES) - 1 for line in lines)
    best = {line["account_id"]: line["alternates"][0] for line in lines}
    assert (best["tube:a1"]["account_id"], best["tube:a2"]["account_id"]) == ("tube:a2", "tube:a1")
    assert "name" in {reason["signal"] for reason in best["tube:a1"]["reasons"]}
    assert not settings.home.exists()


def test_the_brand_has_no_alternates_and_rows_without_author_are_left_out(tmp_path: Path, settings: Settings) -> None:
    brand = {"platform": "tube", "author_id": "brand", "text": "We are sorry to hear that", "is_brand": True}
    nobody = {"platform": "tube", "text": "who am I"}
    lines = list(find_alternates(settings, written(tmp_path / "c.jsonl", [*rows(), brand, nobody])))
    assert "brand" not in json.dumps(lines)
    assert len(lines) == len(NAMES)


def test_names_and_times_that_are_garbage_stop_nothing(tmp_path: Path, settings: Settings) -> None:
    odd = [{"author_id": n, "text": "🙄" if n else "?", "published_at": when} for n, when in enumerate([None, "x", 5])]
    assert len(list(find_alternates(settings, written(tmp_path / "c.jsonl", odd)))) == 3


def test_a_file_without_authors_can_not_be_used(tmp_path: Path, settings: Settings) -> None:
    path = written(tmp_path / "c.jsonl", [{"text": "hello", "user": "a"}])
    with pytest.raises(ColumnsMissing, match="author_id"):
        list(find_alternates(settings, path))
    with pytest.raises(SourceUnusable):
        list(find_alternates(settings, tmp_path / "none.jsonl"))


def test_the_command_writes_what_the_job_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [{"account_id": "tube:a1", "alternates": []}]
    monkeypatch.setattr(
        "becalm.jobs.job", lambda name: (lambda _settings, _comments: found) if name == "alternates" else None
    )
    comments, out = written(tmp_path / "c.jsonl", rows()), tmp_path / "out.jsonl"
    told = CliRunner().invoke(becalm, ["alternates", str(comments), "--out", str(out)])
    assert told.exit_code == 0, told.output
    assert [json.loads(line) for line in out.read_text().splitlines()] == found
    assert json.loads(CliRunner().invoke(becalm, ["alternates", str(comments)]).stdout) == found[0]


def test_a_wrong_path_is_told_before_anything_is_loaded(tmp_path: Path) -> None:
    told = CliRunner().invoke(becalm, ["alternates", str(tmp_path / "none.jsonl")])
    assert isinstance(told.exception, SourceUnusable)
