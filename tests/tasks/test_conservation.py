"""Every row that comes in ends as stored, changed, quarantined or known, whatever is mixed with what."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from becalm.store import Comment, Quarantined, RawRow

# Few ids, authors and texts, so that edits, repeats and foreign claims come about by themselves.
ROWS = st.fixed_dictionaries(
    {
        "comment_id": st.sampled_from(["c1", "c2", "c3", "c4", ""]),
        "platform": st.sampled_from(["clipshare", "Clip Share"]),
        "channel": st.just("lantern-tea"),
        "thread_id": st.just("t"),
        "author_id": st.sampled_from(["ann", "ann", "ann", "bob"]),
        "text": st.sampled_from(["Good tea", "Bad tea", "No tea", "\u200b", 7]),
        "published_at": st.sampled_from(["2026-05-01T10:00:00Z", "2026-05-01T10:00:00Z", "in May"]),
    }
)
LINES = st.lists(st.one_of(ROWS.map(orjson.dumps), st.just(b"{broken")), max_size=18)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.lists(LINES, min_size=1, max_size=2), batch_rows=st.sampled_from([7, 1_000]))
def test_rows_in_are_rows_accounted_for(home: Any, files: list[list[bytes]], batch_rows: int) -> None:
    with TemporaryDirectory() as folder:
        home = home.changed(home=Path(folder) / "home", batch_rows=batch_rows, max_bad_share=1.0)
        totals = dict.fromkeys(("rows", "stored", "changed", "quarantined", "known"), 0)
        for number, lines in enumerate(files):
            path = Path(folder) / f"{number}.jsonl"
            path.write_bytes(b"".join(line + b"\n" for line in lines))
            counts = home.ingest(path)
            ends = {name: counts.get(name, 0) for name in totals}
            assert ends["rows"] == len(lines) == sum(ends.values()) - ends["rows"]
            totals = {name: totals[name] + ends[name] for name in totals}
        stored, held, raw = (
            home.ask(select(func.count()).select_from(table))[0][0] for table in (Comment, Quarantined, RawRow)
        )
        assert (stored, held) == (totals["stored"], totals["quarantined"])
        assert raw == totals["rows"] - totals["known"] == len({orjson_key(line) for lines in files for line in lines})


def orjson_key(line: bytes) -> bytes:
    """The content of a row, as which it is known again."""
    return line if line == b"{broken" else orjson.dumps(orjson.loads(line), option=orjson.OPT_SORT_KEYS)
