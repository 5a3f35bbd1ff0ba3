"""Who is told of what, when, and in which words."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from becalm.cases.deciding import Ruling, decide, override
from becalm.cases.machine import decide_alone
from becalm.cases.reversing import reverse, undo
from becalm.cases.sweeping import preview, sweep
from becalm.errors import InputError, PersonUnknown
from becalm.notices import Owed, owe
from becalm.notices.filling import NoticeUnknown, call_off, fill, find_notice
from becalm.notices.listing import notice_counts, notice_records, whole_record
from becalm.policy import load_policy
from becalm.policy.templates import Audience
from becalm.store import Account, Comment, Notice

ONE, LEAD, CARE = "moderator-1", "lead-1", "care-1"
REMOVE, HIDE = Ruling("remove"), Ruling("hide")


@pytest.fixture
def office(desk_under, told):
    """A desk with a case of spam, under a policy that can tell people everything."""
    return desk_under(told)


@pytest.fixture
def send(office, carrier, platform):
    """What was said since, after the time in which decisions can be undone."""
    carry, seen = carrier(office), []

    def send():
        office.later(minutes=16)
        carry()
        said = [line for line in platform.lines if line["text"] and line not in seen]
        seen.extend(said)
        return said

    return send


def records(desk, state=None):
    with desk.store.reading() as session:
        return list(notice_records(session, state))


def say(office, text, by, name, **signals):
    office.stream.say(text, by=by, name=name, **signals)
    office.open()
    case = office.stream.case(subject=f"youtube/{name}")
    office.ids[name] = case.id
    return case.id


def test_the_author_is_told_when_it_can_not_be_undone_any_more(office, send, carrier):
    office.do(decide, office.ids["spam"], ONE, ruling=REMOVE)
    carrier(office)()
    assert [each["state"] for each in records(office)] == ["waiting"]
    (line,) = send()
    assert (line["kind"], line["target_kind"], line["target"]) == ("message", "account", "spammer")
    assert [each["state"] for each in records(office)] == ["sent"]


def test_the_notice_tells_rule_facts_who_decided_and_how_to_appeal(office, send):
    office.do(decide, office.ids["spam"], ONE, ruling=REMOVE)
    (line,) = send()
    until = office.now + timedelta(days=184)
    for words in ("Spam", "“cheap watches” (2 March 2026)", "Software pointed it out, and a person decided",
                  "https://tea.example/appeal", f"until {until.day} {until:%B} {until.year}"):  # fmt: skip
        assert words in line["text"]
    assert "⟦" not in line["text"]
    assert records(office)[0]["appeal_until"] == until.isoformat()


def test_a_machine_says_that_it_decided(office, send):
    with office.store.writing() as session:
        decide_alone(session, office.policy, office.ids["spam"], Ruling("remove", template="spam-removed"), office.now)
    (line,) = send()
    assert "Software decided this by itself" in line["text"]


def test_the_first_notice_is_the_mild_one_and_a_machine_can_not_choose_another(office, send):
    with office.store.writing() as session:
        decide_alone(session, office.policy, office.ids["spam"], Ruling("remove", template="spam-removed"), office.now)
    assert "nothing else follows from it" in send()[0]["text"]
    again = say(office, "cheap phones", "spammer", "again", spam=0.9)
    office.do(decide, again, ONE, ruling=REMOVE)
    assert "taken for advertising" in send()[0]["text"]


def test_undone_before_it_was_sent_nobody_hears_of_it(office, send):
    office.do(decide, office.ids["spam"], ONE, ruling=REMOVE)
    office.do(undo, office.ids["spam"], ONE)
    assert send() == []
    assert [each["state"] for each in records(office)] == ["cancelled"]


def test_decided_again_after_an_undo_it_is_told_once(office, send):
    for _ in range(2):
        office.do(decide, office.ids["spam"], ONE, ruling=REMOVE)
        office.do(undo, office.ids["spam"], ONE)
    office.do(decide, office.ids["spam"], ONE, ruling=REMOVE)
    assert len(send()) == 1


def test_an_override_that_says_the_same_is_not_told_again(office, send):
    office.do(decide, office.ids["spam"], ONE, ruling=REMOVE)
    assert len(send()) == 1
    office.do(override, office.ids["spam"], ONE, ruling=Ruling("remove", note="another word for the file"))
    assert send() == []


def test_a_mistake_is_told_when_a_person_has_said_why(office, send):
    office.do(decide, office.ids["spam"], ONE, ruling=REMOVE)
    send()
    office.do(reverse, office.ids["spam"], LEAD, note="it was an answer to a question")
    assert send() == []
    (blocked,) = records(office, "blocked")
    assert {gap.partition(":")[0] for gap in blocked["gaps"]} == {"handler", "reason"}
    with office.store.writing() as session:
        values = {"handler": "Kim", "reason": "It answered a question."}
        fill(session, office.policy, blocked["id"][:8], LEAD, values, office.now)
    (line,) = send()
    assert "It answered a question." in line["text"]
    assert "we made a mistake" in line["text"]


def test_whoever_contested_hears_of_it_as_that_and_not_twice(office, send):
    office.do(decide, office.ids["spam"], ONE, ruling=REMOVE)
    send()
    settled = office.do(reverse, office.ids["spam"], LEAD, note="right")
    with office.store.writing() as session:
        values = {"handler": "Kim", "reason": "It answered a question."}
        owed = Owed(Audience.APPELLANT, "youtube:spammer", "restore", office.ids["spam"], settled.decision.id, values)
        owe(session, office.policy, owed, office.now)
    (line,) = send()
    assert "you were right to contest" in line["text"]
    assert records(office, "blocked") == []


def test_a_warning_taken_back_is_told_in_its_own_words(office, send):
    office.do(decide, office.ids["spam"], ONE, ruling=Ruling("warn", template="warning"))
    assert "We have written to you about this before" in send()[0]["text"]
    office.do(reverse, office.ids["spam"], LEAD, note="wrong account")
    send()
    assert records(office, "blocked")[0]["template"] == "measure-lifted"


def test_one_sweep_is_one_notice(office, send):
    others = [say(office, f"cheap thing {n}", "spammer", f"more{n}", spam=0.9) for n in range(4)]
    office.do(decide, office.ids["spam"], ONE, ruling=REMOVE)
    with office.store.writing() as session:
        found = preview(session, office.policy, office.ids["spam"], ONE, office.now)
        sweep(session, office.policy, office.ids["spam"], ONE, office.now, found.versions)
    (line,) = send()
    assert "and 2 more" in line["text"]
    (notice,) = records(office)
    with office.store.reading() as session:
        assert (
            len(whole_record(session, office.policy, session.get(Notice, notice["id"]), office.now)["decisions"]) == 5
        )
    assert len(others) == 4


def test_of_a_sweep_only_what_was_undone_is_left_out(office, send):
    more = say(office, "cheap phones", "spammer", "more", spam=0.9)
    office.do(decide, office.ids["spam"], ONE, ruling=REMOVE)
    office.do(decide, more, ONE, ruling=REMOVE)
    office.do(undo, more, ONE)
    (line,) = send()
    assert "cheap watches" in line["text"]
    assert "cheap phones" not in line["text"]


def test_deceptive_bulk_spam_needs_no_notice_and_everybody_else_in_it_does(office, send):
    for number in range(3):
        office.stream.say("win a phone", by=f"bot{number}", name=f"bait{number}", at=number, spam=0.95)
    office.stream.say("win a phone, they say", by="ann", name="quoting", at=9, spam=0.2)
    office.stream.regroup(bait=("campaign", ["win a phone", "win a phone, they say"]))
    office.open()
    office.do(decide, office.stream.case(kind="group").id, ONE, ruling=REMOVE)
    assert [line["target"] for line in send()] == ["ann"]


def test_what_can_not_be_filled_in_is_blocked_and_listed_and_never_sent(desk, carrier, platform):
    desk.do(decide, desk.ids["spam"], ONE, ruling=REMOVE)
    desk.later(minutes=16)
    carried = carrier(desk)()
    assert carried.blocked == 1
    (notice,) = records(desk, "blocked")
    assert {gap.partition(":")[0] for gap in notice["gaps"]} == {"appeal_link", "policy_link"}
    assert [line["kind"] for line in platform.lines] == ["remove"]
    with desk.store.reading() as session:
        assert notice_counts(session) == {"blocked": 1}


def test_a_policy_that_fills_the_gap_sends_what_was_blocked(desk, carrier, platform, told):
    desk.do(decide, desk.ids["spam"], ONE, ruling=REMOVE)
    desk.later(minutes=16)
    carrier(desk)()
    desk.policy = told
    carrier(desk)()
    assert platform.kinds == ["remove", "message"]


def test_a_notice_is_in_the_language_of_what_the_account_wrote(office, send):
    with office.store.writing() as session:
        session.execute(update(Comment).values(language="de-AT"))
    office.do(decide, office.ids["spam"], ONE, ruling=HIDE)
    (line,) = send()
    assert line["language"] == "de"
    assert "Widerspr" in line["text"] or "anders" in line["text"]


def test_a_name_that_is_a_template_is_only_a_name(office, send):
    with office.store.writing() as session:
        session.execute(update(Account).values(name="{{ 7 * 7 }}"))
        session.execute(update(Comment).values(text="{{ brand }} {% for x in y %} https://evil.example/path"))
    office.do(decide, office.ids["spam"], ONE, ruling=REMOVE)
    (line,) = send()
    assert "49" not in line["text"]
    assert "{{ brand }}" in line["text"]
    assert "https://evil.example" not in line["text"]


def test_a_public_answer_waits_for_the_person_who_signs_it(office, send):
    angry = say(office, "it broke and nobody answers", "ann", "angry", complaint=0.9)
    office.do(decide, angry, CARE, ruling=Ruling("reply"))
    assert send() == []
    (notice,) = records(office, "blocked")
    assert (notice["audience"], notice["template"]) == ("public", "care-first-answer")
    with office.store.writing() as session:
        fill(session, office.policy, notice["id"], CARE, {"handler": "Kim"}, office.now)
    (line,) = send()
    assert (line["kind"], line["target_kind"], line["target"]) == ("reply", "comment", "angry")


@pytest.mark.parametrize(
    ("values", "edited", "by", "error"),
    [
        ({"nonsense": "x"}, None, CARE, InputError),
        ({}, " ", CARE, NoticeUnknown),
        ({}, "x" * 5000, CARE, NoticeUnknown),
        ({}, None, "stranger", PersonUnknown),
    ],
)
def test_what_can_not_be_filled_in_changes_nothing(office, values, edited, by, error):
    office.do(decide, office.ids["spam"], ONE, ruling=REMOVE)
    (before,) = records(office)
    with pytest.raises(error), office.store.writing() as session:
        fill(session, office.policy, before["id"], by, values, office.now, edited)
    assert records(office) == [before]


def test_a_text_of_ones_own_is_checked_like_any_other(office, send):
    office.do(decide, office.ids["spam"], ONE, ruling=REMOVE)
    (notice,) = records(office)
    with office.store.writing() as session:
        rendered = fill(session, office.policy, notice["id"], LEAD, {}, office.now, "SHAME ON YOU!!! {{ name }}")
    assert any("shouting" in gap for gap in rendered.gaps)
    assert any("still open" in gap for gap in rendered.gaps)
    assert send() == []
    with office.store.writing() as session:
        fill(session, office.policy, notice["id"], LEAD, {}, office.now, "Your comment was removed as advertising.")
    assert [line["text"] for line in send()] == ["Your comment was removed as advertising."]


def test_what_is_sent_or_called_off_can_not_be_changed(office, send):
    office.do(decide, office.ids["spam"], ONE, ruling=REMOVE)
    (notice,) = records(office)
    with office.store.writing() as session:
        call_off(session, office.policy, notice["id"], LEAD)
    assert send() == []
    with pytest.raises(NoticeUnknown, match="called off"), office.store.writing() as session:
        fill(session, office.policy, notice["id"], LEAD, {}, office.now)
    with pytest.raises(NoticeUnknown), office.store.reading() as session:
        find_notice(session, "")


def test_every_author_template_of_an_action_that_restricts_can_be_filled_in_by_the_case(told):
    """Nothing in a notice of a decision waits for a person, so that nobody is told late."""
    from becalm.policy.template_text import variables_of
    from becalm.policy.variables import VARIABLES, FilledBy

    restricting = ("hide", "remove", "warn", "mute", "ban")
    for template in load_policy().templates:
        if template.audience == Audience.AUTHOR and set(template.actions) <= set(restricting):
            used = {VARIABLES[name].filled_by for name in variables_of(template.text)}
            assert FilledBy.PERSON not in used, template.id


def test_a_repeated_release_changes_nothing(office, send, rows):
    office.do(decide, office.ids["spam"], ONE, ruling=REMOVE)
    send()
    before = [(row.id, row.state, row.attempts) for row in rows()]
    assert send() == []
    assert [(row.id, row.state, row.attempts) for row in rows()] == before
    with office.store.reading() as session:
        assert len(session.scalars(select(Notice)).all()) == 1
