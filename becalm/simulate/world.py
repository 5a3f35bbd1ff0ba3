"""The world that a stream happens in, and the comments as they are planned, before they have ids."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from becalm.simulate.books import Books
from becalm.simulate.people import Account, People
from becalm.simulate.threads import DAY, Thread, Threads, make_threads
from becalm.simulate.voice import speak

Item = TypeVar("Item")


@dataclass(slots=True)
class Draft:
    """A planned comment; `second` counts from the start of the stream."""

    second: int
    thread: Thread
    account: Account
    kind: str
    text: str
    label: str = "organic"
    family: str = ""
    disguise: str = "none"
    parent: "Draft | None" = None
    answers_someone: bool = False
    rating: int | None = None
    likes: int = 0
    comment_id: str = ""


@dataclass(frozen=True, slots=True)
class World:
    """One stream's dice and everything that they have made so far."""

    dice: Random
    books: Books
    people: People
    threads: Threads
    window: int
    alternates: list[tuple[Account, Account]] = field(default_factory=list)

    def say(self, account: Account, thread: Thread, second: int, kind: str, text: str) -> Draft:
        """A comment in the account's own way of writing, with the stars that fit it where stars are given."""
        rating = stars(kind, self.dice) if thread.platform == "reviews" else None
        return Draft(second, thread, account, kind, speak(text, account.voice, kind, self.dice), rating=rating)


def make_world(comments: int, days: int, seed: int) -> World:
    """An empty stage for this many comments over these days; the same seed makes the same one."""
    dice = Random(seed)
    books = Books(dice)
    window = days * DAY
    people = People(books.writer(books.products[0]), books.languages, dice)
    return World(dice, books, people, make_threads(books, comments, window, dice), window)


def deal(items: Sequence[Item], dice: Random) -> Iterator[Item]:
    """The items in a random order, over and over, so that a few draws already show them all."""
    while True:
        yield from dice.sample(items, len(items))


def stars(kind: str, dice: Random) -> int:
    """One to five, as people who write such a comment give them."""
    match kind:
        case "praise" | "echo":
            return 5 if dice.random() < 0.7 else 4
        case "complaint" | "repeated_complaint" | "same_complaint" | "troll" | "abuse":
            return 1 if dice.random() < 0.65 else 2
        case "fake_review":
            return 5
        case "smear":
            return 1
    return 1 + int(dice.random() * 5)
