"""What many people say alike without knowing of each other: jokes, wishes, quotes, contests, outages.

None of it is spam, however tight the wording, however many they are and however fast they come.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from becalm.simulate.people import Account
from becalm.simulate.threads import Thread
from becalm.simulate.voice import draw_voice
from becalm.simulate.wording import Writer, load_book
from becalm.simulate.world import Draft, World, deal

SMALLEST = 3
LARGEST = 900
SAYS_IT_AGAIN = 0.05
SOCIAL = ("youtube", "instagram", "facebook", "x")
HOUR = 3600


@dataclass(frozen=True, slots=True)
class Occasion:
    """What makes people say alike things, and how they gather; crowds.yaml explains each field."""

    name: str
    kind: str
    gather: float
    hours: float = 0
    facts: tuple[str, ...] = ()
    least: int = SMALLEST
    most: int = LARGEST
    opening: bool = False
    platforms: tuple[str, ...] = SOCIAL
    language: str = ""


@cache
def occasions() -> tuple[Occasion, ...]:
    """Every occasion of the phrase book."""
    book: dict[str, dict[str, Any]] = load_book("crowds")["occasions"]
    return tuple(_occasion(name, **given) for name, given in book.items())


def _occasion(name: str, facts: Sequence[str] = (), platforms: Sequence[str] = SOCIAL, **given: Any) -> Occasion:
    return Occasion(name, facts=tuple(facts), platforms=tuple(platforms), **given)


def crowd_comments(world: World, budget: int) -> list[Draft]:
    """At most `budget` comments: crowds of three to several hundred, each with its own occasion."""
    dealt = deal(occasions(), world.dice)
    drafts: list[Draft] = []
    while (left := budget - len(drafts)) >= SMALLEST:
        occasion = next(dealt)
        drafts += _crowd(world, occasion, min(left, _size(occasion, budget, world.dice)))
    return drafts


def _size(occasion: Occasion, budget: int, dice: Random) -> int:
    """Heavy-tailed; a crowd is at most a sixth of the budget, or twenty people."""
    drawn = max(occasion.least, SMALLEST + int((dice.paretovariate(1.1) - 1) * 8))
    return min(drawn, occasion.most, max(20, budget // 6))


def _crowd(world: World, occasion: Occasion, size: int) -> list[Draft]:
    home = world.threads.pick(occasion.platforms)
    facts: dict[str, str] = {}
    for fact in occasion.facts:
        facts[fact] = world.books.writer(home.product, **facts).write(fact)
    writer = world.books.writer(home.product, **facts)
    start = home.published if occasion.opening and home.published >= 0 else world.threads.moment(home)
    people: dict[str, Account] = {}
    return [_one_of_them(world, occasion, home, start, writer, people) for _ in range(size)]


def _one_of_them(
    world: World, occasion: Occasion, home: Thread, start: int, writer: Writer, people: dict[str, Account]
) -> Draft:
    dice = world.dice
    thread = home if dice.random() < occasion.gather else world.threads.pick(occasion.platforms)
    if occasion.hours:
        second = start + int(dice.expovariate(1 / (occasion.hours * HOUR)))
        thread = thread if thread.published < second else home
        second = world.threads.at(thread, second)
    else:
        second = world.threads.moment(thread)
    account = _person(world, occasion, thread, people)
    return world.say(account, thread, second, occasion.kind, writer.write(occasion.name))


def _person(world: World, occasion: Occasion, thread: Thread, people: dict[str, Account]) -> Account:
    """Somebody new to this crowd; now and then one says it twice."""
    if occasion.language:
        account = world.people.newcomer(thread.platform, voice=draw_voice(world.dice, (occasion.language,), 1))
    else:
        account = world.people.someone(thread.platform)
    if account.author_id in people and world.dice.random() > SAYS_IT_AGAIN:
        account = world.people.newcomer(thread.platform)
    people[account.author_id] = account
    return account
