import pytest

from becalm.campaigns.truth import Label, TruthUnusable, read_truth

HEAD = "comment_id,label,family\n"


def test_labels_are_read_whatever_stands_beside_them(tmp_path):
    path = tmp_path / "truth.csv"
    path.write_text("\ufefffamily,comment_id,kind,label\ntea,c1,scam,spam\n,c2,,organic\n,c3,,neutral\ntea,c1,,spam\n")
    assert read_truth(path) == {"c1": Label("spam", "tea"), "c2": Label("organic", ""), "c3": Label("neutral", "")}


@pytest.mark.parametrize(
    ("content", "line", "why"),
    [
        (b"", 1, "`comment_id`, `label`, `family`"),
        (b"comment_id,label\nc1,spam\n", 1, "no column `family`"),
        (HEAD.encode() + b"c1,spam,tea\nc2,ham,\n", 3, "label is none of spam, organic, neutral"),
        (HEAD.encode() + b"c1\n", 2, "label is none"),
        (HEAD.encode() + b",spam,tea\n", 2, "no comment_id"),
        (HEAD.encode() + b"c1,spam,\n", 2, "without a family"),
        (HEAD.encode() + b"c1,spam,tea\nc1,organic,\n", 3, "labelled otherwise before"),
        (HEAD.encode() + b"c1,organic,\n", 0, "no comment as spam"),
        (HEAD.encode() + b'c1,spam,"tea\n', 2, "end of data"),
        (b"\xff\xfe\x00", 0, "not UTF-8"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_told_with_its_line(tmp_path, content, line, why):
    path = tmp_path / "truth.csv"
    path.write_bytes(content)
    with pytest.raises(TruthUnusable, match=why) as told:
        read_truth(path)
    assert told.value.line == line
    assert "truth.csv" in str(told.value)


def test_a_file_that_is_not_there_is_told(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(TruthUnusable, match=path.name):
            read_truth(path)
