from pathlib import Path

import pytest

from becalm.campaigns.plot import draw_sweep, require_drawable
from becalm.campaigns.sweep import labelled_in_store, print_sweep, score_sweep, swept_record
from becalm.campaigns.truth import Label, TruthUnusable
from becalm.errors import InputError

TRUTH = {"k1": Label("spam", "tea"), "k2": Label("spam", "tea"), "k3": Label("organic", "")}
FOUND = [(0.25, {"k1": "x", "k2": "x", "k3": "x"}), (0.5, {"k1": "x", "k2": "x"}), (0.75, {"k1": "x"}), (1.0, {})]


def test_each_threshold_is_scored():
    records = [swept_record(one) for one in score_sweep(iter(FOUND), TRUTH)]
    assert [record["flagged"] for record in records] == [3, 2, 1, 0]
    assert [record["recall"] for record in records] == [1, 1, 0.5, 0]
    assert [record["precision"] for record in records] == [0.6667, 1, 1, 0]
    assert set(records[0]) == {
        "threshold", "flagged", "recall", "precision", "strict_precision", "strict_f1", "bcubed_precision",
        "bcubed_recall", "bcubed_f1",
    }  # fmt: skip


def test_the_table_has_a_line_for_each_threshold(capsys):
    print_sweep(score_sweep(FOUND, TRUTH))
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.split()[:4] == ["threshold", "flagged", "recall", "precision"]
    assert lines[0].split()[:4] == ["0.25", "3", "1.000", "0.667"]
    assert [line.split()[0] for line in lines] == ["0.25", "0.5", "0.75", "1"]


@pytest.mark.parametrize(("name", "begins"), [("s.png", b"\x89PNG"), ("s.SVG", b"<?xml")])
def test_a_picture_is_drawn_and_the_same_again(tmp_path, name, begins):
    path, again = tmp_path / "new" / name, tmp_path / f"again-{name}"
    for file in (path, again):
        draw_sweep(file, score_sweep(FOUND, TRUTH))
    assert path.read_bytes().startswith(begins)
    assert path.read_bytes() == again.read_bytes()


def test_a_picture_names_its_axes_and_measures(tmp_path):
    draw_sweep(tmp_path / "s.svg", score_sweep(FOUND, TRUTH))
    svg = (tmp_path / "s.svg").read_text("utf-8")
    for words in ("recall", "precision", "strict F1", "B³ F1", "0.25", "threshold of the verdict"):
        assert words in svg


def test_a_sweep_that_flags_nothing_can_be_drawn(tmp_path):
    draw_sweep(tmp_path / "s.svg", score_sweep([(0.9, {})], TRUTH))
    assert (tmp_path / "s.svg").stat().st_size


def test_other_pictures_are_refused():
    with pytest.raises(InputError, match=r"s\.pdf: a plot is \.png or \.svg"):
        require_drawable(Path("s.pdf"))


def test_labels_of_another_store_are_refused(pushes):
    pushes.campaign("c1", ["buy tea", "buy cups"])
    with pushes.save().reading() as session:
        assert labelled_in_store(session, TRUTH, Path("truth.csv")) == 2
        with pytest.raises(TruthUnusable, match="none of its comments are in this store"):
            labelled_in_store(session, {"z": Label("spam", "tea")}, Path("truth.csv"))
