"""For each expectation of the suite `statements` an example that fails it, and all that passes."""

import pytest

from becalm.policy import load_policy
from becalm.statements import vocabulary
from expectations.statement_rows import StatedRow
from expectations.statements import check_statements, suite

GROUND = {"incompatible_content_ground": "rule abuse", "incompatible_content_explanation": "Insults."}
GOOD = {
    "decision_visibility": ["DECISION_VISIBILITY_CONTENT_DISABLED"],
    "decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT", **GROUND, "content_type": ["CONTENT_TYPE_TEXT"],
    "category": "STATEMENT_CATEGORY_CYBER_VIOLENCE", "category_specification": ["KEYWORD_CYBER_HARASSMENT"],
    "content_language": "EN", "content_date": "2026-03-01", "application_date": "2026-03-02",
    "decision_facts": "One comment.", "source_type": "SOURCE_VOLUNTARY", "automated_detection": "Yes",
    "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED", "puid": "d1",
}  # fmt: skip
LAW = {
    "decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT", "illegal_content_legal_ground": "Article 6",
    "illegal_content_explanation": "No consent.", "incompatible_content_ground": None,
    "incompatible_content_explanation": None,
}  # fmt: skip
FULLY, PARTIALLY = "AUTOMATED_DECISION_FULLY", "AUTOMATED_DECISION_PARTIALLY"


def a_row(known=None, **changes):
    fields = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    facts = {"is_machine": False, "took_over": False, "was_notified": False, **(known or {})}
    return StatedRow(puid=facts.pop("puid", "d1"), fields=fields, **facts)


def within(name, most):
    return f"{name} has 1 to {most:,} characters"


