"""Messages pushed by many accounts, and floods by one: frozen pitches, spun, disguised, and posted in bursts."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from becalm.simulate.disguise import TRICKS
from becalm.simulate.people import Account
from becalm.simulate.threads import DAY, Thread
from becalm.simulate.wording import Wording, load_book
from becalm.simulate.world import Draft, World, deal, stars

DISGUISES = ("none", "spin", "rotating_domain", *TRICKS)
FLOOD_DISGUISES = ("none", "none", "spin", "emoji", "filler", "spaced")
ROTATING = ("%link%", "%handle%", "%number%")
SMALLEST = 3
SMALLEST_FLOOD = 5
DISGUISED = 0.85
# The share of campaigns that use accounts of people.
SEASONED = 0.2


@dataclass(frozen=True, slots=True)
class Pitch:
    """What one campaign says: its templates and the markers that it sends people to."""

    family: str
    kind: str
    disguise: str
    templates: tuple[Wording, ...]
    links: tuple[str, ...]
    handles: tuple[str, ...]
    numbers: tuple[str, ...]
    phrase: str

    @property
    def markers(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The placeholders of a template and what may stand for each."""
        numbers, phrases = ("%number%", self.numbers), ("%phrase%", (self.phrase,))
        return ("%link%", self.links), ("%handle%", self.handles), numbers, phrases


