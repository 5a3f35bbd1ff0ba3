import pytest

from becalm.policy import SHIPPED, load_policy
from becalm.policy.differences import differences


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("keyword_other: spam, may_be_illegal: true", "keyword_other: spam",
         ["Statements under single-spam: count as STATEMENT_CATEGORY_OTHER_VIOLATION_TC, KEYWORD_OTHER and spam."]),
        ("hide: {visibility: [DECISION_VISIBILITY_CONTENT_DISABLED]}",
         "hide: {visibility: [DECISION_VISIBILITY_CONTENT_LABELLED]}",
         ["Action hide: restricts: DECISION_VISIBILITY_CONTENT_LABELLED."]),
        ("keyword_other: another breach of the published rules", "keyword_other: a breach",
         ["Statements under other rules: count as STATEMENT_CATEGORY_OTHER_VIOLATION_TC, KEYWORD_OTHER and a breach."]),
        ("version", "version", []),
    ],
)  # fmt: skip
def test_what_decisions_are_stated_as_is_told_when_it_changes(tmp_path, old, new, words):
    path = tmp_path / "policy.yaml"
    path.write_text(SHIPPED.read_text("utf-8").replace(old, new), "utf-8")
    assert [f"{one.about}: {one.words}" for one in differences(load_policy(), load_policy(path))] == words
