from collections.abc import Callable

import pytest

from becalm.records import Judgement, Reason, Verdict
from embeddings.adoption import Adoption
from embeddings.campaigns import FoundCampaign, collect, pushes_of
from embeddings.facts import Facts
from embeddings.features import describe
from embeddings.judging import Judged

TEXTS = [
    "coach bellamy pays at bellamy-trades.example",
    "coach bellamy pays today at bellamy-trades.example",
    "i did not believe it: bellamy-trades.example",
    "ask her, bellamy-trades.example",
]
SAID = [
    (TEXTS[0], 1, 1, 50.0), (TEXTS[0], 1, 2, 60.0), (TEXTS[1], 2, 1, 70.0), (TEXTS[2], 2, 3, 20.0),
    (TEXTS[2], 3, 1, 30.0), (TEXTS[2], 4, 1, 35.0), (TEXTS[2], 3, 1, 36.0), (TEXTS[3], 5, 4, 90.0),
]  # fmt: skip
WHY = (Reason("promotion", 0.9, "promotion wording 0.90 of 1"),)


@pytest.fixture(scope="session")
def facts(facts_of) -> Facts:
    return facts_of(SAID)


@pytest.fixture
def judged(facts, group_of) -> Callable[..., Judged]:
    """A group of these texts under this verdict."""

    def make(*ids: int, push: int = 0, score: float = 0.8, of: Facts = facts, echo: bool = False) -> Judged:
        group = group_of(*ids)
        (described,) = describe([group], of)
        judgement = Judgement.ECHO if echo else Judgement.CAMPAIGN if described.accounts > 1 else Judgement.FLOOD
        return Judged(group, described, Verdict(judgement, score, (*WHY, Reason("size", 0.1, f"{ids}"))), push)

    return make


@pytest.fixture
def campaign(facts, judged) -> FoundCampaign:
    """Two groups and a stray."""
    pushes = pushes_of([judged(1, 2, score=0.9), judged(3, score=0.6)])
    (found,) = collect(pushes, [Adoption(4, 0, 0.7)], facts)
    return found


def test_counts_are_those_of_all_groups_and_strays_together(campaign):
    assert (campaign.comments, campaign.accounts, campaign.threads) == (8, 5, 4)
    assert (campaign.first_seen, campaign.last_seen) == (20, 90)


def test_the_group_with_the_most_comments_comes_first(campaign):
    assert [group.found.text_ids for group in campaign.groups] == [[3], [1, 2]]
    assert campaign.medoid_id == 3
    assert campaign.text_ids == [3, 1, 2, 4]


def test_it_is_as_sure_as_the_surest_and_says_that_it_is_of_several_groups(campaign):
    assert (campaign.verdict.judgement, campaign.verdict.score) == (Judgement.CAMPAIGN, 0.9)
    assert [reason.signal for reason in campaign.verdict.reasons] == ["promotion", "size", "groups"]
    assert campaign.verdict.reasons[1].text == "(3,)"
    assert campaign.verdict.reasons[-1].text == "2 groups of alike texts are one push"


def test_a_single_group_keeps_its_verdict(facts, judged):
    one = judged(1, 2)
    (found,) = collect(pushes_of([one]), [], facts)
    assert found.verdict == one.verdict


def test_markers_are_those_of_the_whole(campaign):
    assert campaign.markers[0] == {"kind": "domain", "value": "bellamy-trades.example", "texts": 4}


@pytest.mark.parametrize(
    ("accounts", "judgement"),
    [
        ((1, 1, 1), Judgement.FLOOD),
        ((1, 1, 2), Judgement.CAMPAIGN),
        ((1, 2, 2), Judgement.CAMPAIGN),
    ],
)
def test_it_is_a_flood_only_where_a_single_account_wrote_all_of_it(facts_of, judged, accounts, judgement):
    first, second, stray = accounts
    said = [(TEXTS[0], first, 1, 0.0)] * 3 + [(TEXTS[1], second, 1, 0.0)] * 3 + [(TEXTS[2], stray, 1, 0.0)]
    facts = facts_of(said)
    groups = [judged(1, of=facts), judged(2, of=facts)]
    assert {one.verdict.judgement for one in groups} == {Judgement.FLOOD}
    (found,) = collect(pushes_of(groups), [Adoption(3, 0, 0.9)], facts)
    assert found.verdict.judgement is judgement


def test_each_push_is_a_campaign_in_the_order_of_their_places(facts, judged):
    pushes = pushes_of([judged(4, push=2), judged(3, push=1), judged(1, push=2)])
    found = collect(pushes, [Adoption(2, 2, 0.9)], facts)
    assert [one.text_ids for one in found] == [[3], [1, 4, 2]]


def test_echoes_are_in_no_push(judged):
    assert pushes_of([judged(1, push=0, echo=True), judged(3, push=1)]).keys() == {1}
    assert pushes_of([]) == {}


def test_groups_of_the_same_size_stand_in_the_order_of_their_medoids(judged):
    forth = pushes_of([judged(2), judged(4)])
    back = pushes_of([judged(4), judged(2)])
    assert [one.found.medoid_id for one in forth[0]] == [one.found.medoid_id for one in back[0]] == [2, 4]
