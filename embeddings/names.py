"""Which campaign a group is, over runs: the one that most of its texts already belong to, or a new one."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set


def name_campaigns(
    groups: Sequence[Sequence[int]], earlier: Mapping[int, str], weights: Mapping[int, int], taken: Set[str]
) -> list[str]:
    """A campaign id for each group of text ids, in their order; no id twice.

    `earlier` says which campaign a text belonged to, `weights` how many comments it has. A campaign stays with the
    group that holds most of its comments (ties by the smaller text id), so ids survive growth, and of a split the
    larger part keeps the name. A new campaign is named after the smallest of its text ids, which no order of
    arrival changes; `taken` are ids that must not be given again.
    """
    claims = sorted(_claims(groups, earlier, weights), key=lambda claim: (-claim[0], claim[1], claim[2]))
    named: dict[int, str] = {}
    used: set[str] = set()
    for _, _, number, campaign in claims:
        if number not in named and campaign not in used:
            named[number] = campaign
            used.add(campaign)
    for number, group in enumerate(groups):
        if number not in named:
            named[number] = _new_name(min(group), used | taken)
            used.add(named[number])
    return [named[number] for number in range(len(groups))]


def _claims(
    groups: Sequence[Sequence[int]], earlier: Mapping[int, str], weights: Mapping[int, int]
) -> Iterable[tuple[int, int, int, str]]:
    """(comments shared, smallest text id, number of the group, campaign)."""
    for number, group in enumerate(groups):
        shared: Counter[str] = Counter()
        for text_id in group:
            if text_id in earlier:
                shared[earlier[text_id]] += weights.get(text_id, 1)
        for campaign, comments in shared.items():
            yield comments, min(group), number, campaign


def _new_name(text_id: int, used: Set[str]) -> str:
    name, tries = f"c{text_id:015x}", 0
    while name in used:
        tries += 1
        name = f"c{text_id:015x}-{tries}"
    return name
