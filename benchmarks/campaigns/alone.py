"""One piece of work in a process of its own, so that its memory is its own:

    python -m benchmarks.campaigns.alone JOB FOLDER

FOLDER has the texts and receives vectors or labels; seconds and memory are printed as one line of JSON.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from time import perf_counter

import numpy as np

from becalm.settings import Settings
from benchmarks.bare import bare_openvino_seconds
from benchmarks.campaigns.peers import PEERS, Labels, Vectors, Work
from benchmarks.campaigns.static_model import distil
from embeddings.encoder import load_encoder

Figures = dict[str, float]

TEXTS, VECTORS, LABELS = "texts.json", "vectors.npy", "labels.npy"


def hand_over(texts: Sequence[str], folder: Path) -> None:
    """Put the texts where every job of this folder finds them."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / TEXTS).write_text(json.dumps(texts), encoding="utf-8")


def start(job: str, folder: Path) -> Figures:
    """Have it done in another process; CalledProcessError with what it wrote to standard error when it fails."""
    threads = str(Settings().threads)
    limits = {name: os.environ.get(name, threads) for name in ("OMP_NUM_THREADS", "RAYON_NUM_THREADS")}
    command = [sys.executable, "-m", "benchmarks.campaigns.alone", job, str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env={**os.environ, **limits})
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def labels_of(folder: Path) -> Labels:
    """What the peer that ran last said."""
    return np.asarray(np.load(folder / LABELS))


def peak_mib() -> float:
    """The most memory this process has held. `ru_maxrss` would remember the parent's as well (Linux, vfork)."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def encode(folder: Path) -> Figures:
    """Vectors of all texts by becalm's encoder, for every peer that wants some."""
    settings, texts = Settings(), _texts(folder)
    encoder = load_encoder(settings.model, backend=settings.backend, threads=settings.threads, cache=settings.cache)
    started = perf_counter()
    vectors = encoder.encode(texts)
    spent = perf_counter() - started
    np.save(folder / VECTORS, vectors)
    return {"seconds": spent}


def bare(folder: Path) -> Figures:
    """The model alone on the texts; the faster of two, for other work on the machine must not flatter a ratio."""
    settings, texts = Settings(), _texts(folder)
    spent = [bare_openvino_seconds(texts, settings.model, settings.cache, settings.threads) for _ in range(2)]
    return {"seconds": min(spent)}


def static(folder: Path) -> Figures:
    started = perf_counter()
    distil(Settings().model, folder)
    return {"seconds": perf_counter() - started}


def group(name: str, folder: Path) -> Figures:
    """The labels of a peer. Memory: with the data loaded and nothing else, and at the most."""
    peer = next(one for one in PEERS if one.name == name)
    vectors: Vectors = np.load(folder / VECTORS) if peer.uses_vectors else np.empty((0, 0), np.float32)
    work = Work(_texts(folder), vectors, folder)
    loaded = peak_mib()
    for module in peer.imports:
        import_module(module)
    started = perf_counter()
    found = peer.group(work)
    spent = perf_counter() - started
    np.save(folder / LABELS, found.labels)
    return {
        "seconds": spent - found.encoding_seconds,
        "encoding seconds": found.encoding_seconds,
        "loaded MiB": loaded,
        "peak MiB": peak_mib(),
    }


def _texts(folder: Path) -> list[str]:
    texts: list[str] = json.loads((folder / TEXTS).read_text("utf-8"))
    return texts


if __name__ == "__main__":
    jobs = {"encode": encode, "bare": bare, "static": static}
    wanted, where = sys.argv[1], Path(sys.argv[2])
    print(json.dumps(jobs[wanted](where) if wanted in jobs else group(wanted, where)))
