from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from becalm.simulate.books import Books
from becalm.simulate.people import People, scatter
from becalm.simulate.threads import DAY, make_threads


@given(st.integers(0, 300), st.integers(1, 30), st.integers(0, 1000))
def test_comments_come_after_their_thread_and_within_the_stream(comments, days, seed):
    dice = Random(seed)
    threads = make_threads(Books(dice), comments, days * DAY, dice)
    for thread in threads.all:
        second = threads.moment(thread)
        assert max(0, thread.published + 1) <= second < days * DAY


def test_every_platform_has_a_thread_and_a_few_threads_draw_most_comments():
    dice = Random(1)
    threads = make_threads(Books(dice), 5000, 14 * DAY, dice)
    picks = Counter(threads.pick().thread_id for _ in range(5000))
    assert {t.platform for t in threads.all} == {"youtube", "instagram", "facebook", "x", "reviews"}
    assert sum(n for _, n in picks.most_common(len(threads.all) // 5)) > 2000
    assert all(t.title and t.text for t in threads.all)


def test_people_write_by_day_more_than_by_night(stream):
    hours = Counter(d.second // 3600 % 24 for d in stream.drafts if d.label == "organic")
    assert sum(hours[h] for h in (1, 2, 3, 4)) * 3 < sum(hours[h] for h in (17, 18, 19, 20))


def test_scattered_numbers_never_meet():
    assert len({scatter(n, 99) for n in range(20_000)}) == 20_000


def test_a_crowd_has_regulars_and_many_who_write_once():
    dice = Random(2)
    books = Books(dice)
    people = People(books.writer("Fenn"), books.languages, dice)
    counts = Counter(people.someone("x").author_id for _ in range(2000))
    assert 1000 < len(counts) < 1700
    assert max(counts.values()) > 5
