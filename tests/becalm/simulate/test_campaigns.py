import re
from collections import Counter
from itertools import combinations
from random import Random
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.simulate.books import Books
from becalm.simulate.campaigns import DISGUISES, campaign_comments, flood_comments
from becalm.simulate.stream import make_stream
from becalm.simulate.wording import load_book
from becalm.simulate.world import make_world


def grams(text):
    return {text[i : i + 3] for i in range(len(text) - 2)}


def median_of_nearest(drafts):
    """The Jaccard similarity of three-letter pieces to the closest other text, for the typical draft."""
    sets = [grams(d.text) for d in drafts]
    return sorted(max(len(a & b) / len(a | b) for b in sets if b is not a) for a in sets)[len(sets) // 2]


@given(st.integers(0, 400), st.integers(0, 50))
def test_campaigns_use_their_budget_to_the_last_comment(budget, seed):
    drafts = campaign_comments(make_world(500, 7, seed), budget)
    assert len(drafts) == (budget if budget >= 3 else 0)
    assert all(size >= 3 for size in Counter(d.family for d in drafts).values())


@given(st.integers(0, 200), st.integers(0, 50))
def test_a_flood_is_one_account_and_a_campaign_is_several(budget, seed):
    world = make_world(500, 7, seed)
    floods = flood_comments(world, budget)
    assert len(floods) <= budget
    for family in {d.family for d in floods}:
        members = [d for d in floods if d.family == family]
        assert len({d.account.author_id for d in members}) == 1
        assert len(members) >= 5
    campaign = campaign_comments(world, budget)
    for family in {d.family for d in campaign}:
        assert len({d.account.author_id for d in campaign if d.family == family}) >= 3


def test_every_kind_and_every_disguise_is_there(stream):
    spam = [d for d in stream.drafts if d.label == "spam"]
    assert {d.kind for d in spam} == set(load_book("campaigns")["kinds"]) | {"flood"}
    assert {d.disguise for d in spam} == set(DISGUISES)


def test_members_of_a_spun_campaign_are_near_duplicates_and_people_are_not(stream, families):
    spun = [m for m in families.values() if m[0].disguise in ("none", "spin", "rotating_domain") and len(m) >= 10]
    people = [d for d in stream.drafts if d.kind in ("praise", "complaint", "question")][:400]
    closeness = sorted(map(median_of_nearest, spun))
    assert closeness[0] > 0.3
    assert closeness[len(closeness) // 2] > 0.65
    assert median_of_nearest(people) < 0.35


def shared_words(one, other):
    """Jaccard index of the words of two wordings."""
    return len(one & other) / len(one | other)


@pytest.mark.parametrize("kind", [*load_book("campaigns")["kinds"], "flood"])
def test_wordings_of_one_template_stay_recognisable_as_one_message(kind):
    dice = Random(3)
    books = Books(dice)
    alike = []
    for number in range(60):
        writer = books.writer(books.products[number % len(books.products)])
        template = writer.freeze(kind)
        wordings = [set(writer.spin(template).lower().split()) for _ in range(6)]
        alike.append(mean(shared_words(one, other) for one, other in combinations(wordings, 2)))
    assert mean(alike) > 0.45
    assert sorted(alike)[len(alike) // 20] > 0.3


def test_what_is_pushed_abroad_keeps_its_links_and_handles(stream):
    drafts = [d for d in stream.drafts if d.kind in ("russian_push", "thai_push") and d.disguise != "zero_width"]
    assert drafts
    assert all(re.search(r"\w\.(?:example|test|invalid)\b|@[a-z]+|\+\d", d.text) for d in drafts)


def test_rotating_campaigns_change_their_domains(families):
    rotating = [m for m in families.values() if m[0].disguise == "rotating_domain" and len(m) >= 10]
    marks = [
        {mark for d in m for mark in re.findall(r"\S+\.(?:example|test|invalid)|@\S+|\+\d[\d ()]+", d.text)}
        for m in rotating
    ]
    assert marks
    assert all(len(found) > 2 for found in marks)


def test_campaigns_come_in_bursts(families):
    """Half of a typical campaign's comments fall into a tenth of the days that a stream has."""
    shares = []
    for members in families.values():
        seconds = sorted(d.second for d in members)
        half = len(seconds) // 2
        shares.append(min(seconds[i + half] - seconds[i] for i in range(len(seconds) - half)) < 1.4 * 86_400)
    assert sum(shares) > len(shares) * 0.6


def test_sizes_are_heavy_tailed(families):
    sizes = sorted(len(m) for m in families.values())
    assert sizes[0] <= 5
    assert sizes[-1] >= 40


def test_some_campaigns_use_accounts_that_people_write_with_too():
    drafts = make_stream(20_000, 14, 4).drafts
    people = {d.account.author_id for d in drafts if d.label == "organic"}
    used = {d.account.author_id for d in drafts if d.label == "spam" and d.kind != "flood"}
    assert 0.02 < len(used & people) / len(used) < 0.5