ACCOUNT = {"decision_visibility": None, "decision_account": "DECISION_ACCOUNT_SUSPENDED"}
OTHER, ALONE = "what is `other` says what", "only what is `other` says what"
BROKEN = [
    (a_row(puid=None, known={"puid": "d1"}), "a statement has a puid"),
    (a_row(puid="d 1", known={"puid": "d 1"}), "a puid is of letters, digits, hyphens and underscores, 500 at most"),
    (a_row(puid="d1\n", known={"puid": "d1\n"}), "a puid is of letters, digits, hyphens and underscores, 500 at most"),
    (a_row(puid="d" * 501), "a puid is of letters, digits, hyphens and underscores, 500 at most"),
    (a_row(puid="other"), "a puid is the id of the decision"),
    (a_row(puid="d0"), "a puid is never used again"),
    (a_row(author="ann"), "there are no fields that the schema doesn't know"),
    (a_row(decision_visibility=None),
     "what is restricted is known: a decision on visibility, monetary, provision or account"),
    (a_row(decision_visibility=[]),
     "what is restricted is known: a decision on visibility, monetary, provision or account"),
    (a_row(decision_visibility=["HIDDEN"]), "decision_visibility has words of the schema only"),
    (a_row(decision_visibility="DECISION_VISIBILITY_CONTENT_DISABLED"), "decision_visibility is a list of words"),
    (a_row(decision_visibility=GOOD["decision_visibility"] * 2), "decision_visibility has no word twice"),
    (a_row(decision_monetary="DECISION_MONETARY_FINE"), "decision_monetary is a word of the schema"),
    (a_row(decision_provision="NONE"), "decision_provision is a word of the schema"),
    (a_row(decision_account="BANNED", account_type="ACCOUNT_TYPE_PRIVATE"), "decision_account is a word of the schema"),
    (a_row(**ACCOUNT), "a decision on an account says of which type it is"),
    (a_row(account_type="ACCOUNT_TYPE_PRIVATE"), "only a decision on an account says of which type it is"),
    (a_row(**ACCOUNT, account_type="ROBOT"), "account_type is a word of the schema"),
    (a_row(decision_visibility=["DECISION_VISIBILITY_OTHER"]), OTHER),
    (a_row(decision_monetary="DECISION_MONETARY_OTHER"), OTHER),
    (a_row(content_type=["CONTENT_TYPE_OTHER"]), OTHER),
    (a_row(category_specification=["KEYWORD_OTHER"]), OTHER),
    (a_row(decision_visibility_other="behind a curtain"), ALONE),
    (a_row(category_specification_other="spam"), ALONE),
    (a_row(decision_ground=None), "there is a ground"),
    (a_row(decision_ground="WHIM"), "the ground is a word of the schema"),
    (a_row(incompatible_content_explanation=None), "the ground is named and explained"),
    (a_row(**{**LAW, "illegal_content_legal_ground": None}), "the ground is named and explained"),
    (a_row(**LAW | GROUND), "only one ground is named and explained"),
    (a_row(decision_ground_reference_url="rules"), "the ground's address is one"),
    (a_row(decision_ground_reference_url="javascript:alert(1)"), "the ground's address is one"),
    (a_row(content_type=None), "there is a type of content"),
    (a_row(content_type=["CONTENT_TYPE_SMELL"]), "content_type has words of the schema only"),
    (a_row(content_type="CONTENT_TYPE_TEXT"), "content_type is a list of words"),
    (a_row(category=None), "there is a category"),
    (a_row(category="STATEMENT_CATEGORY_SPAM"), "the category is one of the schema"),
    (a_row(category_specification=["KEYWORD_SPAM"]), "category_specification has words of the schema only"),
    (a_row(category_specification=["KEYWORD_PHISHING"]), "the keywords belong to the category"),
    *[(a_row(content_language=word), "content_language is an ISO 639-1 code in capitals")
      for word in ("en", "XX", "ENG", "")],
    (a_row(content_date=None), "there is a day on which the content was written"),
    (a_row(application_date=None), "there is a day from which the decision holds"),
    *[(a_row(content_date=day), "content_date is a day as 2026-03-01")
      for day in ("2026-3-1", "01.03.2026", "2026-02-30", "yesterday", "2026-03-01T00:00:00", 20260301, "")],
    (a_row(content_date="1999-12-31"), "content_date lies between 2000-01-01 and 2038-01-01"),
    (a_row(application_date="2019-12-31", content_date="2019-01-01"),
     "application_date lies between 2020-01-01 and 2038-01-01"),
    (a_row(end_date_visibility_restriction="2038-01-02"),
     "end_date_visibility_restriction lies between 2020-01-01 and 2038-01-01"),
    (a_row(content_date="2026-03-03"), "a decision holds from the day of its content or later"),
    (a_row(end_date_visibility_restriction="2026-03-01"), "no restriction ends before it begins"),
    (a_row(end_date_account_restriction="2026-03-09"), "only what is restricted has an end"),
    (a_row(decision_facts=None), within("decision_facts", 5000)),
    (a_row(decision_facts=""), within("decision_facts", 5000)),
    (a_row(decision_facts="x" * 5001), within("decision_facts", 5000)),
    (a_row(decision_facts=["x"]), within("decision_facts", 5000)),
    (a_row(incompatible_content_ground="x" * 501), within("incompatible_content_ground", 500)),
    (a_row(incompatible_content_explanation="x" * 2001), within("incompatible_content_explanation", 2000)),
    (a_row(source_type=None), "there is a source"),
    (a_row(source_type="SOURCE_RUMOUR"), "the source is a word of the schema"),
    (a_row(automated_detection=None), "it is said whether the detection was automated"),
    (a_row(automated_detection="yes"), "automated_detection is Yes or No"),
    (a_row(automated_detection=True), "automated_detection is Yes or No"),
    (a_row(automated_decision=None), "it is said whether the decision was automated"),
    (a_row(automated_decision="maybe"), "automated_decision is a word of the schema"),
    (a_row(automated_decision=FULLY), "fully automated is what a machine decided, and nothing else"),
    (a_row({"is_machine": True}), "fully automated is what a machine decided, and nothing else"),
    (a_row(automated_decision=PARTIALLY), "partially automated is only what a person took over"),
    (a_row({"took_over": True}, automated_detection="No", automated_decision=PARTIALLY),
     "partially automated is only what a person took over"),
    (a_row({"took_over": True}), "what a person took over is partially automated"),
    (a_row({"is_machine": True}, automated_decision=FULLY, automated_detection="No"),
     "what a machine did unasked was found by one"),
    (a_row({"was_notified": True}), "voluntary is what nobody gave notice of, and nothing else"),
    (a_row(source_type="SOURCE_ARTICLE_16"), "voluntary is what nobody gave notice of, and nothing else"),
    *[(a_row(decision_facts=f"He wrote {data}."), "no text holds private data")
      for data in ("to ann@mail.example", "+49 30 901820", "DE89 3704 0044 0532 0130 00", "@some.body")],
    (a_row(**LAW | {"illegal_content_explanation": "Call +49 30 901820"}), "no text holds private data"),
    (a_row({"names": {"Theo Quill"}}, **LAW | {"illegal_content_explanation": "theo  QUILL lied."}),
     "no text that a person wrote names an account"),
]  # fmt: skip


