"""What labelled comments are, and where the flagged and the missed ones lie among their kinds and disguises."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

Campaign = Hashable


@dataclass(frozen=True, slots=True)
class Truth:
    """What a person, or the simulator, says of a comment: `spam` in a family, `organic` or `neutral`."""

    label: str
    family: str = ""
    kind: str = ""
    disguise: str = ""


def by_disguise(truth: Mapping[str, Truth], assigned: Mapping[str, Campaign]) -> dict[str, dict[str, int]]:
    """For each disguise its `spam`, the `hits` among it, and the `organic` comments that its campaigns swallowed.

    A campaign belongs to the disguise that most of its spam wears. One without spam belongs to none: row `no spam`.
    """
    rows: defaultdict[str, Counter[str]] = defaultdict(Counter)
    members: defaultdict[Campaign, list[Truth]] = defaultdict(list)
    for one, said in truth.items():
        if said.label == "spam":
            rows[said.disguise].update(spam=1, hits=one in assigned)
        if one in assigned:
            members[assigned[one]].append(said)
    for campaign in members.values():
        worn = Counter(said.disguise for said in campaign if said.label == "spam")
        owner = worn.most_common(1)[0][0] if worn else "no spam"
        rows[owner]["organic"] += sum(said.label == "organic" for said in campaign)
    return {name: {column: rows[name][column] for column in ("spam", "hits", "organic")} for name in sorted(rows)}


def worst_kinds(truth: Mapping[str, Truth], assigned: Mapping[str, Campaign]) -> dict[str, list[tuple[str, int]]]:
    """The three kinds with most spam missed, and most organic comments flagged."""
    missed = (said.kind for one, said in truth.items() if said.label == "spam" and one not in assigned)
    wrong = (truth[one].kind for one in assigned if one in truth and truth[one].label == "organic")
    return {"missed": _most(missed), "wrong": _most(wrong)}


def _most(kinds: Iterable[str]) -> list[tuple[str, int]]:
    return Counter(kinds).most_common(3)
