"""Where the flagged and the missed comments lie."""

from benchmarks.campaigns.beside import clustered, judged
from benchmarks.campaigns.disguises import Truth, by_disguise, worst_kinds

TRUTH = {
    "a": Truth("spam", "watches", "scam", "leet"),
    "b": Truth("spam", "watches", "scam", "leet"),
    "c": Truth("spam", "watches", "scam", "spin"),
    "d": Truth("spam", "phones", "ad", "spin"),
    "e": Truth("organic", kind="greeting"),
    "f": Truth("organic", kind="remark"),
    "g": Truth("neutral"),
}


def test_a_row_has_every_score_that_the_tables_show() -> None:
    row = judged(TRUTH, {"a": 1, "b": 1, "e": 2, "unheard of": 2})
    assert (row["recall"], row["strict F1"], row["B3 precision"]) == (0.5, 0.5, 1)
    assert set(row) == {"recall", "precision", "strict F1", "B3 precision", "B3 recall", "B3 F1", "disguises"}


def test_an_item_in_no_group_is_alone_in_the_clusters() -> None:
    row = clustered({"a": "1", "b": "1", "c": "2"}, {"a": 7, "c": 8})
    assert (row["B3 precision"], row["B3 recall"]) == (1, (0.5 + 0.5 + 1) / 3)


def test_a_campaign_belongs_to_the_disguise_that_most_of_it_wears() -> None:
    rows = by_disguise(TRUTH, {"a": 1, "b": 1, "c": 1, "e": 1, "f": 2})
    assert rows["leet"] == {"spam": 2, "hits": 2, "organic": 1}
    assert rows["spin"] == {"spam": 2, "hits": 1, "organic": 0}
    assert rows["no spam"] == {"spam": 0, "hits": 0, "organic": 1}


def test_worst_kinds_are_those_of_most_comments_missed_and_wrongly_flagged() -> None:
    assert worst_kinds(TRUTH, {"d": 1, "e": 1}) == {"missed": [("scam", 3)], "wrong": [("greeting", 1)]}
