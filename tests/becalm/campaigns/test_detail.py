from datetime import UTC, datetime, timedelta

from becalm.campaigns.detail import Detail, read_detail
from becalm.campaigns.find import find_campaign
from becalm.campaigns.groups import TOLD_AT_MOST
from becalm.store import Store

NEWEST = datetime(2026, 3, 29, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def detail_of(store: Store, begins: str) -> Detail:
    with store.reading() as session:
        return read_detail(session, find_campaign(session, begins))


def test_a_campaign_is_told_with_its_slots(spun):
    (group,) = detail_of(spun.save(), "c0ffee").groups
    assert (group.wordings, group.comments) == (40, 40)
    who, what, where = group.variation.slots
    assert dict(who.fillers) == {"friends": 10, "folks": 10, "people": 10, "all": 10}
    assert dict(what.fillers) == {"kettle": 20, "teapot": 20}
    assert dict(where.fillers) == {f"shop-{name}.example": 8 for name in "abcde"}


def test_accounts_and_threads_are_told_with_the_busiest_first(pushes):
    pushes.campaign("c1", ["buy tea", "buy cups"])
    for number in range(7):
        author = "ann" if number < 4 else f"b{number}"
        pushes.comment("buy tea", NEWEST - DAY, account=author, name="Ann", thread="t7", title="A thread")
    found = detail_of(pushes.save(), "c1")
    assert len(found.accounts) == 5
    first = found.accounts[0]
    assert (first.account_id, first.name, first.comments) == ("clipshare:ann", "Ann", 4)
    assert [(one.title, one.comments) for one in found.threads] == [("A thread", 7), ("", 1), ("", 1)]
    assert sum(comments for _, comments in found.timeline.steps) == 9


def test_the_brands_own_comments_are_no_part_of_it(pushes):
    pushes.campaign("c1", ["buy tea", "buy cups"])
    pushes.comment("buy tea", NEWEST, account="brand", is_brand=True)
    found = detail_of(pushes.save(), "c1")
    assert found.groups[0].comments == 2
    assert "clipshare:brand" not in {one.account_id for one in found.accounts}


def test_examples_are_the_newest_raw_texts_without_repeats(pushes):
    pushes.campaign("c1", ["one", "two", "three", "four"], first=NEWEST - 9 * DAY, last=NEWEST - 5 * DAY)
    pushes.comment("one", NEWEST - DAY, raw="O-N-E")
    pushes.comment("one", NEWEST, raw="0ne")
    found = detail_of(pushes.save(), "c1")
    assert [one.text for one in found.examples] == ["0ne", "four", "three"]
    assert found.examples[0].published_at == NEWEST


def test_of_many_groups_the_largest_are_told(pushes):
    texts = [f"group {group} text {text}" for group in range(6) for text in range(6 - group)]
    groups = [[text for text in texts if text.startswith(f"group {group}")] for group in range(6)]
    pushes.campaign("c1", texts, groups=groups)
    found = detail_of(pushes.save(), "c1")
    assert [group.comments for group in found.groups] == [6, 5, 4, 3, 2, 1]
    assert [group.variation is not None for group in found.groups].count(True) == TOLD_AT_MOST
    assert found.groups[5].medoid_text == "group 5 text 0"


def test_a_past_campaign_has_nothing_but_its_figures(pushes):
    pushes.past("c9")
    found = detail_of(pushes.save(), "c9")
    assert (found.state, found.groups, found.timeline, found.examples) == ("past", (), None, ())


def test_more_wordings_than_are_compared_are_sampled_alike_each_time(pushes):
    pushes.campaign("c1", [f"buy tea at shop {number}" for number in range(900)])
    store = pushes.save()
    found = detail_of(store, "c1")
    assert (found.groups[0].wordings, found.groups[0].variation.wordings) == (900, 400)
    assert detail_of(store, "c1").groups == found.groups
