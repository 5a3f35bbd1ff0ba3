"""A whole stream: how much of it is what, in the order of time."""

from dataclasses import dataclass

from becalm.simulate.campaigns import campaign_comments, flood_comments
from becalm.simulate.care import brand_posts, brand_replies, repeated_complaints
from becalm.simulate.crowds import crowd_comments
from becalm.simulate.organic import double_posts, single_comments
from becalm.simulate.people import Account, scatter
from becalm.simulate.threads import Thread
from becalm.simulate.trolls import troll_comments
from becalm.simulate.world import Draft, World, make_world

# Shares of all comments; what is left are single organic comments.
CAMPAIGNS = 0.12
FLOODS = 0.02
TROLLS = 0.03
REPEATED_COMPLAINTS = 0.03
# With the single echoes, people who say alike things are about as many as members of campaigns.
CROWDS = 0.09
DOUBLE_POSTS = 0.006
LONE_ADS = 0.005
BRAND_REPLIES = 0.05
BRAND_POSTS = 0.012
RECENT = 12


@dataclass(frozen=True, slots=True)
class Stream:
    """Comments in the order of time, the threads they stand under, and who is whose other account."""

    drafts: list[Draft]
    threads: list[Thread]
    alternates: list[tuple[Account, Account]]


def make_stream(comments: int, days: int, seed: int) -> Stream:
    """Exactly `comments` comments over `days` days."""
    world = make_world(comments, days, seed)
    drafts = flood_comments(world, round(comments * FLOODS))
    drafts += troll_comments(world, round(comments * TROLLS))
    drafts += repeated_complaints(world, round(comments * REPEATED_COMPLAINTS))
    drafts += crowd_comments(world, round(comments * CROWDS))
    drafts += double_posts(world, round(comments * DOUBLE_POSTS))
    drafts += brand_posts(world, round(comments * BRAND_POSTS))
    drafts += lone_ads(world, round(comments * LONE_ADS))
    replies, pushed = round(comments * BRAND_REPLIES), round(comments * CAMPAIGNS)
    drafts += single_comments(world, comments - len(drafts) - replies - pushed)
    # After the people, for some of their accounts are used.
    drafts += campaign_comments(world, pushed)
    drafts += brand_replies(world, drafts, replies)
    drafts += single_comments(world, comments - len(drafts))
    drafts.sort(key=lambda draft: draft.second)
    _finish(world, drafts)
    _tie_replies(world, drafts)
    return Stream(drafts, world.threads.all, world.alternates)


def lone_ads(world: World, count: int) -> list[Draft]:
    """Adverts that one person posts once: unwanted, but no campaign, so their label is neutral."""
    drafts = []
    for _ in range(count):
        thread = world.threads.pick()
        text = world.books.writer(thread.product).write("lone_ad")
        account = world.people.newcomer(thread.platform)
        drafts.append(world.say(account, thread, world.threads.moment(thread), "lone_ad", text))
        drafts[-1].label = "neutral"
    return drafts


def _finish(world: World, drafts: list[Draft]) -> None:
    """Gives every comment its id and its likes, of which few have many."""
    salt = world.dice.getrandbits(64)
    for number, draft in enumerate(drafts):
        draft.comment_id = f"c{scatter(number, salt)}"
        draft.likes = int(0.4 * (1.0 - world.dice.random()) ** -0.8)


def _tie_replies(world: World, drafts: list[Draft]) -> None:
    """People who answer someone answer one of the latest comments of their thread that came before."""
    recent: dict[str, list[Draft]] = {}
    for draft in drafts:
        latest = recent.setdefault(draft.thread.thread_id, [])
        if draft.answers_someone and latest and latest[0].second < draft.second:
            earlier = [other for other in latest if other.second < draft.second]
            draft.parent = earlier[int(world.dice.random() * len(earlier))]
        latest.append(draft)
        if len(latest) > RECENT:
            del latest[0]
