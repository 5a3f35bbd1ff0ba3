"""A policy whose people can't do its work is refused, with the line."""

import pytest

from becalm.policy import load_policy

ABUSE = "    strike: {weight: 1.0, days: 120}"


@pytest.mark.parametrize(
    ("old", "new", "key", "why"),
    [
        (ABUSE, f"{ABUSE}\n    decided_by: [leed]", "rules[abuse].decided_by", "mean `lead`?"),
        (ABUSE, f"{ABUSE}\n    decided_by: []", "rules[abuse].decided_by", "at least 1"),
        (ABUSE, f"{ABUSE}\n    decided_by: [lead]\n    second_person: true",
         "rules[abuse].second_person", "two people"),
        (ABUSE, f"{ABUSE}\n    machine_may_act: true", "rules[abuse].machine_may_act", "give machine_daily_limit"),
        (ABUSE, f"{ABUSE}\n    machine_daily_limit: 5", "rules[abuse].machine_daily_limit", "limits nothing"),
        (ABUSE, f"{ABUSE}\n    machine_may_act: true\n    machine_daily_limit: 0",
         "rules[abuse].machine_daily_limit", "greater than 0"),
        (ABUSE, f"{ABUSE}\n    machine_may_act: true\n    machine_daily_limit: 5\n    second_person: true",
         "rules[abuse].machine_may_act", "can't act alone"),
        ("    customers_first: true", "    customers_first: true\n    roles: [carers]", "queues.care.roles", "carers"),
        ("  lead-1: {title", "  machine: {title", "people.machine", "what machines sign with"),
        ("  lead-1: {title", "  Lead One: {title", "people.Lead One", "match pattern"),
        ("roles: [reviewer]", "roles: []", "people.reviewer-1.roles", "at least 1"),
        ("lease_minutes: 30", "lease_minutes: 0", "work.lease_minutes", "greater than 0"),
    ],
)  # fmt: skip
def test_work_that_nobody_can_do_is_refused(refused, old, new, key, why):
    error = refused(old, new)
    assert error.key.startswith(key)
    assert why in error.why


def test_people_may_read_everything_or_some_languages():
    mona = load_policy().people["moderator-1"]
    assert mona.reads("de")
    german = mona.model_copy(update={"languages": ("de",)})
    assert (german.reads("de"), german.reads("en"), german.reads(None)) == (True, False, True)
