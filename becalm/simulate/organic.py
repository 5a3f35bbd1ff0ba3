"""Talk that belongs to everybody: single comments of many kinds, some of them sent twice by accident."""

from dataclasses import replace
from itertools import accumulate

from becalm.simulate.people import Account
from becalm.simulate.threads import Thread
from becalm.simulate.world import Draft, World

# Share of each kind among single organic comments.
KINDS = {
    "praise": 0.27,
    "question": 0.17,
    "complaint": 0.16,
    "small_talk": 0.15,
    "reply": 0.08,
    "echo": 0.09,
    "off_topic": 0.05,
    "private_data": 0.03,
}
# What people do on a review site when elsewhere they would chat.
ON_REVIEWS = {"small_talk": "praise", "reply": "complaint", "echo": "echo_review"}
TRANSLATED = ("praise", "question", "complaint", "small_talk")
ABOUT_THE_THREAD = 0.8
MINUTE = 60


def single_comments(world: World, count: int) -> list[Draft]:
    """So many comments by people who have nothing to do with each other."""
    cumulated = list(accumulate(KINDS.values()))
    kinds = world.dice.choices(list(KINDS), cum_weights=cumulated, k=count) if count else []
    return [_single(world, kind) for kind in kinds]


def _single(world: World, kind: str) -> Draft:
    thread = world.threads.pick()
    account = world.people.someone(thread.platform)
    phrase = ON_REVIEWS.get(kind, kind) if thread.platform == "reviews" else kind
    label = {"reply": "small_talk", "echo_review": "echo"}.get(phrase, phrase)
    draft = world.say(account, thread, world.threads.moment(thread), label, _text(world, thread, account, phrase))
    draft.answers_someone = phrase == "reply" or (phrase == "echo" and world.dice.random() < 0.1)
    return draft


def _text(world: World, thread: Thread, account: Account, phrase: str) -> str:
    product = thread.product if world.dice.random() < ABOUT_THE_THREAD else world.dice.choice(world.books.products)
    language = account.voice.language if phrase in TRANSLATED else "en"
    return world.books.writer(product, language).write(phrase)


def double_posts(world: World, budget: int) -> list[Draft]:
    """At most `budget` comments: one person's comment, sent two to four times within a minute by a slip of the finger.

    They are organic: who taps twice pushes nothing, and a flood has at least five.
    """
    drafts: list[Draft] = []
    while (left := budget - len(drafts)) >= 2:
        kind = world.dice.choice(TRANSLATED)
        first = _single(world, kind)
        first.second = min(first.second, world.window - MINUTE - 1)
        first.kind = "double_post"
        times = min(left, world.dice.choices((2, 3, 4), (70, 22, 8))[0])
        drafts += [first, *(_again(first, world.dice.random()) for _ in range(times - 1))]
    return drafts


def _again(first: Draft, part: float) -> Draft:
    return replace(first, second=first.second + int(part * MINUTE))
