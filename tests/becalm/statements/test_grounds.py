import pytest

from becalm.cases.deciding import Ruling, decide
from becalm.errors import CaseRefused
from becalm.statements.grounds import name_law

LAW, WHY = "Regulation (EU) 2022/2065, Article 3", "It was published without the person's consent."


def decide_by_law(desk, case_id, ruling, law, because):
    with desk.store.writing() as session:
        settled = decide(session, desk.policy, case_id, ruling, "lead-1", desk.now)
        name_law(session, desk.policy, settled.decision, law, because, desk.now)


@pytest.mark.parametrize(
    ("rule", "action", "law", "because", "why"),
    [
        ("flood", "hide", LAW, WHY, "nothing is decided by law"),
        ("private-data", "reply", LAW, WHY, "`reply` restricts nobody"),
        ("private-data", "hide", " ", WHY, "the law is missing"),
        ("private-data", "hide", LAW, " ", "the explanation is missing"),
        ("private-data", "hide", "§" * 501, WHY, "the law has 501 characters, the most is 500"),
        ("private-data", "hide", LAW, "x" * 2001, "the explanation has 2,001 characters"),
        ("private-data", "hide", LAW, "Mail ann@mail.example", "the explanation holds a e-mail address"),
        ("private-data", "hide", LAW, "Theo Quill wrote it.", "names an account"),
    ],
)
def test_a_law_that_cannot_stand_is_refused_and_nothing_is_decided(desk, rule, action, law, because, why):
    case_id = desk.case(rule, [desk.comment("x", by="Theo Quill")])
    with pytest.raises(CaseRefused, match=why):
        decide_by_law(desk, case_id, Ruling(action), law, because)
    desk.make()
    assert desk.statements() == []
    desk.do(decide, case_id, "lead-1", ruling=Ruling("hide"))  # the case is still open


def test_a_dismissal_needs_no_law(desk):
    case_id = desk.case("private-data")
    with pytest.raises(CaseRefused, match="restricts nobody"):
        decide_by_law(desk, case_id, Ruling("hide", "dismissed"), LAW, WHY)
