import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from embeddings.spans import ROWS_AT_ONCE, Spans

TIMES = st.floats(0, 1_000)


@st.composite
def spans(draw: st.DrawFn, most: int = 30) -> Spans:
    begins = np.array(draw(st.lists(TIMES, max_size=most)), float)
    lengths = draw(st.lists(TIMES, min_size=len(begins), max_size=len(begins)))
    return Spans(begins, begins + np.array(lengths, float), draw(st.floats(0, 200)))


def near_pairs(of: Spans, count: int) -> set[tuple[int, int]]:
    """By brute force: how far the later begin lies behind the earlier end."""
    things = list(zip(of.begins.tolist(), of.ends.tolist(), strict=True))
    return {
        (one, other)
        for one, (begin, end) in enumerate(things[:count])
        for other, (other_begin, other_end) in enumerate(things)
        if max(begin, other_begin) - min(end, other_end) <= of.window
    }


@given(spans(), st.integers(0, 30))
def test_every_pair_that_is_near_is_in_a_block_and_each_row_in_one(of, count):
    count = min(count, len(of.begins))
    blocks = list(of.blocks(count))
    assert sorted(row for rows, _ in blocks for row in rows.tolist()) == list(range(count))
    met = {(row, column) for rows, columns in blocks for row in rows.tolist() for column in columns.tolist()}
    near = near_pairs(of, count)
    assert near <= met
    first, second = (np.array([pair[side] for pair in sorted(met)], np.int64) for side in (0, 1))
    assert {pair for pair, is_near in zip(sorted(met), of.are_near(first, second), strict=True) if is_near} == near


def test_things_of_other_years_never_meet():
    begins = np.repeat([0.0, 1e8, 2e8], ROWS_AT_ONCE)
    for rows, columns in Spans(begins, begins + 10, 1e6).blocks(len(begins)):
        assert set(rows.tolist()) == set(columns.tolist())


@given(spans())
def test_what_overlaps_is_not_apart_and_the_order_of_two_does_not_matter(of):
    first, second = (one.ravel() for one in np.indices((len(of.begins),) * 2))
    assert np.array_equal(of.apart(first, second), of.apart(second, first))
    overlaps = (of.begins[first] <= of.ends[second]) & (of.begins[second] <= of.ends[first])
    assert not of.apart(first, second)[overlaps].any()
