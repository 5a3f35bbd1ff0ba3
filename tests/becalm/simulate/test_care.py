import re
from collections import defaultdict

import pytest

from becalm.simulate.care import brand_posts, repeated_complaints


@pytest.fixture(scope="module")
def customers(stream):
    asked = defaultdict(list)
    for draft in stream.drafts:
        if draft.kind == "repeated_complaint":
            asked[draft.account.author_id].append(draft)
    return asked


def test_customers_complain_again_with_the_same_order_in_other_words(customers):
    assert customers
    for drafts in customers.values():
        assert 2 <= len(drafts) <= 8
        assert len({re.search(r"\d{6}", d.text)[0] for d in drafts}) == 1
        assert len({d.text for d in drafts}) == len(drafts)


def test_nobody_complains_again_once_the_brand_has_answered(stream, customers):
    answered = {d.parent.account.author_id: d for d in stream.drafts if d.account.is_brand and d.parent}
    heard = [author for author in customers if author in answered]
    assert len(heard) > len(customers) / 2
    for author in heard:
        assert answered[author].second > customers[author][-1].second
        assert answered[author].parent is customers[author][-1]


def test_some_customers_are_never_answered(stream, customers):
    answered = {d.parent.account.author_id for d in stream.drafts if d.account.is_brand and d.parent}
    assert set(customers) - answered


def test_the_brand_answers_with_the_same_few_lines(stream):
    replies = [d for d in stream.drafts if d.kind == "brand_reply"]
    without_names = {d.text.replace(d.parent.account.name, "") for d in replies}
    assert len(without_names) < 20 < len(replies)
    assert all(d.account.is_brand and d.label == "organic" and not d.family for d in replies)


def test_the_brand_posts_the_same_words_under_many_threads(world):
    posts = brand_posts(world, 100)
    assert len(posts) == 100
    assert all(d.account.is_brand and d.label == "organic" and d.kind == "brand_post" for d in posts)
    assert all(d.account.name == d.thread.channel for d in posts)
    under = defaultdict(set)
    for draft in posts:
        under[draft.text].add(draft.thread.thread_id)
    assert len(under) < 30
    assert max(map(len, under.values())) > 5


@pytest.mark.parametrize("budget", range(10))
def test_a_small_budget_is_kept(world, budget):
    drafts = repeated_complaints(world, budget)
    assert len(drafts) in (budget, budget - 1) if budget else not drafts
