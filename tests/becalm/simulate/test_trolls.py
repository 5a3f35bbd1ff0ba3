from becalm.simulate.trolls import troll_comments


def test_a_banned_troll_is_silent_once_the_next_account_speaks(world):
    drafts = troll_comments(world, 300)
    assert world.alternates
    last = {d.account.author_id: d.second for d in sorted(drafts, key=lambda d: d.second)}
    first = {d.account.author_id: d.second for d in sorted(drafts, key=lambda d: -d.second)}
    for alternate, original in world.alternates:
        assert alternate.author_id != original.author_id
        assert last[original.author_id] <= first[alternate.author_id]


def test_an_alternate_keeps_the_habits_of_the_original(world):
    troll_comments(world, 300)
    assert all(alternate.voice == original.voice for alternate, original in world.alternates)
    assert all(alternate.platform == original.platform for alternate, original in world.alternates)


def test_trolls_bait_and_insult_and_are_no_campaign(stream):
    trolls = [d for d in stream.drafts if d.kind in ("troll", "abuse")]
    assert {d.kind for d in trolls} == {"troll", "abuse"}
    assert all(d.label == "organic" and not d.family for d in trolls)
    assert 0.02 < len(trolls) / len(stream.drafts) < 0.04
