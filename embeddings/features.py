"""What a group looks like, in numbers: who wrote it, where, when, and how tightly the wording is shared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from embeddings.arrays import Floats, Ids, Vectors
from embeddings.characters import Shingles
from embeddings.groups import Group

FEATURES = (
    "log_comments",
    "log_texts",
    "texts_per_comment",
    "log_accounts",
    "accounts_per_comment",
    "busiest_account_share",
    "log_threads",
    "threads_per_comment",
    "log_length",
    "length",
    "tightness",
    "tightness_by_length",
    "meaning",
    "log_span",
    "log_gap",
    "promotion",
    "links",
)


@dataclass(frozen=True, slots=True)
class CommentFacts:
    """Columns over the comments of grouped texts, all of one length. Times are seconds since 1970."""

    text_id: Ids
    account: Ids
    thread: Ids
    time: Floats


@dataclass(frozen=True, slots=True)
class TextFacts:
    """What is known of one text: its normalised form, its vector if the encoder reads it, and its wording."""

    normalised: str
    vector: Vectors | None
    promotion: float
    complaint: float
    has_link: bool


@dataclass(frozen=True, slots=True)
class Description:
    """A group in numbers: `features` in the order of FEATURES, and the counts people ask for."""

    features: Floats
    comments: int
    texts: int
    accounts: int
    threads: int
    first_seen: float
    last_seen: float
    complaint: float

    def __getitem__(self, name: str) -> float:
        return float(self.features[FEATURES.index(name)])


def describe(groups: Sequence[Group], comments: CommentFacts, texts: Mapping[int, TextFacts]) -> list[Description]:
    """One description a group, in their order."""
    order = np.argsort(comments.text_id, kind="stable")
    sorted_ids = comments.text_id[order]
    shingles, rows = _shingles(groups, texts)
    described = []
    for group in groups:
        ids = np.asarray(group.text_ids, np.int64)
        spans = zip(
            np.searchsorted(sorted_ids, ids, "left").tolist(),
            np.searchsorted(sorted_ids, ids, "right").tolist(),
            strict=True,
        )
        mine = np.concatenate([order[start:end] for start, end in spans])
        tightness = _tightness(group, shingles, rows)
        described.append(_describe_one(mine, comments, [texts[one] for one in group.text_ids], tightness))
    return described


def _shingles(groups: Sequence[Group], texts: Mapping[int, TextFacts]) -> tuple[Shingles, dict[int, int]]:
    ids = [text_id for group in groups for text_id in group.text_ids]
    return Shingles([texts[one].normalised for one in ids]), {one: row for row, one in enumerate(ids)}


def _tightness(group: Group, shingles: Shingles, rows: Mapping[int, int]) -> float:
    """Mean Jaccard index of the other members with the medoid; 1 for a single text."""
    if len(group.members) == 1:
        return 1.0
    others = np.array([rows[one] for one in group.text_ids[1:]])
    return float(shingles.jaccard(np.full(len(others), rows[group.medoid_id]), others).mean())


def _describe_one(mine: Ids, comments: CommentFacts, texts: Sequence[TextFacts], tightness: float) -> Description:
    count = len(mine)
    _, by_account = np.unique(comments.account[mine], return_counts=True)
    threads = len(np.unique(comments.thread[mine]))
    times = np.sort(comments.time[mine])
    length = float(np.mean([len(text.normalised) for text in texts]))
    features = (
        np.log(count),
        np.log(len(texts)),
        len(texts) / count,
        np.log(len(by_account)),
        len(by_account) / count,
        by_account.max() / count,
        np.log(threads),
        threads / count,
        np.log(max(length, 1)),
        length / 100,
        tightness,
        tightness * np.log(max(length, 1)),
        _closeness([text.vector for text in texts if text.vector is not None]),
        np.log1p(times[-1] - times[0]),
        np.log1p(np.median(np.diff(times))) if count > 1 else 0.0,
        np.mean([text.promotion for text in texts]),
        np.mean([text.has_link for text in texts]),
    )
    return Description(
        np.asarray(features, float), count, len(texts), len(by_account), threads, float(times[0]), float(times[-1]),
        float(np.mean([text.complaint for text in texts])),
    )  # fmt: skip


def _closeness(vectors: Sequence[Vectors]) -> float:
    """Mean cosine to the centroid, 1 where fewer than two vectors are known."""
    if len(vectors) < 2:
        return 1.0
    return float(np.linalg.norm(np.mean(np.stack(vectors), axis=0)))
