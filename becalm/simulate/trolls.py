"""People who bait and insult, and come back under a new name when they are banned, with the same habits."""

from dataclasses import dataclass

from becalm.simulate.voice import Voice
from becalm.simulate.wording import Wording
from becalm.simulate.world import Draft, World

COMES_BACK = 0.45
SIGNS_OFF = 0.6


@dataclass(frozen=True, slots=True)
class Habits:
    """What stays when the name changes: catchphrases, pet names for others, a voice, and how often it gets personal."""

    signatures: tuple[Wording, ...]
    insult: str
    tone: str
    temper: float
    voice: Voice
    pet_product: str


def troll_comments(world: World, budget: int) -> list[Draft]:
    """At most `budget` comments by trolls; who came back as whom is added to `world.alternates`."""
    drafts: list[Draft] = []
    while (left := budget - len(drafts)) >= 1:
        drafts += _life(world, min(left, 3 + int(world.dice.paretovariate(1.0) * 3), 60))
    return drafts


def _habits(world: World) -> Habits:
    dice = world.dice
    writer = world.books.writer(world.books.products[0])
    voice = Voice(dice.choice(("plain", "lower", "lower", "caps")), dice.random() * 0.4, 0.1, dice.random() < 0.5, "en")
    signatures = tuple(writer.freeze("signature") for _ in range(2))
    product = dice.choice(world.books.products)
    return Habits(signatures, writer.write("name_calling"), writer.write("tone"), dice.random() * 0.8, voice, product)


def _life(world: World, size: int) -> list[Draft]:
    """All comments of one person, under one name or several, one after another."""
    habits = _habits(world)
    platform = world.threads.pick(("youtube", "instagram", "facebook", "x")).platform
    account = original = world.people.newcomer(platform, voice=habits.voice)
    threads = [world.threads.pick((platform,)) for _ in range(size)]
    visits = sorted(((world.threads.moment(thread), n) for n, thread in enumerate(threads)))
    bans = _bans(world, size)
    drafts = []
    for number, (second, n) in enumerate(visits):
        if number in bans:
            account = world.people.newcomer(platform, voice=habits.voice, name=_new_name(world, original.name))
            world.alternates.append((account, original))
        kind = "abuse" if world.dice.random() < habits.temper else "troll"
        drafts.append(world.say(account, threads[n], second, kind, _text(world, habits, kind)))
    return drafts


def _text(world: World, habits: Habits, kind: str) -> str:
    """A fresh taunt with the habits around it."""
    dice = world.dice
    product = habits.pet_product if dice.random() < 0.6 else dice.choice(world.books.products)
    writer = world.books.writer(product, name_calling=habits.insult)
    text = writer.write(kind)
    if dice.random() < SIGNS_OFF:
        text = f"{text}. {writer.spin(dice.choice(habits.signatures))}"
    return f"{text} {habits.tone}".strip()


def _new_name(world: World, name: str) -> str:
    """A name that gives the old one away, or not."""
    roll = world.dice.random()
    if roll < 0.3:
        return f"{name}{1 + int(world.dice.random() * 99)}"
    if roll < 0.5:
        return f"real {name}"
    if roll < 0.65:
        return f"{name} is back"
    return world.books.writer(world.books.products[0]).write("author")


def _bans(world: World, size: int) -> tuple[int, ...]:
    """The numbers of the comments before which the account was banned."""
    if size < 4 or world.dice.random() > COMES_BACK:
        return ()
    first = 2 + int(world.dice.random() * (size - 3))
    return (first, first + 3) if size - first > 5 else (first,)
