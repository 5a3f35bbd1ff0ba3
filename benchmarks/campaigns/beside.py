"""becalm and its peers on one labelled set."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import harmonic_mean
from typing import Any

from becalm.campaigns.score import bcubed, score
from benchmarks.campaigns.alone import hand_over, labels_of, start
from benchmarks.campaigns.disguises import Campaign, Truth, by_disguise, worst_kinds
from benchmarks.campaigns.ours import Distinct, Ours, assigned, distinct_texts, run_becalm
from benchmarks.campaigns.peers import FLAGGED_CHARACTERS, PEERS, Peer, flagged
from benchmarks.campaigns.sets import LabelledSet

Row = dict[str, Any]
Figures = dict[str, Any]


def measure_labelled(given: LabelledSet, folder: Path, peers: Iterable[Peer] = PEERS) -> Figures:
    """Every tool on the same distinct texts: seconds, memory and scores.

    becalm does its whole run on all comments. Peers are spared texts too short to count and what the brand wrote.
    """
    ours = run_becalm(given.folder, folder / "home")
    everything = distinct_texts(ours.home)
    bare = bare_encoding(everything.texts, folder / "bare")
    campaigns = assigned(ours.home)
    rows = [{**of_becalm(ours, bare), **judged(given.truth, campaigns)}]
    long = everything.of_length(FLAGGED_CHARACTERS)
    for row, groups in of_peers(long, folder / "peers", peers):
        rows.append({**row, **judged(given.truth, groups)})
    return {
        "set": given.name,
        "comments": len(everything.rows),
        "texts": len(everything.texts),
        "texts of peers": len(long.texts),
        "stages": ours.seconds,
        "work seconds": ours.work_seconds,
        "bare encoding seconds": bare,
        "worst": worst_kinds(given.truth, campaigns),
        "rows": rows,
    }


def bare_encoding(texts: list[str], folder: Path) -> float:
    """Seconds of the model alone on these texts, in this run."""
    hand_over(texts, folder)
    return start("bare", folder)["seconds"]


def of_becalm(ours: Ours, bare: float) -> Row:
    return {
        "tool": "becalm",
        "seconds": ours.finding_seconds,
        "encoding seconds": ours.encoding_seconds,
        "peak MiB": ours.peak_mib,
        "finding / bare encoding": ours.finding_seconds / bare,
        "all but encoding / bare encoding": (ours.work_seconds - ours.encoding_seconds) / bare,
    }


def of_peers(texts: Distinct, folder: Path, peers: Iterable[Peer], at_least: int = 4) -> Iterable[tuple[Row, Any]]:
    """The figures of each peer, and the group of every comment that it flags."""
    hand_over(texts.texts, folder)
    encoding = start("encode", folder)["seconds"]
    if any(peer.uses_static_model for peer in peers):
        start("static", folder)
    for peer in peers:
        figures = start(peer.name, folder)
        spent = encoding if peer.uses_vectors else figures["encoding seconds"]
        row = {"tool": peer.name, **figures, "encoding seconds": spent}
        yield row, flagged(labels_of(folder), texts.rows, at_least)


def judged(truth: Mapping[str, Truth], groups: Mapping[str, Campaign]) -> Row:
    scored = score(truth, groups)
    b3 = {"B3 precision": scored.bcubed_precision, "B3 recall": scored.bcubed_recall, "B3 F1": scored.bcubed_f1}
    flagging = {"recall": scored.recall, "precision": scored.precision, "strict F1": scored.strict_f1}
    return {**flagging, **b3, "disguises": by_disguise(truth, groups)}


def measure_clusters(
    given: LabelledSet, clusters: Mapping[str, str], folder: Path, peers: Iterable[Peer] = PEERS
) -> Figures:
    """B-cubed over clusters in which every item counts; an item that nothing was found for is alone."""
    ours = run_becalm(given.folder, folder / "home")
    texts = distinct_texts(ours.home)
    rows = [
        {"tool": "becalm, campaigns", **clustered(clusters, assigned(ours.home))},
        {"tool": "becalm, groups before the verdict", **clustered(clusters, assigned(ours.home, "group_id"))},
    ]
    for row, groups in of_peers(texts, folder / "peers", peers, at_least=2):
        rows.append({**row, **clustered(clusters, groups)})
    return {"set": given.name, "comments": len(texts.rows), "clusters": len(set(clusters.values())), "rows": rows}


def clustered(clusters: Mapping[str, str], groups: Mapping[str, Campaign]) -> Row:
    precision, recall = bcubed(clusters, {one: groups.get(one, ("alone", one)) for one in clusters})
    return {"B3 precision": precision, "B3 recall": recall, "B3 F1": harmonic_mean([precision, recall])}
