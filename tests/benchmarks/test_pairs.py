"""Recall of disguised copies among strangers."""

import numpy as np

from benchmarks.campaigns.pairs import by_characters, recall_among_strangers


def test_a_copy_counts_when_it_is_closer_than_one_text_in_a_hundred_is_to_a_stranger() -> None:
    strangers = np.full((100, 3), -1.0)
    strangers[:, 1] = 0.3
    strangers[7, 2] = 0.8
    assert recall_among_strangers(np.array([0.9, 0.5, 0.2, 0.31]), strangers) == 0.75


def test_characters_hold_a_disguised_copy_closer_than_a_stranger() -> None:
    similarity = by_characters(["free watches for everyone"], ["free watches for every one", "see the parade at noon"])
    assert similarity.shape == (1, 2)
    assert similarity[0, 0] > 0.5 > similarity[0, 1]
