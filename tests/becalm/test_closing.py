import io

from rich.console import Console

from becalm.closing import print_closing

FIGURES = {
    "counts": {
        "rows": 12_345, "stored": 12_000, "changed": 5, "known": 300, "quarantined": 40,
        "quarantined by": {"text says something": 30, "published_at is a time with a zone": 10}, "texts": 9_000,
        "embedded": 8_000, "groups": {"campaign": 3, "echo": 70}, "cases": {"care": 11},
    },
    "seconds": {"take in comments": 1.234, "embed": 20.5},
    "peak_memory_mib": 1_500,
}  # fmt: skip


def shown(figures, *, terminal: bool) -> str:
    file = io.StringIO()
    print_closing(figures, startup=2.5, whole=30.0, console=Console(file=file, force_terminal=terminal, width=140))
    return file.getvalue()


def test_the_table_tells_what_became_of_every_row():
    lines = [" ".join(line.split()) for line in shown(FIGURES, terminal=False).splitlines()]
    assert lines == [
        "rows in 12,345", "stored 12,000", "changed 5", "known 300",
        "quarantined 40 text says something: 30; published_at is a time with a zone: 10",
        "distinct texts 9,000 8,000 embedded now", "groups: campaign 3", "groups: echo 70", "cases: care 11",
        "seconds: take in comments 1.23", "seconds: embed 20.50", "seconds in all 30.00 after 2.50 to start up",
        "peak memory 1,500 MiB",
    ]  # fmt: skip


def test_a_frame_is_for_terminals_only():
    assert "│" in shown(FIGURES, terminal=True)
    assert "│" not in shown(FIGURES, terminal=False)


def test_a_run_without_news_has_a_table_too():
    lines = shown({"counts": {}, "seconds": {}, "peak_memory_mib": 9}, terminal=False).splitlines()
    assert lines[0].split() == ["rows", "in", "0"]
