"""Input of every broken kind: one clear error before anything is written, or a row in quarantine; nothing is lost."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import select

from becalm.errors import BatchRefused, ColumnsMissing, SourceUnusable
from becalm.store import Comment, CommentVersion, Quarantined, RawRow, Store
from becalm.store.fixes import export_held, import_fixes
from tasks.replay import replay

Make = Callable[..., dict[str, Any]]

DATES = [
    "", " ", None, "yesterday", "2026-13-01T00:00:00Z", "2026-02-30T10:00:00Z", "2026-05-01T25:00:00Z",
    "2026-05-01T10:00:00", "2026-05-01", "1970-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
    "2026-05-01T10:00:00+99:99", 0, 1767225600, 1767225600000, True, [], {"at": 1},
]  # fmt: skip


def failed_by_id(home: Any) -> dict[str, list[str]]:
    """What each quarantined row failed, by its comment id."""
    rows = home.ask(select(RawRow.payload, Quarantined.expectations).join(Quarantined))
    failed = [[failure["expectation"] for failure in failures] for _, failures in rows]
    return {orjson.loads(row[0]).get("comment_id", "?"): names for row, names in zip(rows, failed, strict=True)}


def test_dates_of_every_broken_kind_are_quarantined_and_block_nothing(
    home: Any, comment: Make, write: Callable[..., Path]
) -> None:
    bad = [comment("When was that?", comment_id=f"bad{number}", published_at=date) for number, date in enumerate(DATES)]
    missing = comment("Never", comment_id="missing")
    del missing["published_at"]
    good = [comment(f"A good comment, the number {number}") for number in range(25)]
    counts = home.ingest(write([*bad, missing, *good]))
    assert (counts["rows"], counts["stored"], counts["quarantined"]) == (45, 25, 20)
    assert all(any("published_at" in each for each in failed) for failed in failed_by_id(home).values())
    assert len(home.ask(select(Comment.id))) == 25


def test_texts_that_say_nothing_or_too_much_are_quarantined(
    home: Any, comment: Make, write: Callable[..., Path]
) -> None:
    texts = ["x" * 2**20, "", "  \n", "\u200b\u200d\ufeff", 5, None, ["text"], "a\0b"]
    rows = [comment("", comment_id=f"bad{number}", text=text) for number, text in enumerate(texts)]
    counts = home.ingest(write([*rows, comment("All fine")]))
    assert (counts["stored"], counts["quarantined"]) == (1, len(texts))
    failed = failed_by_id(home)
    assert failed["bad0"] == ["text is not too long"]
    assert failed["bad1"] == failed["bad2"] == failed["bad3"] == ["text says something"]


def test_lines_that_are_no_rows_are_quarantined_as_they_came(
    home: Any, comment: Make, write: Callable[..., Path]
) -> None:
    broken = orjson.dumps(comment("caf~", comment_id="latin1")).replace(b"~", b"\xe9")
    counts = home.ingest(write([broken, b"{no json", b"[1, 2]", b"null", b'"text"', b"", comment("All fine")]))
    assert (counts["rows"], counts["stored"], counts["quarantined"]) == (6, 1, 5)
    assert failed_by_id(home)["latin1"] == ["the row is valid UTF-8"]
    payloads = [payload for (payload,) in home.ask(select(RawRow.payload))]
    assert any("{no json" in payload for payload in payloads)


def test_two_texts_under_one_id_are_an_edit_by_the_same_author_and_suspect_by_another(
    home: Any, comment: Make, write: Callable[..., Path]
) -> None:
    first = comment("The lid does not fit", comment_id="c1", author_id="ann")
    edited = {**first, "text": "The lid fits after all"}
    other = {**first, "text": "The lid is a scam", "author_id": "bob"}
    counts = home.ingest(write([first, edited, other]))
    assert (counts["stored"], counts["changed"], counts["quarantined"]) == (1, 1, 1)
    later = home.ingest(write([{**other, "text": "The lid is a scam, I say"}], "later.jsonl"))
    assert (later.get("stored", 0), later["quarantined"]) == (0, 1)
    assert home.ask(select(Comment.text)) == [("The lid fits after all",)]
    assert home.ask(select(CommentVersion.text)) == [("The lid does not fit",)]
    failed = [names for (names,) in home.ask(select(Quarantined.expectations))]
    assert {failure["expectation"] for names in failed for failure in names} == {
        "a comment has one author in its batch", "a stored comment keeps its author",
    }  # fmt: skip


def test_a_wrong_column_is_one_error_and_writes_nothing(
    moderated: Any, comment: Make, write: Callable[..., Path]
) -> None:
    tables = moderated.tables()
    rows = [comment("Text under another name") for _ in range(30)]
    for row in rows:
        row["message"] = row.pop("text")
    with pytest.raises(ColumnsMissing, match=r"no row has `text`; found: .*`message`"):
        moderated.ingest(write(rows))
    assert moderated.tables() == tables


def test_a_batch_with_too_many_bad_rows_writes_nothing(
    moderated: Any, comment: Make, write: Callable[..., Path]
) -> None:
    tables = moderated.tables()
    rows = [comment("" if number % 3 else "Good") for number in range(60)]
    with pytest.raises(BatchRefused, match=r"40 of 60 rows are bad, the limit is 50% .*text says something"):
        moderated.ingest(write(rows))
    assert moderated.tables() == tables
    assert moderated.changed(max_bad_share=0.9).ingest(write(rows))["quarantined"] == 40


def test_a_gzip_that_breaks_off_keeps_its_whole_batches_and_is_taken_in_again(
    home: Any, comment: Make, tmp_path: Path, write: Callable[..., Path]
) -> None:
    plain = write([comment(f"Comment {number} of a file that breaks off") for number in range(60)])
    whole = gzip.compress(plain.read_bytes(), compresslevel=0)
    path = tmp_path / "broken.jsonl.gz"
    path.write_bytes(whole[: len(whole) * 2 // 3])
    home = home.changed(batch_rows=25)
    with pytest.raises(SourceUnusable, match=r"broken.jsonl.gz: the gzip data break off after line \d+"):
        home.ingest(path)
    assert len(home.ask(select(Comment.id))) == 25
    path.write_bytes(whole)
    counts = home.ingest(path)
    assert (counts["known"], counts["stored"]) == (25, 35)
    assert len(home.ask(select(Comment.id))) == 60


def test_mended_rows_go_through_moderation_like_all_others(
    moderated: Any, comment: Make, write: Callable[..., Path], tmp_path: Path
) -> None:
    campaign = max(moderated.published("campaigns"), key=lambda row: row["comments"])
    lost = [comment(campaign["medoid_text"], comment_id=f"q{number}", published_at="soon") for number in range(3)]
    hopeless = comment("", comment_id="hopeless")
    counts = moderated.run(write([*lost, hopeless, comment("All fine")]))
    assert (counts["stored"], counts["quarantined"]) == (1, 4)

    mended = tmp_path / "held.jsonl"
    with Store.open(moderated.settings.store_url) as store, store.writing() as session:
        assert export_held(session, mended) == 4
        mended.write_bytes(mended.read_bytes().replace(b'"soon"', b'"2026-05-30T10:00:00Z"'))
        assert import_fixes(session, mended) == 3
    assert replay(moderated.settings) == {"replayed": 3, "held": 0}
    moderated.moderate()
    grown = {row["campaign_id"]: row["comments"] for row in moderated.published("campaigns")}
    assert grown[campaign["campaign_id"]] == campaign["comments"] + 3
    assert {assigned for assigned in moderated.assigned() if assigned.startswith("q")} == {"q0", "q1", "q2"}

    tables = moderated.tables()
    assert replay(moderated.settings, everything=True) == {"replayed": 0, "held": 1}
    moderated.moderate()
    after = moderated.tables()
    assert {name for name in tables if tables[name] != after[name]} <= {"batches", "stage_marks"}
