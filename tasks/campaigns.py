"""Campaigns as they are found anew: groups judged, joined into pushes, and their strays taken in."""

from dataclasses import dataclass

from embeddings.adoption import adopt, own_words, tied_to
from embeddings.campaigns import FoundCampaign, collect, pushes_of
from embeddings.facts import Facts
from embeddings.groups import Memory
from embeddings.judging import Judged, Models, judge_groups
from embeddings.rulings import Rulings
from tasks.describe import Found, Reading, found_groups


@dataclass(frozen=True, slots=True)
class Outcome:
    """Every campaign and flood, and every group that is an echo and in no campaign."""

    campaigns: list[FoundCampaign]
    echoes: list[Judged]


def find_campaigns(reading: Reading, rulings: Rulings, models: Models) -> Outcome:
    """What stands in the store by now, whatever was found before."""
    found = found_groups(reading.session, rulings)
    facts = reading.facts(found.text_ids)
    judged = judge_groups(found.groups, facts, rulings, models)
    pushes = pushes_of(judged)
    members = {place: [one for group in groups for one in group.found.text_ids] for place, groups in pushes.items()}
    pushed = facts.of(one for ids in members.values() for one in ids)
    strays = _strays(reading, found, pushed, rulings)
    with_strays = facts | reading.facts([one for one in strays if one not in facts.texts])
    adoptions = adopt(members, strays, with_strays, models, rulings)
    adopted = {one.text_id for one in adoptions}
    echoes = [rest for one in judged if not one.is_offence and (rest := one.without(adopted))]
    return Outcome(collect(pushes, adoptions, with_strays), echoes)


def _strays(reading: Reading, found: Found, pushed: Facts, rulings: Rulings) -> list[int]:
    """Texts outside the campaigns that carry their own words, are tied to a member or called the same as one.

    None that people ruled on by itself, and no copy of what is never to be flagged.
    """
    inside = set(pushed.texts)
    carrying = set(reading.words.holding(own_words(pushed)).tolist()) | set(tied_to(inside, found.neighbours).tolist())
    carrying |= {one for pair in rulings.same if not inside.isdisjoint(pair) for one in pair}
    kept = {one for group in found.groups if group.memory is Memory.GOOD for one in group.text_ids}
    return sorted((carrying & found.comments.keys()) - inside - kept - rulings.remembered)
