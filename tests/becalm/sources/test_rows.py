import gzip
import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from becalm.errors import SourceUnusable
from becalm.sources import INVALID_UTF8, UNREADABLE, read_rows
from becalm.store.keep import raw_row_id

ROWS: list[dict[str, Any]] = [
    {"comment_id": "c1", "text": "A kettle, a lid\nand a \"dent\"", "likes": 3, "rating": 4.5, "is_brand": False},
    {"comment_id": "c2", "text": "привет ☕", "likes": None, "rating": None, "is_brand": True},
    {"comment_id": "c3", "text": "=1+1", "likes": 0, "rating": 5.0, "is_brand": None},
]  # fmt: skip


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [row for _, row in read_rows(path)]


def as_json_lines(path: Path) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS), "utf-8")


def as_csv(path: Path) -> None:
    pd.DataFrame(ROWS).astype({"likes": "Int64", "is_brand": "boolean"}).to_csv(path, index=False)


def as_parquet(path: Path) -> None:
    pd.DataFrame(ROWS).astype({"likes": "Int64", "is_brand": "boolean"}).to_parquet(path)


WRITERS = {
    "a.jsonl": as_json_lines, "a.ndjson": as_json_lines, "a.csv": as_csv, "a.parquet": as_parquet,
    "comments.csv.jsonl": as_json_lines, "A.JSONL": as_json_lines,
}  # fmt: skip


@pytest.mark.parametrize("name", WRITERS)
def test_all_formats_give_equal_rows_with_equal_ids(tmp_path, name):
    WRITERS[name](tmp_path / name)
    assert rows_of(tmp_path / name) == ROWS
    assert [raw_row_id(row) for row in rows_of(tmp_path / name)] == [raw_row_id(row) for row in ROWS]


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_gzipped_is_the_same(tmp_path, name):
    WRITERS[name](tmp_path / name)
    (tmp_path / f"{name}.gz").write_bytes(gzip.compress((tmp_path / name).read_bytes()))
    assert list(read_rows(tmp_path / f"{name}.gz")) == list(read_rows(tmp_path / name))


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.jsonl.gz"])
def test_an_empty_file_has_no_rows(tmp_path, name):
    (tmp_path / name).write_bytes(gzip.compress(b"") if name.endswith(".gz") else b"")
    assert rows_of(tmp_path / name) == []


def test_lines_are_counted_as_an_editor_shows_them(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"a": 1}\r\n\r\n   \n{"a": 2}\n{"a": 3}')
    assert list(read_rows(path)) == [(1, {"a": 1}), (4, {"a": 2}), (5, {"a": 3})]


def test_csv_of_a_spreadsheet_is_read(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b'\xef\xbb\xbfcomment_id,text,likes\r\nc1,"two\r\nlines",7\r\n\r\nc2,"a ""word""",\r\nc3,,x\r\n')
    assert list(read_rows(path)) == [
        (3, {"comment_id": "c1", "text": "two\r\nlines", "likes": 7}),
        (5, {"comment_id": "c2", "text": 'a "word"', "likes": None}),
        (6, {"comment_id": "c3", "text": None, "likes": "x"}),
    ]


def test_csv_rows_that_are_too_short_or_too_long_lose_nothing(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("comment_id,text\nc1\nc2,hello,more,and more\n")
    assert rows_of(path) == [
        {"comment_id": "c1", "text": None},
        {"comment_id": "c2", "text": "hello", "_surplus": ["more", "and more"]},
    ]


@pytest.mark.parametrize(
    ("cell", "value"),
    [("True", True), ("no", False), ("1", True), ("", None), ("perhaps", "perhaps")],
)
def test_csv_truth_values_get_their_type_back(tmp_path, cell, value):
    (tmp_path / "a.csv").write_text(f"comment_id,is_brand\nc,{cell}\n")
    assert rows_of(tmp_path / "a.csv") == [{"comment_id": "c", "is_brand": value}]


@pytest.mark.parametrize("cell", ["9" * 25, "9" * 5_000, "-" + "9" * 30, "12.5", "1e3", "many", "٣٤x"])
def test_csv_likes_that_are_no_count_stay_for_the_check(tmp_path, cell):
    (tmp_path / "a.csv").write_text(f"comment_id,likes\nc,{cell}\n")
    (row,) = rows_of(tmp_path / "a.csv")
    assert row["likes"] == cell
    raw_row_id(row)


@pytest.mark.parametrize("cell", ["nan", "inf", "-inf", "1e400"])
def test_csv_ratings_that_json_could_not_hold_stay_for_the_check(tmp_path, cell):
    (tmp_path / "a.csv").write_text(f"comment_id,rating\nc,{cell}\n")
    assert rows_of(tmp_path / "a.csv")[0]["rating"] == cell


@pytest.mark.parametrize(
    "line",
    [
        b'{"a": 1', b"no json", b'{"a": NaN}', b'{"a": Infinity}', b'{"a": "\\ud800"}', b"{'a': 1}", b"\x00",
        b"[" * 5_000, b'{"a": ' + b"[" * 400 + b"]" * 400 + b"}", b'{"a": 1} {"b": 2}',
    ],
)  # fmt: skip
def test_a_line_that_is_no_row_says_why_and_stops_nothing(tmp_path, line):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"a": 1}\n' + line + b'\n{"a": 2}\n')
    first, broken, last = rows_of(path)
    assert (first, last) == ({"a": 1}, {"a": 2})
    assert "JSON" in broken[UNREADABLE]
    raw_row_id(broken)


