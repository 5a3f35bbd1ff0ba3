"""Postal addresses: a house number and a street, where somebody is said to live."""

import re
from collections.abc import Iterator

from .found_data import FoundData
from .word_sets import word_set

_STREET = re.compile(
    r"(?<![\w.,#@/=$€£-])\d{1,5}[a-z]?,? (?:[^\W\d_][\w'’.-]{1,20} ){1,3}"
    r"(?:street|avenue|road|lane|drive|boulevard|blvd|court|close|terrace|square)(?!\w)\.?"
    r"|(?<!\w)[^\W\d_]{3,25}(?:stra(?:ß|ss)e|weg|gasse|allee|platz) \d{1,4}[a-z]?(?![\w,.]?\d)"
    r"|(?<!\w)(?:calle|avenida|avda\.?|plaza|paseo) (?:[^\W\d_][\w'’.-]{0,20} ){1,4}"
    r"(?:n[ºo°]?\.? ?)?\d{1,4}(?![\w,.]?\d)",
    re.IGNORECASE,
)
_LIVES = re.compile(
    r"\b(?:address|lives?|living|reside[sd]?|stays?|staying|house|home|place|flat|apartment|"
    r"(?:find|visit) (?:him|her|them|me|us)|"
    r"wohnt|wohne|wohnst|wohnen|adresse|anschrift|vive|vivo|vives|vivimos|direcci[oó]n|domicilio)\b[^\d\n]{0,35}$",
    re.IGNORECASE,
)
_POSTCODE_AFTER = re.compile(
    r"^,? (?:apt\.? ?\w{1,5},? |unit \w{1,5},? )?"
    r"(?:[^\W\d_][\w.' -]{1,30}?,? )?(?:\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})(?!\w)",
)
# One of these is in every match; looked for first, as that costs a tenth.
_STREET_PARTS = word_set("street_parts")
_LOOK_AROUND = 60


def find_addresses(text: str) -> Iterator[FoundData]:
    """House number and street, where the text says that somebody lives there or a postcode follows."""
    lowered = text.lower()
    if not any(map(lowered.__contains__, _STREET_PARTS)):
        return
    for found in _STREET.finditer(text):
        before = text[max(0, found.start() - _LOOK_AROUND) : found.start()]
        after = text[found.end() : found.end() + _LOOK_AROUND]
        if _LIVES.search(before) or _POSTCODE_AFTER.match(after):
            yield FoundData("postal address", found.start(), found.end(), "•••• (house and street)")
