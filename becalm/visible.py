"""Text that strangers wrote, fit for a terminal: nothing in it acts, and what hides is seen."""

import regex

# Control characters could move the cursor or rename the window; format characters turn the writing direction or
# hide between letters; a lone surrogate can't be written at all.
_ACTING = regex.compile(r"[\p{Cc}\p{Cf}\p{Cs}]")
# Joiners belong to emoji and to Persian or Indic writing; between Latin letters they only split words.
_JOINERS = "\u200c\u200d"
_LAST_LATIN = "\u024f"
# More marks on one letter than any writing system needs reach over the lines around it.
_TOWER = regex.compile(r"(\p{Mn}{3})\p{Mn}+")

# What `visible` puts in their place.
NAMED = r"<U\+[0-9A-F]{4,6}>|[\u2400-\u241f]"


def visible(text: str) -> str:
    """`text` in one line, with each acting or hidden character as its name: `␛` for escape, `<U+202E>` for others."""
    line = " ".join(text.split())
    return _TOWER.sub(r"\1", _ACTING.sub(_named, line))


def _named(found: "regex.Match[str]") -> str:
    char = found[0]
    before = found.string[found.start() - 1] if found.start() else "a"
    if char in _JOINERS and before > _LAST_LATIN:
        return char
    if char < " ":
        return chr(0x2400 + ord(char))
    return f"<U+{ord(char):04X}>"
