"""A response made ready, from Python and from the command line."""

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import update

from becalm import cli
from becalm.cases.responding import prepare
from becalm.errors import CaseUnknown, InputError
from becalm.policy import SHIPPED
from becalm.store import Account, Comment, Thread

ABOUT_US = (
    "about_us: {brand: Lantern Tea, policy_link: tea.example/rules, support_link: tea.example/help, "
    "appeal_link: tea.example/appeal, help_link: help.example}\n"
)


@pytest.fixture
def case(stream, run):
    stream.say("it is broken", by="ann", complaint=0.8)
    with stream.store.writing() as session:
        session.execute(update(Account).values(name="{{ 7*7 }} Robin"))
        session.execute(update(Thread).values(title="STUPID {{ 7*7 }}!!"))
        session.execute(update(Comment).values(language="de"))
    run(stream)
    return stream.case()


@pytest.fixture
def respond(tmp_path, case):
    (tmp_path / "policy.yaml").write_text(SHIPPED.read_text("utf-8") + ABOUT_US, "utf-8")

    def respond(*arguments, **more):
        where = ["--home", str(tmp_path), "--policy", str(tmp_path / "policy.yaml")]
        return CliRunner().invoke(cli.becalm, ["respond", case.id, *where, *arguments], **more)

    return respond


def told(result):
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_machines_way_leads_to_action_and_text_in_the_writers_language(respond):
    found = told(respond("--json"))
    assert found["path"] == found["machine_path"]
    assert found["path"][-1] == {"question": "topic", "answer": "other"}
    assert (found["action"], found["template"], found["language"]) == ("reply", "care-first-answer", "de")
    assert found["then"][0] == {"action": "message", "template": "care-private"}
    assert found["text"].startswith("Hallo, danke")
    assert [each["name"] for each in found["missing"]] == ["handler"]
    assert not found["ready"]


def test_it_is_ready_once_all_is_filled_in(respond):
    found = told(respond("--json", "--set", "handler=Kim"))
    assert found["ready"]
    assert found["text"].endswith("Kim")


def test_people_go_their_own_way_step_by_step(respond):
    found = told(respond("--json", *["--answer", "none", "--answer", "none", "--answer", "none", "--answer", "none"]))
    assert found["question"]["id"] == "misinformed"
    assert found["action"] is None
    way = ["none", "none", "none", "none", "none", "heated"]
    found = told(respond("--json", "--language", "en", *(f"--answer={each}" for each in way), "--set", "handler=Kim"))
    assert (found["action"], found["template"], found["ready"]) == ("remind", "respect-reminder", True)


def test_a_strangers_words_in_a_text_are_neither_template_nor_tone(respond):
    way = ["none", "none", "none", "none", "none", "none", "elsewhere"]
    found = told(respond("--json", "--language=en", *(f"--answer={each}" for each in way), "--set", "handler=Kim"))
    assert 'about "STUPID {{ 7*7 }}!!"' in found["text"]
    assert found["objections"] == []
    assert found["ready"]


def test_what_a_person_writes_into_a_gap_or_instead_is_judged(respond):
    way = ["none", "none", "none", "none", "wrong"]
    answers = ["--json", "--language=en", *(f"--answer={each}" for each in way), "--set", "handler=Kim"]
    found = told(respond(*answers, "--set", "fact=You should have read it."))
    assert [each["kind"] for each in found["objections"]] == ["blame"]
    found = told(respond(*answers, "--edit", "-", input="Hello [name], we will refund you."))
    assert [each["kind"] for each in found["objections"]] == ["refund"]
    assert found["open"] == ["[name]"]
    assert not found["ready"]
    assert told(respond(*answers, "--edit", "-", input="Hello, thank you for asking."))["ready"]


def test_the_page_shows_the_way_the_text_and_what_is_missing(respond):
    page = respond().output
    for words in ("Is this somebody who has a problem with us?", "care-first-answer", "Fill in before it can be sent",
                  "handler", "Not ready to be sent"):  # fmt: skip
        assert words in page


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--answer", "nope"], "no answer `nope`"),
        (["--set", "handler"], "NAME=VALUE"),
        (["--set", "handlerr=Kim"], "did you mean `handler`"),
    ],
)
def test_what_cannot_be_used_is_a_clear_error(respond, arguments, why):
    assert why in str(respond(*arguments).exception)


def test_a_second_public_answer_is_not_ready(stream, case, policy):
    answer = stream.say("sorry", by="brand", is_brand=True)
    with stream.store.writing() as session:
        session.execute(update(Comment).where(Comment.id == answer).values(parent_id="c1"))
    with stream.store.reading() as session:
        preparing = prepare(session, policy, case.id)
        again = preparing.respond(preparing.walk(["none", "none", "unhappy", "not-yet", "other"]), {"handler": "Kim"})
        assert "once in this thread" in again.objection
        assert not again.is_ready
        assert preparing.machine.at == "go-on-in-private"
        to_all = preparing.respond(preparing.walk(["none", "none", "none", "none", "none", "heated"]), {})
        assert to_all.objection is None


def test_an_unknown_case_is_refused(stream, policy):
    with stream.store.reading() as session, pytest.raises(CaseUnknown, match="knone"):
        prepare(session, policy, "knone")


def test_the_beginning_of_a_case_id_will_do_and_that_of_two_or_none_will_not(stream, run, respond, case, tmp_path):
    where = ["--home", str(tmp_path), "--policy", str(tmp_path / "policy.yaml"), "--json"]
    found = CliRunner().invoke(cli.becalm, ["respond", case.id[:6], *where])
    assert told(found)["case_id"] == case.id
    stream.say("that one too", by="bob", complaint=0.8)
    run(stream)
    for begins, why in (("k", "several begin so"), ("zz", "there is none with this id"), ("", "there is none")):
        refused = CliRunner().invoke(cli.becalm, ["respond", begins, *where])
        assert refused.exit_code != 0
        assert isinstance(refused.exception, InputError)
        assert why in str(refused.exception)


def test_a_notice_tells_the_rule_in_the_language_of_the_notice(stream, run, policy):
    stream.say("ihr deppen", by="eve", abuse=0.9)
    with stream.store.writing() as session:
        session.execute(update(Comment).values(language="de"))
    run(stream)
    with stream.store.reading() as session:
        preparing = prepare(session, policy, stream.case().id)
        german = preparing.respond(preparing.machine, {})
        english = preparing.respond(preparing.machine, {}, "en")
    assert "Beleidigende Sprache" in german.written.text
    assert "Abusive language" in english.written.text


def test_what_nobody_can_check_the_tone_of_is_never_ready(respond):
    spanish = told(respond("--json", "--language", "es", "--set", "handler=Kim"))
    assert (spanish["language"], spanish["tone_known"], spanish["ready"]) == ("es", False, False)
