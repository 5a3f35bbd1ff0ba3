"""Measure becalm and print a table; the figures go to var/bench.json too.

Seconds are from a shared machine: read the ratios, which are of one run. With `../shared` beside the checkout the
labelled YouTube comments are used, elsewhere a simulated stream of the same size (and campaigns are scored on that).
"""

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select

from becalm.settings import Settings
from becalm.simulate import simulate
from becalm.store import Store, Text, Vector
from benchmarks import next_case, replay
from benchmarks.bare import bare_openvino_seconds, becalm_seconds, torch_seconds
from benchmarks.runs import Ran, help_seconds, run, score, tables_digest

SHARED = Path(__file__).resolve().parents[2] / "shared"
RESULT = Path("var/bench.json")
LIKE_YOUTUBE = 40_925
ENCODED_SIDE_BY_SIDE = 6_000
ENCODED_BY_TORCH = 1_500
ON_TOP = 1_000
OPEN = 100_000
DECIDED = 50_000


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value and the line it should stay on one side of; `limit` None is only told."""

    name: str
    value: float
    unit: str = ""
    at_most: float | None = None
    at_least: float | None = None

    @property
    def is_reached(self) -> bool:
        return (self.at_most is None or self.value <= self.at_most) and (
            self.at_least is None or self.value >= self.at_least
        )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        figures = list(measure(Path(folder)))
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps([_as_dict(one) for one in figures], indent=1) + "\n", encoding="utf-8")
    print_table(figures)


def measure(folder: Path) -> Iterator[Figure]:
    settings = Settings(home=folder / "home")
    comments = stream(folder)
    first = run(comments, settings.home)
    before = tables_digest(settings.home)
    texts = distinct_texts(settings)
    # The faster of two: whatever else the machine did meanwhile must not flatter the ratio.
    bare = min(bare_openvino_seconds(texts, settings.model, settings.cache, settings.threads) for _ in range(2))
    yield from of_first_run(first, bare, len(texts))
    yield from of_encoder(texts, settings)
    again = run(comments, settings.home)
    yield Figure("second run / first", again.work_seconds / first.work_seconds, at_most=0.1)
    yield Figure("tables changed by it", int(tables_digest(settings.home) != before), at_most=0)
    if SHARED.exists():
        yield from of_campaigns(settings.home)
    yield from of_more(folder, settings)
    yield from of_desk()
    yield Figure("becalm --help", help_seconds(), "s", at_most=0.5)


def stream(folder: Path) -> Path:
    """The labelled comments where they are at hand, else simulated ones."""
    labelled = SHARED / "data" / "youtube-2013"
    if labelled.exists():
        return labelled
    Console(stderr=True).print("no ../shared here: measuring on a simulated stream, campaigns unscored")
    return simulate(folder / "stream", comments=LIKE_YOUTUBE, days=60, seed=1).out


def of_first_run(first: Ran, bare: float, texts: int) -> Iterator[Figure]:
    yield Figure("comments", first.counts["rows"])
    yield Figure("distinct texts", texts)
    yield Figure("bare encoding of them", bare, "s")
    yield Figure("run, first row to last file", first.work_seconds, "s")
    yield Figure("run / bare encoding", first.work_seconds / bare, at_most=1.5)
    yield Figure("start-up", first.startup_seconds, "s", at_most=20)
    yield Figure("peak memory", first.peak_memory_mib / 1024, "GiB", at_most=3)
    for stage, seconds in first.seconds.items():
        yield Figure(f"  {stage}", seconds, "s")


def of_encoder(texts: list[str], settings: Settings) -> Iterator[Figure]:
    """Evenly spread samples, in turn, so that all see the same lengths and the same machine."""
    sample, small = (
        texts[:: max(1, len(texts) // ENCODED_SIDE_BY_SIDE)],
        texts[:: max(1, len(texts) // ENCODED_BY_TORCH)],
    )
    bare = [bare_openvino_seconds(sample, settings.model, settings.cache, settings.threads) for _ in range(3)]
    ours = [becalm_seconds(sample, settings.model, settings.cache, settings.threads) for _ in range(3)]
    plain = torch_seconds(small, settings.model) / len(small)
    yield Figure("encoder, texts a second", len(sample) / min(ours))
    yield Figure("encoder / bare loop (speed)", sorted(bare)[1] / sorted(ours)[1], at_least=0.85)
    yield Figure("encoder / SentenceTransformer.encode (speed)", plain / (sorted(ours)[1] / len(sample)), at_least=5)


def of_campaigns(home: Path) -> Iterator[Figure]:
    scored = score(SHARED, home)
    yield Figure("campaign recall", scored["recall"])
    yield Figure("campaign precision", scored["precision"])
    yield Figure("campaign strict F1", scored["F1 strict"], at_least=0.86)
    yield Figure("campaign B-cubed F1", scored["B3 F1"], at_least=0.70)


def of_desk() -> Iterator[Figure]:
    """What people at the desk wait for: the next case, and a draft tried on the past."""
    yield Figure(
        "claim of the next of 100,000 open cases, median", next_case.measure(OPEN)["median_ms"], "ms", at_most=5
    )
    yield Figure("replay of 50,000 decided comments", replay.measure(DECIDED)["seconds"], "s", at_most=60)


def of_more(folder: Path, settings: Settings) -> Iterator[Figure]:
    """New comments on top of known ones."""
    more = simulate(folder / "more", comments=ON_TOP, days=3, seed=9)
    known = count_vectors(settings)
    ran = run(more.out, settings.home)
    yield Figure(f"{ON_TOP:,} comments on top", ran.work_seconds, "s")
    yield Figure("known texts embedded again", ran.counts["embedded"] - (count_vectors(settings) - known), at_most=0)


def distinct_texts(settings: Settings) -> list[str]:
    with Store.open(settings.store_url) as store, store.reading() as session:
        return list(session.scalars(select(Text.normalised).order_by(Text.id)))


def count_vectors(settings: Settings) -> int:
    with Store.open(settings.store_url) as store, store.reading() as session:
        return session.scalar(select(func.count()).select_from(Vector)) or 0


def print_table(figures: list[Figure]) -> None:
    table = Table("figure", "measured", "", "reach", "", box=None)
    for one in figures:
        reach = f"<= {one.at_most:g}" if one.at_most is not None else f">= {one.at_least:g}" if one.at_least else ""
        verdict = ("reached" if one.is_reached else "MISSED") if reach else ""
        value = f"{one.value:,.0f}" if float(one.value).is_integer() else f"{one.value:,.3f}"
        table.add_row(one.name, value, one.unit, reach, verdict)
    Console().print(table)


def _as_dict(one: Figure) -> dict[str, object]:
    reach = {"at_most": one.at_most, "at_least": one.at_least}
    return {"name": one.name, "value": one.value, "unit": one.unit, **reach, "reached": one.is_reached}


if __name__ == "__main__":
    main()
