import re
from collections import Counter, defaultdict

import pytest

from becalm.simulate.crowds import occasions
from becalm.simulate.organic import KINDS, double_posts
from becalm.simulate.stream import make_stream
from becalm.simulate.wording import load_book

SCRIPTS = {"ru": "[а-я]", "th": "[ก-๛]", "ar": "[ء-ي]", "es": "[ñáéíóú¿]", "de": "[äöüß]"}


def passes_luhn(digits):
    doubled = [int(c) * (2 if n % 2 else 1) for n, c in enumerate(reversed(digits))]
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def test_every_kind_of_talk_is_there():
    kinds = {d.kind for d in make_stream(20_000, 14, 5).drafts}
    assert {occasion.kind for occasion in occasions()} | {"double_post", "brand_post"} <= kinds
    assert set(KINDS) - {"reply"} | {"repeated_complaint", "brand_reply", "troll", "abuse", "lone_ad"} <= kinds


def test_people_rarely_write_the_same_sentence():
    alike = {occasion.kind for occasion in occasions()} | {"double_post", "brand_post", "brand_reply"}
    organic = [d for d in make_stream(20_000, 14, 5).drafts if d.label == "organic"]
    written = [d.text.lower().strip(".! ") for d in organic if d.kind not in alike]
    assert len(set(written)) > 0.95 * len(written)


def test_echoes_are_written_by_many_independent_people(stream):
    echoes = [d for d in stream.drafts if d.kind == "echo"]
    assert all(d.label == "organic" for d in echoes)
    assert len({d.account.author_id for d in echoes}) > 0.7 * len(echoes)
    assert Counter(d.text.lower().rstrip("!.?") for d in echoes).most_common(1)[0][1] > 3


def test_who_taps_twice_says_the_same_within_a_minute_and_is_no_flood(world):
    taps = defaultdict(list)
    for draft in double_posts(world, 100):
        taps[draft.account.author_id, draft.text].append(draft)
    for drafts in taps.values():
        seconds = [d.second for d in drafts]
        assert 2 <= len(drafts) <= 4
        assert max(seconds) - min(seconds) < 60
        assert len({d.thread.thread_id for d in drafts}) == 1
        assert {(d.label, d.family, d.kind) for d in drafts} == {("organic", "", "double_post")}


@pytest.mark.parametrize("budget", range(12))
def test_double_posts_keep_a_small_budget(world, budget):
    assert len(double_posts(world, budget)) in ((budget, budget - 1) if budget else (0,))


@pytest.mark.parametrize(("language", "letters"), SCRIPTS.items())
def test_some_people_write_in_another_language(stream, language, letters):
    texts = [d.text for d in stream.drafts if d.account.voice.language == language and d.kind == "praise"]
    assert any(re.search(letters, text) for text in texts)


def test_cards_in_private_data_are_test_numbers_that_pass_luhn(stream, world):
    cards = {world.books.writer("Fenn").write("card") for _ in range(200)}
    assert len(cards) == 6
    assert all(passes_luhn(card.replace(" ", "")) for card in cards)
    assert any(card in d.text for d in stream.drafts for card in cards)


def test_phones_in_private_data_are_of_ranges_kept_for_fiction():
    written = load_book("talk")["phone"].splitlines()
    assert all(re.search(r"7700 900|7946 0|496 0|555.01", line) for line in written)


def test_stars_are_given_on_review_sites_only_and_fit_the_words(stream):
    assert all(
        (d.rating is not None) == (d.thread.platform == "reviews" and not d.account.is_brand) for d in stream.drafts
    )
    assert all(d.rating >= 4 for d in stream.drafts if d.rating and d.kind == "praise")
    assert all(d.rating <= 2 for d in stream.drafts if d.rating and d.kind == "complaint")