@pytest.fixture(scope="module")
def checked():
    """All broken ones between good ones, in one batch: each must be found by itself."""
    others = [a_row(puid=f"g{number}", known={"puid": f"g{number}"}) for number in range(2)]
    rows = [others[0], a_row(puid="d0", known={"puid": "d0"}), *(row for row, _ in BROKEN), others[1]]
    return check_statements(rows), len(rows)


@pytest.mark.parametrize("number", range(len(BROKEN)), ids=[f"{n}: {name}" for n, (_, name) in enumerate(BROKEN)])
def test_a_broken_statement_is_found_with_the_expectation_it_fails(checked, number):
    quality, _ = checked
    assert BROKEN[number][1] in [failure.expectation for failure in quality.bad[number + 2]]


def test_the_others_of_a_batch_go_on(checked):
    quality, rows = checked
    assert quality.good == [0, rows - 1]


def test_every_expectation_has_an_example_that_fails_it(checked):
    names = {each.description for each in suite().expectations}
    ends = {name for name in names if name.startswith("end_date_") or name.endswith("is a day as 2026-03-01")}
    texts = {name for name in names if name.endswith("characters")}
    lists = {name for name in names if name.endswith(("has no word twice", "is a list of words"))}
    assert names - ends - texts - lists <= {name for _, name in BROKEN}


def test_what_fails_is_told_without_its_text(checked):
    quality, _ = checked
    told = repr([failure for failures in quality.bad.values() for failure in failures])
    assert not [word for word in ("mail.example", "901820", "QUILL", "DE89") if word in told]


FINE = [
    a_row(),
    a_row(**LAW),
    a_row(content_language=None, category_specification=None),
    a_row(end_date_visibility_restriction="2026-03-02"),
    a_row(content_date="2026-03-02"),
    a_row(**ACCOUNT, account_type="ACCOUNT_TYPE_PRIVATE", end_date_account_restriction="2026-03-09"),
    a_row(decision_visibility=["DECISION_VISIBILITY_OTHER"], decision_visibility_other="x" * 500),
    a_row(decision_facts="x" * 5000, decision_ground_reference_url="https://brand.example/rules"),
    a_row(decision_facts="Regulation (EU) 2022/2065, written on 2026-03-01, version 20260301."),
    a_row({"is_machine": True, "took_over": True}, automated_decision=FULLY),
    a_row({"took_over": True}, automated_decision=PARTIALLY),
    a_row({"took_over": True, "was_notified": True}, automated_detection="No", source_type="SOURCE_TRUSTED_FLAGGER"),
    a_row({"names": {"Art", "6"}}, **LAW),
]


def test_all_of_these_pass():
    rows = [
        StatedRow(f"p{number}", {**row.fields, "puid": f"p{number}"}, row.is_machine, row.took_over, row.was_notified,
                  row.names)
        for number, row in enumerate(FINE)
    ]  # fmt: skip
    assert check_statements(rows).bad == {}


def test_no_statements_are_good():
    assert check_statements([]).is_good


def test_the_keywords_of_the_policy_are_those_of_their_categories():
    for stated in load_policy().statements.rules.values():
        assert set(stated.keywords or ()) <= set(vocabulary.KEYWORDS[stated.category])