@pytest.mark.parametrize("line", ["1", "null", '"text"', "[1, 2]", "true"])
def test_json_that_is_no_object_is_no_row(tmp_path, line):
    path = tmp_path / "a.jsonl"
    path.write_text(line)
    assert list(rows_of(path)[0]) == [UNREADABLE]


def test_invalid_utf8_is_mended_and_marked(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "caf\xe9"}\n{"text": "fine"}\n')
    assert rows_of(tmp_path / "a.jsonl") == [{"text": "caf\ufffd", INVALID_UTF8: True}, {"text": "fine"}]
    (tmp_path / "a.csv").write_bytes(b"comment_id,text\nc1,caf\xe9\nc2,fine\n")
    assert [row.get(INVALID_UTF8) for row in rows_of(tmp_path / "a.csv")] == [True, None]


def test_huge_numbers_are_rows_that_can_be_kept(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"likes": 123456789012345678901234567890}\n{"likes": 18446744073709551615}\n')
    for row in rows_of(path):
        assert row["likes"] > 2**63
        raw_row_id(row)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.binary(max_size=300))
def test_any_bytes_are_rows_that_can_be_kept(tmp_path, content):
    for name in ("any.jsonl", "any.csv"):
        (tmp_path / name).write_bytes(content)
        try:
            found = list(read_rows(tmp_path / name))
        except SourceUnusable:
            continue
        for _, row in found:
            raw_row_id(row)


def test_a_gzip_that_breaks_off_gives_its_whole_lines_first(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    whole = gzip.compress(b"".join(b'{"a": %d}\n' % number for number in range(20_000)))
    path.write_bytes(whole[: len(whole) // 2])
    seen = []
    with pytest.raises(SourceUnusable, match=r"a\.jsonl\.gz: the gzip data break off after line \d+"):
        seen.extend(row for row in read_rows(path))
    assert len(seen) > 1_000
    assert seen == [(number + 1, {"a": number}) for number in range(len(seen))]


@pytest.mark.parametrize("content", [b"no gzip at all", gzip.compress(b'{"a": 1}\n')[:-4] + b"abcd"])
def test_a_broken_gzip_is_told(tmp_path, content):
    (tmp_path / "a.jsonl.gz").write_bytes(content)
    with pytest.raises(SourceUnusable, match="gzip"):
        rows_of(tmp_path / "a.jsonl.gz")


@pytest.mark.parametrize("content", [b"", b"no parquet at all", b"PAR1PAR1"])
def test_a_broken_parquet_is_told(tmp_path, content):
    (tmp_path / "a.parquet").write_bytes(content)
    with pytest.raises(SourceUnusable, match="no readable Parquet"):
        rows_of(tmp_path / "a.parquet")


def test_parquet_values_become_what_json_knows(tmp_path):
    moment = datetime(2026, 3, 1, 12, tzinfo=UTC)
    row = {
        "moment": moment, "day": date(2026, 3, 1), "clock": time(12, 30), "span": timedelta(seconds=90),
        "money": Decimal("12.50"), "bytes": b"caf\xe9", "gap": float("nan"),
        "nested": {"at": moment, "all": [Decimal(1)]},
    }  # fmt: skip
    pd.DataFrame([row]).to_parquet(tmp_path / "a.parquet")
    (read,) = rows_of(tmp_path / "a.parquet")
    assert json.loads(json.dumps(read)) == read
    assert read["moment"] == "2026-03-01T12:00:00+00:00"
    assert (read["day"], read["money"], read["bytes"], read["gap"]) == ("2026-03-01", "12.50", "caf\ufffd", None)
    assert read["nested"] == {"all": ["1"], "at": "2026-03-01T12:00:00+00:00"}


def test_rows_of_parquet_are_counted_from_one(tmp_path):
    as_parquet(tmp_path / "a.parquet")
    assert [number for number, _ in read_rows(tmp_path / "a.parquet")] == [1, 2, 3]


@pytest.mark.parametrize("name", ["a.txt", "a", "jsonl", "a.jsonl.bz2", "a.xlsx"])
def test_an_unknown_format_is_told_with_the_known_ones(tmp_path, name):
    (tmp_path / name).write_text("{}")
    with pytest.raises(SourceUnusable, match=r"it should end in \.jsonl"):
        rows_of(tmp_path / name)


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv.gz", "a.parquet"])
def test_a_file_that_cannot_be_opened_is_told(tmp_path, name):
    with pytest.raises(SourceUnusable, match=name):
        rows_of(tmp_path / name)
    (tmp_path / name).mkdir()
    with pytest.raises(SourceUnusable, match=name):
        rows_of(tmp_path / name)
