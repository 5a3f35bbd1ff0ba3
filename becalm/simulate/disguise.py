"""How spammers hide a text from a filter, one function a trick.

Each takes a text and dice and gives a text that reads the same to a person and differs from the clean one wherever
the text has a character to work on. Links and handles stay whole where the trick would break them.
"""

from collections.abc import Callable
from random import Random

HOMOGLYPHS = dict(zip("aceiopsxyABCEHKMOPTX", "асеіорѕхуАВСЕНКМОРТХ", strict=True))
LATIN = {fake: real for real, fake in HOMOGLYPHS.items()}
LEET = {"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7", "A": "4", "E": "3", "I": "1", "O": "0", "S": "5"}
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
SEPARATORS = (" ", " ", ".", "-", "_", "*")
EMOJI = "🔥💰🎁✅💯🚀👇👉⭐🎉😍💎📈💸🙏❤"
CONSONANTS, VOWELS = "bcdfghjklmnpqrstvwxz", "aeiouy"
PASTIMES = ("sunset", "tuesday", "marble", "pancake", "river", "velvet", "lantern", "gravel", "orbit", "walnut")


def _is_plain(word: str) -> bool:
    """No link, handle or placeholder."""
    return not any(mark in word for mark in ".@%/#")


def _swap(text: str, table: dict[str, str], share: float, dice: Random) -> str:
    """`text` with that share of the letters in `table` replaced, and one at least."""
    roll = dice.random
    words = text.split(" ")
    for at, word in enumerate(words):
        if _is_plain(word):
            words[at] = "".join(table[c] if c in table and roll() < share else c for c in word)
    swapped = " ".join(words)
    if swapped != text:
        return swapped
    able = [at for at, word in enumerate(words) if any(c in table for c in word)]
    if not able:
        return text
    at = dice.choice([at for at in able if _is_plain(words[at])] or able)
    letter = dice.choice([c for c in words[at] if c in table])
    words[at] = words[at].replace(letter, table[letter], 1)
    return " ".join(words)


def homoglyph(text: str, dice: Random) -> str:
    """Cyrillic letters in the place of Latin ones that look alike; in a Cyrillic text the other way round."""
    letters = [c for word in text.split(" ") if _is_plain(word) for c in word]
    is_cyrillic = sum(c in LATIN for c in letters) > sum(c in HOMOGLYPHS for c in letters)
    return _swap(text, LATIN if is_cyrillic else HOMOGLYPHS, 0.1 + dice.random() * 0.4, dice)


def leet(text: str, dice: Random) -> str:
    """Digits in the place of letters: fr33 g1ft."""
    return _swap(text, LEET, 0.2 + dice.random() * 0.5, dice)


def zero_width(text: str, dice: Random) -> str:
    """Invisible characters inside the words."""
    marks = 1 + len(text) // 12
    for _ in range(marks):
        spot = 1 + int(dice.random() * max(1, len(text) - 1))
        text = text[:spot] + dice.choice(INVISIBLE) + text[spot:]
    return text


def spaced(text: str, dice: Random) -> str:
    """Some of the longer words with their letters pulled apart: f r e e, g.i.f.t."""
    words = text.split(" ")
    long = [i for i, word in enumerate(words) if len(word) > 3 and word.isalpha()] or list(range(len(words)))
    between = dice.choice(SEPARATORS)
    for at in dice.sample(long, min(len(long), 1 + len(long) // 4)):
        words[at] = between.join(words[at])
    return " ".join(words)


def emoji(text: str, dice: Random) -> str:
    """Pictures sprinkled between the words."""
    words = text.split(" ")
    for _ in range(1 + len(words) // 6):
        words.insert(int(dice.random() * (len(words) + 1)), dice.choice(EMOJI) * (1 + int(dice.random() * 3)))
    return " ".join(words)


def _gibberish(dice: Random) -> str:
    return "".join(dice.choice(CONSONANTS) + dice.choice(VOWELS) for _ in range(2 + int(dice.random() * 2)))


def mention(text: str, dice: Random) -> str:
    """Names of strangers, so that they get a bell and the texts differ."""
    handles = [f"@{_gibberish(dice)}{int(dice.random() * 1000)}" for _ in range(1 + int(dice.random() * 3))]
    return f"{' '.join(handles)} {text}" if dice.random() < 0.6 else f"{text} {' '.join(handles)}"


def filler(text: str, dice: Random) -> str:
    """Random words or codes at either end."""
    kind = dice.random()
    if kind < 0.4:
        code = f"{_gibberish(dice)}{int(dice.random() * 10_000)}"
    elif kind < 0.7:
        code = f"#{int(dice.random() * 1_000_000)}"
    else:
        code = " ".join(dice.sample(PASTIMES, 3))
    return f"{text} {code}" if dice.random() < 0.7 else f"{code} {text}"


def mixed(text: str, dice: Random) -> str:
    """Two or three of the others, one after another."""
    for trick in dice.sample(sorted(set(TRICKS) - {"mixed"}), 2 + int(dice.random() * 2)):
        text = TRICKS[trick](text, dice)
    return text


TRICKS: dict[str, Callable[[str, Random], str]] = {
    "homoglyph": homoglyph,
    "zero_width": zero_width,
    "spaced": spaced,
    "leet": leet,
    "emoji": emoji,
    "mention": mention,
    "filler": filler,
    "mixed": mixed,
}