def campaign_comments(world: World, budget: int) -> list[Draft]:
    """Campaigns that share `budget` comments, three to several hundred each; none when the budget is below three."""
    book = load_book("campaigns")
    platforms: dict[str, list[str]] = book["kinds"]
    kinds, disguises = _deal_kinds(platforms, world.dice), deal(DISGUISES, world.dice)
    drafts: list[Draft] = []
    for number, size in enumerate(_sizes(budget, world.dice), start=1):
        kind = next(kinds)
        disguise = next(one for one in disguises if one not in book["unfit"].get(kind, ()))
        pitch = _pitch(world, f"{kind}-{number:04d}", kind, disguise, 1 + size // 6)
        drafts += _campaign(world, pitch, size, platforms[kind])
    return drafts


def _deal_kinds(platforms: dict[str, list[str]], dice: Random) -> Iterator[str]:
    """Every kind once, then those of review sites half as often as the others."""
    yield from dice.sample(list(platforms), len(platforms))
    often = [kind for kind, homes in platforms.items() for _ in range(1 if homes == ["reviews"] else 2)]
    yield from deal(often, dice)


def _sizes(budget: int, dice: Random) -> list[int]:
    """Heavy-tailed sizes that add up to the budget, the largest a twelfth of it or 900."""
    largest = max(SMALLEST, min(900, budget // 12))
    sizes: list[int] = []
    left = budget
    while left >= SMALLEST:
        size = min(left, largest, int(SMALLEST * dice.paretovariate(0.7)))
        sizes.append(left if left - size < SMALLEST else size)
        left -= sizes[-1]
    return sizes


def _pitch(world: World, family: str, kind: str, disguise: str, most: int = 1) -> Pitch:
    """A new pitch with `most` templates or fewer."""
    dice = world.dice
    product = dice.choice(world.books.products)
    writer = world.books.writer(product)
    writer = world.books.writer(product, **{fact: writer.write(fact) for fact in load_book("campaigns")["facts"]})
    templates = tuple(writer.freeze(kind) for _ in range(min(most, 1 + int(dice.random() ** 2 * 4))))
    if disguise == "none":
        templates = tuple((writer.spin(template),) for template in templates)
    pool = 4 + int(dice.random() * 9) if disguise in ("rotating_domain", "mixed") else 1
    links, handles, numbers = (
        tuple(writer.write(name) for _ in range(pool)) for name in ("link", "handle", "number")
    )  # fmt: skip
    return Pitch(family, kind, disguise, templates, links, handles, numbers, writer.write("phrase"))


def _campaign(world: World, pitch: Pitch, size: int, platforms: list[str]) -> list[Draft]:
    dice = world.dice
    homes = tuple(dice.sample(platforms, 1 if dice.random() < 0.7 else min(2, len(platforms))))
    threads = [world.threads.pick(homes) for _ in range(1 + int(dice.random() * (3 + size / 4)))]
    crews: dict[str, list[Account]] = {}
    crew_share = 0.35 + dice.random() * 0.65
    is_seasoned = dice.random() < SEASONED
    drafts = []
    for second in _bursts(world, size):
        thread = dice.choice(threads)
        crew = crews.setdefault(thread.platform, [])
        if len(crew) < SMALLEST or dice.random() < crew_share:
            crew.append(_recruit(world, crew, thread.platform, is_seasoned))
            drafts.append(_member(world, pitch, crew[-1], thread, second))
        else:
            drafts.append(_member(world, pitch, dice.choice(crew), thread, second))
    return drafts


def _recruit(world: World, crew: list[Account], platform: str, is_seasoned: bool) -> Account:
    """An account made for this, or one that was bought or broken into and has written other things before."""
    account = world.people.someone(platform) if is_seasoned else None
    return account if account and account not in crew else world.people.newcomer(platform, "spammer")


def _bursts(world: World, size: int) -> list[float]:
    """Seconds: one burst of an hour or a day, several waves, or a drip over the whole time."""
    dice = world.dice
    starts = [dice.random() * world.window * 0.95 for _ in range(1 + int(dice.random() ** 2 * 3))]
    scale = dice.choice((900, 3600, 2 * 3600, 4 * 3600, DAY, world.window / 4))
    return [dice.choice(starts) + dice.expovariate(1 / scale) for _ in range(size)]


def _member(world: World, pitch: Pitch, account: Account, thread: Thread, second: float) -> Draft:
    text, disguise = _worded(world, pitch)
    rating = stars(pitch.kind, world.dice) if thread.platform == "reviews" else None
    when = world.threads.at(thread, second)
    return Draft(when, thread, account, pitch.kind, text, "spam", pitch.family, disguise, rating=rating)


def _worded(world: World, pitch: Pitch) -> tuple[str, str]:
    """The text of one member and the disguise that it really wears."""
    dice = world.dice
    text = world.books.writer(world.books.products[0]).spin(dice.choice(pitch.templates))
    if pitch.disguise == "rotating_domain" and not any(mark in text for mark in ROTATING):
        text += " %link%"
    for mark, markers in pitch.markers:
        if mark in text:
            text = text.replace(mark, dice.choice(markers))
    if pitch.disguise not in TRICKS:
        return text, pitch.disguise
    if dice.random() > DISGUISED:
        return text, "spin"
    return TRICKS[pitch.disguise](text, dice), pitch.disguise


def flood_comments(world: World, budget: int) -> list[Draft]:
    """Accounts that repeat themselves, at least five times each, within `budget` comments."""
    platforms = load_book("campaigns")["floods"]
    disguises = deal(FLOOD_DISGUISES, world.dice)
    drafts: list[Draft] = []
    number = 0
    while (left := budget - len(drafts)) >= SMALLEST_FLOOD:
        number += 1
        drawn = SMALLEST_FLOOD + int(world.dice.paretovariate(0.9) * 2)
        size = min(left, 60, max(SMALLEST_FLOOD, budget // 5), drawn)
        pitch = _pitch(world, f"flood-{number:04d}", "flood", next(disguises))
        drafts += _flood(world, pitch, size, platforms)
    return drafts


def _flood(world: World, pitch: Pitch, size: int, platforms: list[str]) -> list[Draft]:
    dice = world.dice
    home = world.threads.pick((dice.choice(platforms),))
    account = world.people.newcomer(home.platform)
    start, pause = dice.random() * world.window * 0.8, dice.choice((20, 90, 600, 7200))
    drafts = []
    for number in range(size):
        thread = home if dice.random() < 0.5 else world.threads.pick((home.platform,))
        drafts.append(_member(world, pitch, account, thread, start + pause * (number + dice.random())))
    return drafts
