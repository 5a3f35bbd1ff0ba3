"""What staff said of the rules stands in the review, without their names and without anybody's private data."""

from datetime import timedelta

from becalm.policy import give_feedback, load_policy
from becalm.review import write_review


def test_remarks_stand_under_their_rule_without_who_said_them(busy_store, week, names, tmp_path):
    said = "Where does irony end? Ask +49 30 1234567 or <b>me</b>."
    with busy_store.writing() as session:
        give_feedback(session, load_policy(), "abuse", "moderator-1", said, week.start + timedelta(days=1))
        give_feedback(session, load_policy(), "flood", "lead-1", "said long ago", week.start - timedelta(days=1))
    review = write_review(busy_store, tmp_path / "review", week, names, now=week.end)
    page = review.page.read_text("utf-8")
    assert "What staff said of the rules" in page
    assert "Where does irony end?" in page
    assert "&lt;b&gt;me&lt;/b&gt;" in page
    assert "1234567" not in page
    assert "moderator-1" not in page
    assert "said long ago" not in page
