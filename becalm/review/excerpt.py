"""Comment text that is fit for a report: short, without private data, with links that can't be followed."""

import re
import unicodedata

from ..signals import mask_private_data

EXCERPT_CHARACTERS = 160
# Longer texts are cut before they are searched, so that a comment of a megabyte costs nothing.
SEARCHED_CHARACTERS = 2_000

EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
LINK = re.compile(r"\bhttps?://([^\s/?#<>\"']{1,253})[^\s<>\"']*", re.IGNORECASE)
HOST = re.compile(r"\b((?:[a-z0-9-]{1,63}\.)+[a-z]{2,24})\b(?:/[^\s<>\"']*)?", re.IGNORECASE)
HANDLE = re.compile(r"(?<![\w.])@[\w.]{2,64}")
ACCOUNT_NUMBER = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
# Seven digits and more, however they are spaced: telephone, card and order numbers alike.
NUMBER = re.compile(r"\+?\d(?:[\s().\-/]{0,2}\d){6,}")
DAY = re.compile(r"\d{4}-\d\d-\d\d|\d\d?[./]\d\d?[./]\d{4}")

# Invisible and direction-changing characters, lone surrogates, private-use and unassigned code points.
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


def plain(text: str) -> str:
    """`text` in one line, without characters that can't be seen or that turn the writing direction."""
    if text.isprintable():  # nothing in it but letters, marks, signs and the plain space
        return " ".join(text.split())
    kept = (" " if char.isspace() else char for char in text if char.isspace() or _is_seen(char))
    return " ".join("".join(kept).split())


def excerpt(text: str, characters: int = EXCERPT_CHARACTERS) -> str:
    """The first `characters` of `text`, with private data masked and links defused (`shop[.]example`)."""
    masked = mask(plain(text[:SEARCHED_CHARACTERS]))
    return masked if len(masked) <= characters else masked[: characters - 1].rstrip() + "…"


def mask(text: str) -> str:
    """`text` without private data, handles, long numbers and paths of links."""
    text = LINK.sub(lambda link: link[1].rpartition("@")[2], text)
    text = EMAIL.sub("[e-mail]", text)
    text = ACCOUNT_NUMBER.sub("[number]", text)
    text = HOST.sub(lambda host: host[1].replace(".", "[.]"), text)
    text = HANDLE.sub("[handle]", text)
    text = NUMBER.sub(lambda number: number[0] if DAY.fullmatch(number[0]) else "[number]", text)
    return mask_private_data(text)


def _is_seen(char: str) -> bool:
    return unicodedata.category(char) not in UNSEEN
