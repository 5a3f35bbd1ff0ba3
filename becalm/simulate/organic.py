"""Talk that belongs to everybody: single comments of many kinds, and news that many people react to alike."""

from itertools import accumulate

from becalm.simulate.people import Account
from becalm.simulate.threads import Thread
from becalm.simulate.wording import load_book
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


def incident_comments(world: World, budget: int) -> list[Draft]:
    """At most `budget` echoes of incidents: within hours, people who don't know each other write nearly the same."""
    incidents: list[str] = load_book("talk")["incidents"].splitlines()
    drafts: list[Draft] = []
    while (left := budget - len(drafts)) >= 3:
        size = min(left, 3 + int(world.dice.paretovariate(0.9) * 4), max(20, budget // 4))
        drafts += _incident(world, world.dice.choice(incidents), size)
    return drafts


def _incident(world: World, incident: str, size: int) -> list[Draft]:
    home = world.threads.pick(("youtube", "instagram", "facebook", "x"))
    writer = world.books.writer(home.product)
    start = world.threads.moment(home)
    drafts = []
    for _ in range(size):
        thread = home if world.dice.random() < 0.6 else world.threads.pick((home.platform,))
        second = world.threads.at(thread, start + world.dice.expovariate(1 / 7200))
        account = world.people.someone(thread.platform)
        drafts.append(world.say(account, thread, second, "echo", writer.write(incident)))
    return drafts
