"""Measure what all signals of a comment cost beside its encoding.

    python -m benchmarks.signals.cost DATA [--home HOME]

DATA holds youtube-2013/. The same comments are encoded and scored in turn, by the time of this process alone, so that
neither a busy machine nor its speed tells: read the ratio.
"""

import argparse
from collections import defaultdict
from pathlib import Path
from statistics import median
from time import process_time

import numpy as np

from becalm.settings import Settings
from becalm.signals import Company, Context, Evidence, Surroundings, score_comments
from benchmarks.signals.examples import read_rows
from embeddings.encoder import Encoder
from embeddings.normalise import normalise
from tasks.model import encoder_of

COMMENTS, TURNS = 6_000, 5
KEPT = 32


def evidence_of(data: Path, encoder: Encoder) -> list[Evidence]:
    """The first comments of the set with their vectors and all that is around them, as a run has them."""
    rows = read_rows(data / "youtube-2013" / "comments.jsonl.gz")[:COMMENTS]
    threads = read_rows(data / "youtube-2013" / "threads.jsonl")
    posts = [normalise(f"{one['title']} {one['text']}") for one in threads]
    ids = [one["thread_id"] for one in threads]
    about = dict(zip(ids, map(Context, posts, encoder.encode(posts)), strict=True))
    texts = [normalise(row["text"]) for row in rows]
    vectors = encoder.encode(texts)
    there: defaultdict[str, dict[int, np.ndarray]] = defaultdict(dict)
    for place, (row, vector) in enumerate(zip(rows, vectors, strict=True)):
        if len(there[row["thread_id"]]) < KEPT:
            there[row["thread_id"]][place] = vector
    company = {thread: Company.of(kept) for thread, kept in there.items()}
    found = []
    for place, (row, text, vector) in enumerate(zip(rows, texts, vectors, strict=True)):
        others = company[row["thread_id"]]
        around = Surroundings(about[row["thread_id"]], None, others.without(place, vector) if others else None)
        found.append(Evidence(row["text"], text, around, vector=vector))
    return found


def measure(data: Path, home: Path) -> str:
    encoder = encoder_of(Settings(home=home))
    evidence = evidence_of(data, encoder)
    texts = sorted({one.normalised for one in evidence})
    score_comments(evidence[:500])
    encoding, scoring = [], []
    for _ in range(TURNS):
        started = process_time()
        encoder.encode(texts)
        encoding.append(process_time() - started)
        started = process_time()
        score_comments(evidence)
        scoring.append(process_time() - started)
    each = [1000 * median(spent) / len(evidence) for spent in (encoding, scoring)]
    ratio = median(one / other for one, other in zip(scoring, encoding, strict=True))
    return (
        f"{len(evidence):,} comments of {len(texts):,} texts: encoding {each[0]:.3f} ms a comment, "
        f"signals {each[1]:.3f}, ratio {ratio:.3f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--home", type=Path, default=Path("var"))
    arguments = parser.parse_args()
    print(measure(arguments.data, arguments.home))


if __name__ == "__main__":
    main()
