"""Where people write: posts with a few very busy ones, and the hours in which people are awake."""

from bisect import bisect
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from becalm.simulate.books import Books
from becalm.simulate.people import scatter

DAY = 86_400
# Share of people awake and writing, by hour of the day in UTC.
AWAKE = (
    *(0.22, 0.14, 0.09, 0.07, 0.08, 0.14, 0.28, 0.45, 0.58, 0.62, 0.64, 0.68),
    *(0.76, 0.74, 0.68, 0.66, 0.7, 0.78, 0.88, 0.98, 1.0, 0.92, 0.66, 0.4),
)


@dataclass(frozen=True, slots=True)
class Thread:
    """A post or the reviews of a product; `published` in seconds from the start of the stream, evergreens before it."""

    thread_id: str
    platform: str
    channel: str
    product: str
    title: str
    text: str
    published: int
    weight: float


class Threads:
    """All threads of a stream of `window` seconds."""

    def __init__(self, threads: list[Thread], window: int, dice: Random) -> None:
        self.all, self.window, self._dice = threads, window, dice
        self._cumulated: dict[tuple[str, ...], tuple[list[Thread], list[float]]] = {}

    def pick(self, platforms: tuple[str, ...] = ()) -> Thread:
        """A thread by its popularity, on one of these platforms where there is one."""
        if platforms not in self._cumulated:
            chosen = [t for t in self.all if not platforms or t.platform in platforms] or self.all
            self._cumulated[platforms] = chosen, list(accumulate(t.weight for t in chosen))
        chosen, cumulated = self._cumulated[platforms]
        return chosen[min(bisect(cumulated, self._dice.random() * cumulated[-1]), len(chosen) - 1)]

    def moment(self, thread: Thread) -> int:
        """When a person writes there: soon after a new post, at any time under an evergreen, rather by day."""
        for _ in range(5):
            second = self._second(thread)
            if self._dice.random() < AWAKE[second // 3600 % 24]:
                break
        return second

    def _second(self, thread: Thread) -> int:
        if thread.published >= 0:
            second = thread.published + 5 + int(self._dice.lognormvariate(9.6, 1.5))
            if second < self.window:
                return second
        return self.at(thread, int(self._dice.random() * self.window))

    def at(self, thread: Thread, second: float) -> int:
        """`second`, or a moment of the thread's life when it did not exist yet or the stream has ended."""
        earliest = max(0, thread.published + 5)
        if earliest <= second < self.window:
            return int(second)
        return earliest + int(self._dice.random() * (self.window - earliest))


def make_threads(books: Books, comments: int, window: int, dice: Random) -> Threads:
    """Threads for this many comments: about 80 for 5,000 and 1,800 for 300,000, their popularity heavy-tailed."""
    salt = dice.getrandbits(64)
    count = max(1, int(0.14 * comments**0.75))
    return Threads([_thread(books, f"t{scatter(n, salt)}", n, window, dice) for n in range(count)], window, dice)


def _thread(books: Books, thread_id: str, number: int, window: int, dice: Random) -> Thread:
    platform, channel = books.place(number, dice)
    product = dice.choice(books.products)
    writer = books.writer(product)
    reviews = platform == "reviews"
    evergreen = reviews or dice.random() < 0.25
    published = -int(dice.random() * 60 * DAY) - DAY if evergreen else int(dice.random() * window * 0.85)
    title = writer.write("title_review" if reviews else "title_post")
    weight = books.weights[platform] * min(60.0, dice.paretovariate(1.1)) * (0.6 if evergreen else 1.0)
    return Thread(thread_id, platform, channel, product, title, writer.write("body"), published, weight)
