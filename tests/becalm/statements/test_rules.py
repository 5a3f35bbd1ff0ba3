"""Every rule of the shipped policy can be stated, and a policy that can't be is refused with the line."""

import pytest

from becalm.cases.deciding import Ruling, decide
from becalm.errors import PolicyInvalid
from becalm.policy import SHIPPED, load_policy
from becalm.statements.vocabulary import CATEGORIES, FIELDS, KEYWORDS, LISTS, TEXTS
from becalm.store.statements import GOOD

RULES = [rule.id for rule in load_policy().rules]


def test_every_rule_with_every_action_that_restricts_gives_a_good_statement(shipped_desk):
    for action in shipped_desk.policy.statements.actions:
        for rule in RULES:
            case_id = shipped_desk.case(rule, subject=action)
            shipped_desk.do(decide, case_id, "lead-1", ruling=Ruling(action))
    assert shipped_desk.make().new == 4 * len(RULES)
    quality = shipped_desk.check()
    assert (quality.rows, quality.failed) == (4 * len(RULES), {})
    assert {each.state for each in shipped_desk.statements()} == {GOOD}


def test_every_rule_that_suggests_a_restriction_says_what_it_counts_as(policy):
    suggesting = {rule.id for rule in policy.rules if rule.action in policy.statements.actions}
    assert suggesting <= policy.statements.rules.keys()
    assert {"abuse", "campaign", "single-spam", "flood", "warned-in-vain"} <= suggesting


def test_a_warning_and_an_answer_restrict_nobody(policy):
    assert policy.statements.actions.keys() == {"hide", "remove", "mute", "ban"}


def changed(tmp_path, old, new):
    text = SHIPPED.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    path = tmp_path / "policy.yaml"
    path.write_text(text.replace(old, new), "utf-8")
    return path


ABUSE = "    abuse: {category: STATEMENT_CATEGORY_CYBER_VIOLENCE, keywords: [KEYWORD_CYBER_BULLYING_INTIMIDATION], may_be_illegal: true}\n"  # noqa: E501
HIDE = "    hide: {visibility: [DECISION_VISIBILITY_CONTENT_DISABLED]}\n"
MUTE = "    mute: {account: DECISION_ACCOUNT_SUSPENDED, account_type: ACCOUNT_TYPE_PRIVATE}\n"
REFUSED = [
    (ABUSE, "", "rules[abuse].action", "`hide` restricts: say in `statements.rules`", "    action: hide"),
    (HIDE, "", "actions.hide", "`hide` restricts: say how", "  hide: {desc"),
    (MUTE, "", "actions.mute", "what becomes of the `account`", "  mute: {desc"),
    (MUTE, "    mute: {visibility: [DECISION_VISIBILITY_CONTENT_DISABLED]}\n", "actions.mute",
     "what becomes of the `account`", "  mute: {desc"),
    ("[KEYWORD_CYBER_BULLYING_INTIMIDATION]", "[KEYWORD_PHISHING]", "statements.rules.abuse",
     "no keyword of STATEMENT_CATEGORY_CYBER_VIOLENCE", "    abuse: {cat"),
    ("[KEYWORD_CYBER_BULLYING_INTIMIDATION]", "[KEYWORD_CYBER_BULLYING_INTIMIDATE]", "statements.rules.abuse.keywords",
     "did you mean `KEYWORD_CYBER_BULLYING_INTIMIDATION`?", "    abuse: {cat"),
    ("[KEYWORD_CYBER_BULLYING_INTIMIDATION]", "[KEYWORD_OTHER]", "statements.rules.abuse", "needs `keyword_other`",
     "    abuse: {cat"),
    ("STATEMENT_CATEGORY_SELF_HARM", "STATEMENT_CATEGORY_SELFHARM", "statements.rules.person-in-despair.category",
     "did you mean `STATEMENT_CATEGORY_SELF_HARM`?", "    person-in-despair: {cat"),
    ("    flood: {cat", "    floods: {cat", "statements.rules.floods", "did you mean `flood`?", "    floods: {cat"),
    ("    hide: {vis", "    hides: {visibility: [DECISION_VISIBILITY_CONTENT_LABELLED]}\n    hide: {vis",
     "statements.actions.hides", "did you mean `hide`?", "    hides: {vis"),
    ("DECISION_ACCOUNT_TERMINATED, account_type: ACCOUNT_TYPE_PRIVATE}", "DECISION_ACCOUNT_TERMINATED}",
     "statements.actions.ban", "needs `account_type`", "    ban: {acc"),
    ("{visibility: [DECISION_VISIBILITY_CONTENT_REMOVED]}", "{visibility: [DECISION_VISIBILITY_OTHER]}",
     "statements.actions.remove", "needs `visibility_other`", "    remove: {vis"),
    ("{visibility: [DECISION_VISIBILITY_CONTENT_REMOVED]}", "{account_type: ACCOUNT_TYPE_PRIVATE}",
     "statements.actions.remove", "restricts nothing", "    remove: {acc"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "key", "why", "line"), REFUSED, ids=[f"{n}: {each[3]}" for n, each in enumerate(REFUSED)]
)
def test_what_cannot_be_stated_is_refused_with_its_line(tmp_path, old, new, key, why, line):
    path = changed(tmp_path, old, new)
    with pytest.raises(PolicyInvalid) as caught:
        load_policy(path)
    assert caught.value.key.startswith(key)
    assert why in caught.value.why
    assert path.read_text("utf-8").splitlines()[caught.value.line - 1].startswith(line)


def test_a_policy_without_statements_is_refused_once_it_restricts(tmp_path):
    text = SHIPPED.read_text("utf-8")
    path = tmp_path / "policy.yaml"
    path.write_text(text[: text.index("\nstatements:\n") + 1], "utf-8")
    with pytest.raises(PolicyInvalid, match=r"actions\.hide: `hide` restricts"):
        load_policy(path)


def test_another_rule_of_a_policy_that_extends_needs_its_own_words(tmp_path):
    path = tmp_path / "policy.yaml"
    path.write_text(
        'extends: shipped\nversion: "9"\nrules:\n  - id: low-rating\n    action: hide\n    template: notice-hidden\n'
    )
    with pytest.raises(PolicyInvalid, match=r"policy.yaml:5: rules\[low-rating\]\.action: `hide` restricts"):
        load_policy(path)
    more = "statements:\n  rules:\n    low-rating: {category: STATEMENT_CATEGORY_OTHER_VIOLATION_TC}\n"
    path.write_text(path.read_text() + more)
    assert load_policy(path).statements.of("low-rating").keywords is None


def test_the_vocabulary_holds_together():
    assert len(CATEGORIES) == 16
    assert KEYWORDS["STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE"] == ()
    assert set(LISTS) | set(TEXTS) <= set(FIELDS)
    assert len(FIELDS) == len(set(FIELDS)) == 30
