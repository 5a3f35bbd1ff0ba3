"""Campaigns as they are found anew: groups judged, joined into pushes, and their strays taken in."""

from dataclasses import dataclass

from embeddings.adoption import adopt, own_words, tied_to
from embeddings.campaigns import FoundCampaign, collect, pushes_of
from embeddings.facts import Facts
from embeddings.groups import Memory
from embeddings.judging import Judged, Models, judge_groups
from embeddings.rulings import Rulings
from embeddings.settled import NOTHING_SETTLED, Settled
from tasks.describe import Found, Reading, text_ids_of


@dataclass(frozen=True, slots=True)
class Outcome:
    """Every campaign and flood, and every group that is an echo and in no campaign."""

    campaigns: list[FoundCampaign]
    echoes: list[Judged]


def find_campaigns(
    reading: Reading, found: Found, rulings: Rulings, models: Models, settled: Settled = NOTHING_SETTLED
) -> Outcome:
    """What stands in the store by now, but for what is settled, whatever was found before."""
    live, beside = found.parted(settled.texts)
    facts = reading.facts(text_ids_of(live), beside=text_ids_of(beside), settled=settled.in_campaigns)
    judged = judge_groups(live, facts, rulings, models, beside)
    pushes = pushes_of(judged)
    members = {place: [one for group in groups for one in group.found.text_ids] for place, groups in pushes.items()}
    pushed = facts.of(one for ids in members.values() for one in ids)
    outside = _strays(reading, found, pushed, rulings, settled)
    strays = sorted(reading.within(outside, settled.reach) | (outside & settled.reopened))
    with_strays = reading.facts(strays, known=facts.texts, settled=settled.in_campaigns | outside.difference(strays))
    adoptions = adopt(members, strays, with_strays, models, rulings)
    adopted = {one.text_id for one in adoptions}
    echoes = [rest for one in judged if not one.is_offence and (rest := one.without(adopted))]
    return Outcome(collect(pushes, adoptions, with_strays), echoes)


def _strays(reading: Reading, found: Found, pushed: Facts, rulings: Rulings, settled: Settled) -> set[int]:
    """Texts outside the campaigns that carry their own words, are tied to a member or called the same as one.

    None that people ruled on by itself, nothing close to what is never to be flagged, and nothing that is settled.
    """
    inside = set(pushed.texts)
    carrying = set(reading.words.holding(own_words(pushed)).tolist()) | set(tied_to(inside, found.neighbours).tolist())
    carrying |= {one for pair in rulings.same if not inside.isdisjoint(pair) for one in pair} | settled.reopened
    good = rulings.good.union(*(group.text_ids for group in found.groups if group.memory is Memory.GOOD))
    kept = good | set(tied_to(good, found.neighbours).tolist())
    return (carrying & found.comments.keys()) - inside - kept - rulings.remembered - settled.texts
