import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from becalm.errors import FixesUnusable, SourceUnusable
from becalm.store import Batch, RawRow, Store
from becalm.store.fixes import export_held, import_fixes
from becalm.store.quarantine import dismiss, hold, to_replay

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
BIG = (1 << 62) + 1  # more than a float can tell apart
EMPTY = {"expectation": "text says something", "found": "an empty text"}

PAYLOADS = {
    BIG: '{"comment_id": "c1", "text": ""}',
    2: '{"comment_id": "c2", "text": "caf\ufffd ☕", "_invalid_utf8": true}',
    3: '{"_unreadable": "no JSON", "content": "{oops"}',
    4: "a line that never was JSON",
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path / 'becalm.db'}") as opened:
        with opened.writing() as session:
            session.add(Batch(id=1, run_id="r", source="a.jsonl", first_line=1, rows=4, collected_at=NOW))
            session.flush()
            session.add_all(
                RawRow(id=number, batch_id=1, line=line, payload=payload)
                for line, (number, payload) in enumerate(PAYLOADS.items())
            )
            session.flush()
            hold(session, {number: [EMPTY] for number in PAYLOADS}, NOW)
        yield opened


@pytest.fixture
def file(store: Store, tmp_path: Path) -> Path:
    path = tmp_path / "held" / "rows.jsonl"
    with store.reading() as session:
        assert export_held(session, path) == 4
    return path


def edit(file: Path, change: Callable[[list[dict[str, Any]]], None]) -> None:
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    change(lines)
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines))


def mended(store: Store) -> dict[int, Any]:
    with store.reading() as session:
        return {row.raw_row_id: json.loads(row.payload) for row in to_replay(session)}


def test_exported_line_shows_the_row_and_what_it_failed(file):
    first, second, third, fourth = (json.loads(line) for line in file.read_text().splitlines())
    assert first == {
        "row_id": str(BIG),
        "failed": ["text says something (found: an empty text)"],
        "row": {"comment_id": "c1", "text": ""},
    }
    assert second["row"] == {"comment_id": "c2", "text": "caf\ufffd ☕"}
    assert (third["row"]["content"], fourth["row"]) == ("{oops", PAYLOADS[4])


def test_unedited_file_changes_nothing(store, file):
    with store.writing() as session:
        assert import_fixes(session, file) == 0
    assert mended(store) == {}


def test_edited_rows_are_taken_over_and_others_left(store, file):
    def change(lines):
        lines[0]["row"]["text"] = "now with words"
        lines[3]["row"] = {"comment_id": "c4", "text": "written anew"}

    edit(file, change)
    with store.writing() as session:
        assert import_fixes(session, file) == 2
    assert mended(store) == {
        BIG: {"comment_id": "c1", "text": "now with words"},
        4: {"comment_id": "c4", "text": "written anew"},
    }


def test_lines_may_be_left_out_and_blank_and_ids_be_numbers(store, file):
    file.write_text(f'\n{{"row_id": {BIG}, "row": {{"text": "hi"}}}}\n\n')
    with store.writing() as session:
        assert import_fixes(session, file) == 1
    assert mended(store) == {BIG: {"text": "hi"}}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{oops", "no JSON"),
        ("[]", "a line needs `row_id` and `row`"),
        ('{"row_id": "2"}', "a line needs `row_id` and `row`"),
        ('{"row_id": "77", "row": {}}', "row_id 77 is not held open"),
        (f'{{"row_id": "{BIG}", "row": {{}}}}', f"row_id {BIG} stands twice"),
        ('{"row_id": "2", "row": "text"}', "`row` is no JSON object"),
        ('{"row_id": "2", "row": null}', "`row` is no JSON object"),
    ],
)
def test_wrong_line_is_named_and_nothing_is_changed(store, tmp_path, line, why):
    path = tmp_path / "fixes.jsonl"
    path.write_text(f'{{"row_id": "{BIG}", "row": {{"text": "fine"}}}}\n{line}\n')
    with pytest.raises(FixesUnusable, match=f"fixes.jsonl:2: {why}"), store.writing() as session:
        import_fixes(session, path)
    assert mended(store) == {}


def test_bytes_that_are_no_utf8_are_named_by_line(store, tmp_path):
    path = tmp_path / "fixes.jsonl"
    path.write_bytes(b'{"row_id": "2", "row": {"text": "caf\xe9"}}\n')
    with pytest.raises(FixesUnusable, match=r"fixes.jsonl:1: no JSON"), store.writing() as session:
        import_fixes(session, path)


def test_row_closed_meanwhile_is_refused(store, file):
    with store.writing() as session:
        dismiss(session, 2)
    with pytest.raises(FixesUnusable, match=":2: row_id 2 is not held open"), store.writing() as session:
        import_fixes(session, file)


def test_file_that_is_not_there_is_one_clear_line(store, tmp_path):
    with pytest.raises(SourceUnusable, match="can't be read"), store.reading() as session:
        import_fixes(session, tmp_path / "none.jsonl")


def test_place_that_can_not_be_written_is_one_clear_line(store, tmp_path):
    (tmp_path / "blocked").write_text("a file")
    with pytest.raises(SourceUnusable, match="can't be written"), store.reading() as session:
        export_held(session, tmp_path / "blocked" / "rows.jsonl")
