import re
from collections import Counter, defaultdict
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.simulate.crowds import crowd_comments, occasions
from becalm.simulate.stream import make_stream
from becalm.simulate.world import make_world

NAMES = {occasion.name: occasion for occasion in occasions()}


@pytest.fixture(scope="module")
def crowds():
    """Crowds of a stream of 20,000 comments, by kind."""
    drafts = crowd_comments(make_world(20_000, 14, 3), 1_800)
    by_kind = defaultdict(list)
    for draft in drafts:
        by_kind[draft.kind].append(draft)
    return by_kind


def crowd_of(monkeypatch, name, size, **changes):
    """One crowd of this occasion and size."""
    only = replace(NAMES[name], least=size, most=size, **changes)
    monkeypatch.setattr("becalm.simulate.crowds.occasions", lambda: (only,))
    return crowd_comments(make_world(2_000, 14, 5), 6 * size)[:size]


@given(st.integers(0, 300), st.integers(0, 50))
def test_crowds_stay_within_their_budget(budget, seed):
    drafts = crowd_comments(make_world(500, 7, seed), budget)
    assert budget - 3 < len(drafts) <= budget
    assert all(0 <= d.second < 7 * 86_400 for d in drafts)


def test_crowds_are_organic_and_of_independent_people(crowds):
    drafts = [draft for kind in crowds.values() for draft in kind]
    assert all((d.label, d.family, d.disguise) == ("organic", "", "none") for d in drafts)
    assert not any(d.account.is_brand for d in drafts)
    assert len({d.account.author_id for d in drafts}) > 0.6 * len(drafts)


@pytest.mark.parametrize("name", NAMES)
def test_hardly_anybody_speaks_twice_in_a_crowd(monkeypatch, name):
    counts = Counter(d.account.author_id for d in crowd_of(monkeypatch, name, 40))
    assert len(counts) >= 32
    assert max(counts.values()) <= 4


def test_thirty_people_quote_one_line_of_a_video_word_for_word(monkeypatch):
    drafts = crowd_of(monkeypatch, "video_line", 60)
    (wording, count), *_ = Counter(d.text.strip('."! ').lower() for d in drafts).most_common()
    assert len(wording) > 20
    assert count > 15
    assert len({d.thread.thread_id for d in drafts}) < 12


def test_an_outage_is_told_by_many_within_hours_in_their_own_words(monkeypatch):
    drafts = crowd_of(monkeypatch, "app_down", 60, hours=1)
    seconds = sorted(d.second for d in drafts)
    assert seconds[45] - seconds[5] < 6 * 3600
    assert len({d.text for d in drafts}) > 30


def test_who_is_first_writes_as_the_post_appears(monkeypatch):
    drafts = crowd_of(monkeypatch, "first_rush", 30)
    thread = drafts[0].thread
    assert {d.thread.thread_id for d in drafts} == {thread.thread_id}
    if thread.published >= 0:
        assert sorted(d.second - thread.published for d in drafts)[20] < 3_600


def test_a_shared_link_is_one_link_in_five_to_twenty_people_s_own_words(crowds):
    drafts = crowds["shared_link"]
    links = Counter(re.search(r"\S+\.example\S*[^\s.!,]", d.text.lower())[0] for d in drafts)
    assert links.most_common(1)[0][1] >= 5
    assert len({d.text for d in drafts}) > 0.5 * len(drafts)


def test_a_crowd_of_another_language_speaks_it(monkeypatch):
    drafts = crowd_of(monkeypatch, "thai", 30)
    assert {d.account.voice.language for d in drafts} == {"th"}


def test_those_who_say_alike_things_are_about_as_many_as_members_of_campaigns():
    drafts = make_stream(20_000, 14, 8).drafts
    alike = {occasion.kind for occasion in occasions()}
    honest = sum(d.kind in alike for d in drafts)
    pushed = sum(d.label == "spam" for d in drafts)
    assert 0.8 < honest / pushed < 1.4
