"""The brand's side: customers who ask until somebody answers, support that answers with the same few lines, slogans."""

from math import fsum

from becalm.simulate.crowds import SOCIAL
from becalm.simulate.people import Account
from becalm.simulate.threads import AWAKE, Thread
from becalm.simulate.world import Draft, World

ANSWERED = 0.75
RELIEVED = 0.5
MACROS = {"complaint": "brand_complaint", "question": "brand_question", "praise": "brand_praise"}
WEIGHTS = {"complaint": 3.0, "question": 2.0, "praise": 1.0}


def repeated_complaints(world: World, budget: int) -> list[Draft]:
    """At most `budget` comments: customers who complain again, in other words, until the brand answers them."""
    drafts: list[Draft] = []
    while (left := budget - len(drafts)) >= 2:
        drafts += _customer(world, min(left, 2 + int(world.dice.random() ** 2 * 6)))[:left]
    return drafts


def _customer(world: World, times: int) -> list[Draft]:
    thread = world.threads.pick()
    account = _english(world, thread.platform)
    facts = world.books.writer(thread.product)
    problem = facts.write("trouble" if world.dice.random() < 0.5 else "fault")
    writer = world.books.writer(thread.product, order=str(world.dice.randrange(100_000, 1_000_000)), problem=problem)
    drafts = []
    for number, second in enumerate(_moments(world, thread, times)):
        text = writer.write("again_more" if number else "again_first")
        drafts.append(world.say(account, _thread_at(world, thread, second), second, "repeated_complaint", text))
    if world.dice.random() < ANSWERED:
        drafts.append(answer(world, drafts[-1], "brand_solved"))
        if world.dice.random() < RELIEVED and drafts[-1].second < world.window - 120:
            second = _between(world, drafts[-1].second + 60, world.dice.expovariate(1 / 30_000))
            drafts.append(world.say(account, drafts[-1].thread, second, "praise", writer.write("sorted_out")))
            drafts[-1].parent = drafts[-2]
    return drafts


def _english(world: World, platform: str) -> Account:
    account = world.people.newcomer(platform)
    while account.voice.language != "en":
        account = world.people.newcomer(platform)
    return account


def _moments(world: World, thread: Thread, times: int) -> list[int]:
    """Rising seconds, half a day apart and less each time, that end some time before the stream does."""
    first = max(0, thread.published + 60)
    room = world.window - 600 - first
    gaps = [world.dice.lognormvariate(10.6, 0.7) for _ in range(times)]
    gaps[0] = world.dice.random() * room
    # fsum, as `sum` adds floats in another way since Python 3.12.
    scale = min(1.0, room / fsum(gaps))
    seconds, at = [], float(first)
    for gap in gaps:
        at += gap * scale
        seconds.append(int(at))
    return seconds


def _thread_at(world: World, home: Thread, second: int) -> Thread:
    """Mostly the thread that the customer began in, sometimes another one of that platform that exists by then."""
    other = world.threads.pick((home.platform,)) if world.dice.random() < 0.4 else home
    return other if other.platform == home.platform and other.published < second else home


def brand_replies(world: World, drafts: list[Draft], count: int) -> list[Draft]:
    """At most `count` answers to single complaints, questions and praise among `drafts`, each answered once."""
    latest = world.window - 120
    open_drafts = [d for d in drafts if d.kind in MACROS and d.second < latest and d.parent is None]
    keyed = [(world.dice.random() ** (1 / WEIGHTS[draft.kind]), n) for n, draft in enumerate(open_drafts)]
    chosen = sorted(n for _, n in sorted(keyed)[len(keyed) - min(count, len(keyed)) :])
    return [answer(world, open_drafts[n], MACROS[open_drafts[n].kind]) for n in chosen]


def answer(world: World, draft: Draft, macro: str) -> Draft:
    """The brand's answer to a comment, some time later."""
    thread = draft.thread
    text = world.books.writer(thread.product).write(macro).replace("%name%", draft.account.name)
    second = _between(world, draft.second + 60, world.dice.lognormvariate(8.8, 1.0))
    brand = world.people.brand(thread.platform, thread.channel)
    return Draft(second, thread, brand, "brand_reply", text, parent=draft)


def brand_posts(world: World, budget: int) -> list[Draft]:
    """The brand's slogans and notices, a handful of them, each in the same words under many of its posts."""
    drafts: list[Draft] = []
    while (left := budget - len(drafts)) >= 1:
        home = world.threads.pick(SOCIAL)
        text = world.books.writer(home.product).write("brand_post")
        drafts += [_brand_post(world, text) for _ in range(min(left, 3 + int(world.dice.paretovariate(0.8) * 4)))]
    return drafts


def _brand_post(world: World, text: str) -> Draft:
    thread = world.threads.pick(SOCIAL)
    brand = world.people.brand(thread.platform, thread.channel)
    return Draft(world.threads.moment(thread), thread, brand, "brand_post", text)


def _between(world: World, earliest: int, delay: float) -> int:
    """`delay` seconds after `earliest`, later when that is night, but before the stream ends."""
    second = earliest + int(delay)
    while second < world.window and AWAKE[second // 3600 % 24] < 0.4:
        second += 1800 + int(world.dice.random() * 1800)
    return second if second < world.window else earliest + int(world.dice.random() * (world.window - earliest))
