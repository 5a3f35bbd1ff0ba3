"""What a policy may say about carrying out, telling and contesting."""

from pathlib import Path

import pytest

from becalm.errors import PolicyInvalid
from becalm.policy import SHIPPED, load_policy
from becalm.policy.differences import differences


def changed(tmp_path: Path, old: str, new: str) -> Path:
    text = SHIPPED.read_text("utf-8")
    assert text.count(old) == 1, old
    path = tmp_path / "policy.yaml"
    path.write_text(text.replace(old, new), "utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("    hide: {on: comment,", "    hied: {on: comment,", "there is no action `hied`"),
        ("    hide: {on: comment,", "    reply: {on: comment,", "`reply` says something"),
        ("taken_back_by: unmute}", "taken_back_by: ban}", "`ban` is an effect itself"),
        (", taken_back_by: unban}", "}", "must be able to end it"),
        ("    ban: {on: account, level: 2, taken_back_by: unban}\n", "", "nobody is suspended"),
        ("  first: first-notice", "  first: frist-notice", "did you mean `first-notice`"),
        ("  first: first-notice", "  first: report-acted", "is for reporter"),
        ("  exempt: [campaign]", "  exempt: [abuse]", "whoever it hits must be told"),
        ("  exempt: [campaign]", "  exempt: [single-spam]", "whoever it hits must be told"),
        ("  exempt: [campaign]", "  exempt: [complaint-wave]", "whoever it hits must be told"),
        ("  exempt: [campaign]", "  exempt: [campain]", "did you mean `campaign`"),
        ("appeals: {window_days: 184", "appeals: {window_days: 30", "six months: 184 days at least"),
    ],
)
def test_what_can_not_be_carried_out_or_told_is_refused(tmp_path: Path, old: str, new: str, why: str) -> None:
    with pytest.raises(PolicyInvalid) as caught:
        load_policy(changed(tmp_path, old, new))
    assert why in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("appeals: {window_days: 184", "appeals: {window_days: 365", "for 365 days instead of 184 days"),
        ("  exempt: [campaign]", "  exempt: []", "without telling the author: no rule"),
        ("level: 1, taken_back_by: restore}", "level: 1, taken_back_by: show}", "taken back by show; until now"),
        ("spares_below_spam: 0.5", "spares_below_spam: 0.4", "below a spam score of 0.4 instead of 0.5"),
        ("{attempts: 8,", "{attempts: 3,", "attempts changes from 8 to 3"),
    ],
)
def test_what_changes_is_told_in_plain_words(tmp_path: Path, old: str, new: str, words: str) -> None:
    (told,) = differences(load_policy(), load_policy(changed(tmp_path, old, new)))
    assert words in told.words
