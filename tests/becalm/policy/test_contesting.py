"""Policies whose reports or appeals would do what they must not."""

import pytest

from becalm.policy import SHIPPED
from becalm.policy.loader import problems_at

REPORTED = "    severity: 0.15\n    action: monitor\n    template: watch-note\n"


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (REPORTED, REPORTED.replace("0.15", "0.6"), "could take a customer out of care"),
        (REPORTED, REPORTED + "    machine_may_act: true\n    machine_daily_limit: 5\n", "no machine acts on reports"),
        (REPORTED, REPORTED + "    strike: {weight: 1.0}\n", "a report is no offence"),
        (
            REPORTED,
            "    severity: 0.15\n    action: hide\n    template: notice-hidden\n",
            "reports alone suggest no action that reaches a person",
        ),
        ("rule: single-spam}", "rule: single-spma}", "there is no rule `single-spma`; did you mean `single-spam`?"),
        ("window_days: 184, queue: appeals", "window_days: 183, queue: appeals", "184 days at least"),
        ("window_days: 184, queue: appeals", "window_days: 184, queue: apeals", "there is no queue `apeals`"),
        ("  reports: {days: 730", "  reports: {days: 100", "reports.reliability_days looks back 365 days"),
        ("window_days: 184, queue", "window_days: 1200, queue", "appeals.window_days looks back 1200 days"),
        ("  trusted: []", "  trusted: [watchdog]", "trusted"),
    ],
)
def test_what_reports_and_appeals_must_not_is_refused_with_its_line(tmp_path, old, new, why):
    text = SHIPPED.read_text()
    assert text.count(old) == 1
    path = tmp_path / "policy.yaml"
    path.write_text(text.replace(old, new))
    found = problems_at(path)
    assert any(why in str(one) for one in found), [str(one) for one in found]
    assert all(one.line > 1 for one in found)


def test_appeals_need_somebody_else_who_can_answer_them(tmp_path):
    text = SHIPPED.read_text().replace(
        "    purpose: Decisions that were contested, for somebody who had no part in them.\n",
        "    purpose: Decisions that were contested.\n    roles: [reviewer]\n",
    )
    path = tmp_path / "policy.yaml"
    path.write_text(text)
    assert any("it takes two people" in one.why for one in problems_at(path))
