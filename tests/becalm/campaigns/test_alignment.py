from hypothesis import given
from hypothesis import strategies as st

from becalm.campaigns.alignment import HEAVIEST, align

words = st.lists(st.sampled_from(["a", "to", "free", "kettle", "today"]), max_size=9)


def heaviest(one: list[str], other: list[str]) -> int:
    """The weight of the heaviest common subsequence, by the textbook's recursion."""
    row = [0] * (len(other) + 1)
    for word in one:
        before = row[:]
        for at, found in enumerate(other):
            tied = before[at] + min(len(word), HEAVIEST) if word == found else 0
            row[at + 1] = max(tied, before[at + 1], row[at])
    return row[-1]


@given(words.filter(bool), st.lists(words, min_size=1, max_size=5))
def test_ties_are_of_equal_words_in_order_and_as_heavy_as_can_be(medoid, wordings):
    for places, wording in zip(align(medoid, wordings).tolist(), wordings, strict=True):
        tied = [(word, place) for word, place in zip(medoid, places, strict=True) if place >= 0]
        assert all(wording[place] == word for word, place in tied)
        assert [place for _, place in tied] == sorted({place for _, place in tied})
        assert sum(min(len(word), HEAVIEST) for word, _ in tied) == heaviest(medoid, wording)


def test_a_long_word_ties_before_two_short_ones():
    assert align(["to", "a", "kettle"], [["kettle", "to", "a"]]).tolist() == [[-1, -1, 0]]


def test_words_that_stand_together_are_tied_together():
    medoid = ["get", "free", "tea", "and", "free", "cups"]
    (places,) = align(medoid, [["free", "cups"]]).tolist()
    assert places == [-1, -1, -1, -1, 0, 1]


def test_nothing_is_aligned_with_nothing():
    assert align([], [["a"], []]).shape == (2, 0)
    assert align(["a"], [[], []]).tolist() == [[-1], [-1]]
    assert align(["a"], []).shape == (0, 1)
