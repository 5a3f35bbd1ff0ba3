"""What a group looks like, in numbers: who wrote it, where, when, how it is worded, and what it shares."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from embeddings.arrays import Floats, Ids, Vectors
from embeddings.characters import Shingles
from embeddings.facts import Background, CommentFacts, Facts, TextFacts
from embeddings.groups import Group

FEATURES = (
    "log_comments",
    "log_texts",
    "texts_per_comment",
    "log_accounts",
    "accounts_per_comment",
    "busiest_account_share",
    "accounts_elsewhere",
    "accounts_together",
    "log_threads",
    "threads_per_comment",
    "log_length",
    "log_shortest",
    "tightness",
    "tightness_by_length",
    "meaning",
    "shared_bits",
    "rarest_word",
    "rarity",
    "longest_word",
    "log_span",
    "log_gap",
    "burst",
    "double_posts",
    "promotion",
    "addresses",
    "complaint",
    "disguised",
)
# What the fit weighs apart from the others.
DISGUISED = "disguised"

HOUR = 3_600
# Who sends the same words twice within this has pressed the button twice.
DOUBLE_POST_SECONDS = 120
# Accounts that two groups have in common are a crew if they are so many, and such a share of the smaller group.
FEWEST_TOGETHER = 2
CREW = 0.3
# An account in more groups than this is looked up in the first of them.
MOST_GROUPS = 200
# A word shared by so many of a group's texts is the group's own.
SHARED = 0.5
# Glued names ("thebestphonedeals") are told by their length; beyond this it says no more.
LONGEST_WORD = 25


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

    def __getitem__(self, name: str) -> float:
        return float(self.features[_PLACE[name]])

    @property
    def named(self) -> dict[str, float]:
        return dict(zip(FEATURES, self.features.tolist(), strict=True))

    @property
    def length(self) -> float:
        """Mean length of the texts, in characters."""
        return float(np.exp(self["log_length"]))


_PLACE = {name: place for place, name in enumerate(FEATURES)}


def describe(groups: Sequence[Group], facts: Facts, among: Sequence[Group] = ()) -> list[Description]:
    """One description a group, in their order. `among` are groups beside them: their accounts are told, no more."""
    mine, theirs = _comments_of(groups, facts), _comments_of(among, facts)
    accounts = _Memberships([set(facts.comments.account[one].tolist()) for one in (*mine, *theirs)])
    return _describe_all(groups, mine, facts, [accounts.of(place) for place in range(len(groups))])


def describe_alone(groups: Sequence[Group], facts: Facts) -> list[Description]:
    """The same, as if no other group were there."""
    return _describe_all(groups, _comments_of(groups, facts), facts, [_Memberships.of_stranger()] * len(groups))


def _comments_of(groups: Sequence[Group], facts: Facts) -> list[Ids]:
    rows = facts.comments.rows_of_texts()
    return [np.concatenate([rows[one] for one in group.text_ids]) for group in groups]


def _describe_all(
    groups: Sequence[Group], mine: Sequence[Ids], facts: Facts, accounts: Sequence[Mapping[str, float]]
) -> list[Description]:
    shingles = Shingles([facts.texts[one].said for group in groups for one in group.text_ids])
    starts = np.cumsum([0, *(len(group.members) for group in groups)])
    return [
        _describe_one(
            facts.comments,
            own,
            [facts.texts[one] for one in group.text_ids],
            {"tightness": _tightness(shingles, int(start), len(group.members)), **known},
            facts.background,
        )
        for group, own, known, start in zip(groups, mine, accounts, starts[:-1], strict=True)
    ]


class _Memberships:
    """Which accounts stand in which groups."""

    def __init__(self, accounts: Sequence[set[int]]) -> None:
        self._accounts = accounts
        self._groups: defaultdict[int, list[int]] = defaultdict(list)
        for place, one in enumerate(accounts):
            for account in one:
                self._groups[account].append(place)

    @staticmethod
    def of_stranger() -> dict[str, float]:
        """Of a group whose accounts stand in no other."""
        return {"accounts_elsewhere": 0.0, "accounts_together": 0.0}

    def of(self, place: int) -> dict[str, float]:
        """Share of a group's accounts that stand in another group too, and of those that stand there together.

        Strangers meet once by chance. A crew that pushes one thing after another meets again and again: by two of
        its accounts, and by a good part of the smaller group.
        """
        own = self._accounts[place]
        met = Counter(other for account in own for other in self._groups[account][:MOST_GROUPS] if other != place)
        crews = {
            other
            for other, shared in met.items()
            if shared >= FEWEST_TOGETHER and shared >= CREW * min(len(own), len(self._accounts[other]))
        }
        return {
            "accounts_elsewhere": sum(len(self._groups[account]) > 1 for account in own) / len(own),
            "accounts_together": sum(not crews.isdisjoint(self._groups[account]) for account in own) / len(own),
        }


def _tightness(shingles: Shingles, first: int, texts: int) -> float:
    """Mean Jaccard index of the other members with the medoid, which stands first; 1 for a single text."""
    if texts == 1:
        return 1.0
    return float(shingles.jaccard(np.full(texts - 1, first), np.arange(first + 1, first + texts)).mean())


def _describe_one(
    comments: CommentFacts,
    mine: Ids,
    texts: Sequence[TextFacts],
    known: Mapping[str, float],
    background: Background,
) -> Description:
    by_account = Counter(comments.account[mine].tolist())
    threads, times = len(set(comments.thread[mine].tolist())), np.sort(comments.time[mine])
    values = {
        **known,
        **_spread(len(mine), len(texts), by_account, threads),
        **_timing(times),
        "double_posts": _double_posts(comments, mine),
        **_length(texts, known["tightness"]),
        **_shared_words(texts, background),
        "meaning": _closeness([text.vector for text in texts if text.vector is not None]),
        "promotion": sum(text.promotion for text in texts) / len(texts),
        "addresses": _addressed(texts),
        "complaint": sum(text.complaint for text in texts) / len(texts),
        "disguised": sum(text.disguised for text in texts) / len(texts),
    }
    return Description(
        np.array([values[name] for name in FEATURES], float), len(mine), len(texts), len(by_account), threads,
        float(times[0]), float(times[-1]),
    )  # fmt: skip


def _spread(comments: int, texts: int, by_account: Counter[int], threads: int) -> dict[str, float]:
    return {
        "log_comments": np.log(comments),
        "log_texts": np.log(texts),
        "texts_per_comment": texts / comments,
        "log_accounts": np.log(len(by_account)),
        "accounts_per_comment": len(by_account) / comments,
        "busiest_account_share": max(by_account.values()) / comments,
        "log_threads": np.log(threads),
        "threads_per_comment": threads / comments,
    }


def _timing(times: Floats) -> dict[str, float]:
    """From first to last, between two, and the share of comments within an hour of the one before."""
    gaps = np.diff(times) if len(times) > 1 else np.zeros(1)
    return {
        "log_span": np.log1p(times[-1] - times[0]),
        "log_gap": np.log1p(np.median(gaps)),
        "burst": float((gaps < HOUR).mean()) if len(times) > 1 else 0.0,
    }


def _double_posts(comments: CommentFacts, mine: Ids) -> float:
    """Share of the comments that repeat the same text by the same account in the same thread at once."""
    columns = (comments.text_id[mine], comments.account[mine], comments.thread[mine])
    order = np.lexsort((comments.time[mine], *columns))
    repeats = np.diff(comments.time[mine][order]) < DOUBLE_POST_SECONDS
    for column in columns:
        repeats &= np.diff(column[order]) == 0
    return float(repeats.sum() / len(mine))


def _length(texts: Sequence[TextFacts], tightness: float) -> dict[str, float]:
    lengths = [len(text.said) for text in texts]
    log_length = np.log(max(sum(lengths) / len(lengths), 1))
    return {
        "log_length": log_length,
        "log_shortest": np.log(max(min(lengths), 1)),
        "tightness_by_length": tightness * log_length,
    }


def _shared_words(texts: Sequence[TextFacts], background: Background) -> dict[str, float]:
    """How improbable it is that people hit on the same words by themselves: information content in nats."""
    holders = Counter(word for text in texts for word in text.words)
    needed = max(SHARED * len(texts), min(len(texts), 2))
    shared = {word: count for word, count in holders.items() if count >= needed}
    rarities = {word: background.rarity(word, without=count) for word, count in shared.items()}
    return {
        "shared_bits": sum(rarities[word] * count / len(texts) for word, count in shared.items()),
        "rarest_word": max(rarities.values(), default=0.0),
        "rarity": sum(rarities.values()) / max(len(rarities), 1),
        "longest_word": np.log1p(min(LONGEST_WORD, max(map(len, shared), default=0))),
    }


def _addressed(texts: Sequence[TextFacts]) -> float:
    """Share of the texts with an address, or with a person's contact that others of them carry as well."""
    contacts = Counter(contact for text in texts for contact in text.contacts)
    return sum(text.has_address or any(contacts[one] > 1 for one in text.contacts) for text in texts) / len(texts)


def _closeness(vectors: Sequence[Vectors]) -> float:
    """Mean cosine to the centroid, 1 where fewer than two vectors are known."""
    if len(vectors) < 2:
        return 1.0
    return float(np.linalg.norm(np.mean(np.stack(vectors), axis=0)))
