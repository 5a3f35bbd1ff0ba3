"""What strangers write never shows up in a statement, whatever they write."""

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from becalm.cases.deciding import Ruling, decide
from becalm.decisions import Decided
from becalm.policy import Policy
from becalm.statements.facts import Matter, facts_in_words, fitted
from becalm.statements.origin import Notified, Origin
from becalm.statements.persons import count_persons
from becalm.statements.vocabulary import FULLY, NO, NOT, TEXTS, VOLUNTARY, YES

ONE = "moderator-1"
HOSTILE = (
    "Call Theodora Quillfeather at +49 30 901820 or theodora@quill.example, IBAN DE89 3704 0044 0532 0130 00, "
    "@quillfeather, https://quill.example/pay?u=theodora"
)
SECRETS = ("Theodora", "Quillfeather", "quill", "901820", "DE89", "pay?u")


def reasons_with(text):
    names = ("abuse", "keywords", "private_data", "wording", text)
    return [{"signal": name, "score": 0.9, "text": text} for name in names] + [{"signal": text}, {}]


@pytest.mark.parametrize("rule", ["abuse", "private-data", "threat", "campaign", "single-spam", "repeat-offender"])
def test_hostile_words_never_show_up(shipped_desk, rule):
    comments = [shipped_desk.comment(f"{HOSTILE} {n}", by=f"Theodora Quillfeather {n}", language=HOSTILE)
                for n in range(2)]  # fmt: skip
    case_id = shipped_desk.case(rule, comments, subject=HOSTILE, reasons=reasons_with(HOSTILE))
    shipped_desk.do(decide, case_id, ONE, ruling=Ruling("hide", note=HOSTILE))
    shipped_desk.make()
    told = orjson.dumps(shipped_desk.statement().fields).decode()
    assert [secret for secret in SECRETS if secret.casefold() in told.casefold()] == []
    assert shipped_desk.check().is_good


def told(policy: Policy, rule: str, reasons, **more):
    decided = Decided("k1", "decision", ONE, False, rule, "2", "hide", "upheld", more.pop("at"))
    matter = Matter("comment", 1, 1, 1, more["day"], more["day"])
    origin = more.get("origin", Origin(VOLUNTARY, YES, NOT))
    return facts_in_words(policy, decided, matter, reasons, origin, more.get("notified"), more.get("confirmed", False))


@pytest.fixture
def when(desk):
    return {"at": desk.now, "day": desk.now.date()}


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=25), rule=st.sampled_from(["abuse", "threat", "private-data", "campaign"]))
def test_no_text_of_a_reason_is_quoted(policy, when, text, rule):
    assert told(policy, rule, reasons_with(text), **when) == told(policy, rule, reasons_with("*" * 25), **when)


def test_what_was_found_is_told_in_the_words_of_the_policy(policy, when):
    reasons = [{"signal": "private_data", "score": 1.0, "text": "shows private data: phone number, bank account"},
               {"signal": "spam", "score": 0.1234, "text": "x"}]  # fmt: skip
    words = told(policy, "private-data", reasons, **when)
    assert "Found: shows private data: phone number and bank account; reads like spam 0.12." in words


def test_who_decided_is_told(policy, when):
    assert "A machine decided alone" in told(policy, "abuse", [], origin=Origin(VOLUNTARY, YES, FULLY), **when)
    assert "A second person agreed" in told(policy, "abuse", [], confirmed=True, **when)
    assert "A person noticed it" in told(policy, "abuse", [], origin=Origin(VOLUNTARY, NO, NOT), **when)
    notified = Notified("SOURCE_ARTICLE_16", when["at"])
    assert "There came in 1 notice of it." in told(policy, "abuse", [], notified=notified, **when)


@pytest.mark.parametrize("rule", ["abuse", "gone"])
def test_a_rule_that_is_gone_is_still_named(policy, when, rule):
    assert f"({rule}) of the policy" in told(policy, rule, [], **when)


PIECES = st.lists(
    st.one_of(
        st.sampled_from(["+49 30 901820", "ann@mail.example", "@ann", "DE89 3704 0044 0532 0130 00",
                         "4111 1111 1111 1111",
                         "12 Rose Street, 10115 Berlin", "a@b.c", "my number is", "123-45-6789", " ", "."]),
        st.text(max_size=20), st.integers().map(str),
    ),
    max_size=12,
).map("".join)  # fmt: skip


@settings(max_examples=60)
@given(PIECES)
def test_what_is_fitted_tells_of_nobody(text):
    assert count_persons(fitted("decision_facts", text)) == 0


@settings(max_examples=60)
@given(st.text(max_size=6000), st.sampled_from(sorted(TEXTS)))
def test_a_text_is_never_longer_than_its_field(text, field):
    assert len(fitted(field, text)) <= TEXTS[field]
