"""E-mail addresses of persons."""

import re
from collections.abc import Iterator
from itertools import chain

from .found_data import FoundData
from .word_sets import word_set

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_EMAIL_IN_WORDS = re.compile(
    r"(?<![\w.+-])[\w.+-]{2,64} ?[\[({]? ?(?:at|@) ?[\])}]? ?"
    r"(?:gmail|googlemail|yahoo|hotmail|outlook|icloud|gmx|protonmail|aol)"
    r"(?:(?: ?[\[({]? ?(?:\.|dot) ?[\])}]? ?)(?:com|net|de|es|org|me)(?!\w))",
    re.IGNORECASE,
)
_PROVIDERS = ("mail", "yahoo", "outlook", "icloud", "gmx", "aol")
_NOBODY = word_set("no_person_before_at")


def find_emails(text: str) -> Iterator[FoundData]:
    """E-mail addresses of persons, "name at gmail dot com" too; role addresses such as info@ are none."""
    patterns = [_EMAIL] if "@" in text else []
    if any(map(text.lower().__contains__, _PROVIDERS)):
        patterns.append(_EMAIL_IN_WORDS)
    for found in chain.from_iterable(pattern.finditer(text) for pattern in patterns):
        if re.split(r"[ @(\[{]", found[0], maxsplit=1)[0].lower() not in _NOBODY:
            yield FoundData("e-mail address", found.start(), found.end(), f"{found[0][0]}•••@•••")
