"""Who writes: accounts on their platforms, a few of them often and most of them once."""

from dataclasses import dataclass
from random import Random

from becalm.simulate.voice import Voice, draw_voice
from becalm.simulate.wording import Writer

FOREIGN = 0.09
RETURNING = 0.35
_GOLDEN = 0x9E3779B97F4A7C15


@dataclass(frozen=True, slots=True)
class Account:
    """One account on one platform."""

    platform: str
    author_id: str
    name: str
    voice: Voice
    is_brand: bool = False

    @property
    def account_id(self) -> str:
        return f"{self.platform}:{self.author_id}"


def scatter(number: int, salt: int) -> str:
    """Sixteen hexadecimal digits, different for every number below 2**64 and in no order that gives it away."""
    return f"{(number * _GOLDEN + salt) % 2**64:016x}"


class People:
    """Everybody who has written so far."""

    def __init__(self, writer: Writer, languages: tuple[str, ...], dice: Random) -> None:
        self._writer, self._languages, self._dice = writer, languages, dice
        self._salt = dice.getrandbits(64)
        self._count = 0
        self._crowds: dict[str, list[Account]] = {}
        self._brands: dict[tuple[str, str], Account] = {}

    def newcomer(self, platform: str, style: str = "author", voice: Voice | None = None, name: str = "") -> Account:
        """A new account that nobody else shares; `style` is the phrase that its name is written with."""
        voice = voice or draw_voice(self._dice, self._languages, FOREIGN)
        return Account(platform, self._next_id(), name or self._writer.write(style), voice)

    def someone(self, platform: str) -> Account:
        """A person of the crowd: a third of all comments come from people who wrote before, early ones most."""
        crowd = self._crowds.setdefault(platform, [])
        if crowd and self._dice.random() < RETURNING:
            return crowd[int(len(crowd) * self._dice.random() ** 1.6)]
        crowd.append(self.newcomer(platform))
        return crowd[-1]

    def brand(self, platform: str, channel: str) -> Account:
        """The account that answers for the brand on a channel."""
        key = (platform, channel)
        if key not in self._brands:
            self._brands[key] = Account(platform, self._next_id(), channel, Voice("tidy", 0, 0, False, "en"), True)
        return self._brands[key]

    def _next_id(self) -> str:
        self._count += 1
        return f"u{scatter(self._count, self._salt)}"
