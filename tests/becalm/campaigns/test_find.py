import pytest

from becalm.campaigns.find import CampaignUnknown, find_campaign


@pytest.fixture
def session(pushes):
    for name in ("c0aa", "c0ab", "c0ab-1", "c1%5", "c1_5"):
        pushes.past(name)
    with pushes.save().reading() as session:
        yield session


@pytest.mark.parametrize(
    ("begins", "found"), [("c0aa", "c0aa"), ("C0AA", "c0aa"), ("c0ab-", "c0ab-1"), (" c1_", "c1_5")]
)
def test_an_id_is_found_by_its_beginning(session, begins, found):
    assert find_campaign(session, begins).id == found


def test_a_whole_id_is_found_although_another_begins_so(session):
    assert find_campaign(session, "c0ab").id == "c0ab"


def test_a_beginning_of_several_names_them(session):
    with pytest.raises(CampaignUnknown, match=r"several campaigns begin so: c0aa, c0ab, c0ab-1$"):
        find_campaign(session, "c0a")
    with pytest.raises(CampaignUnknown, match="c0aa, c0ab, c0ab-1, c1%5 and more"):
        find_campaign(session, "c")


@pytest.mark.parametrize("begins", ["d", "c0aaa", "%", "é", "\udcff", "\x1b[2J"])
def test_what_begins_no_id_is_unknown_and_told_safely(session, begins):
    with pytest.raises(CampaignUnknown, match="no campaign begins so") as told:
        find_campaign(session, begins)
    assert str(told.value).isprintable()
