"""Phone numbers and e-mail addresses, and not the prices, dates and order numbers that look like them."""

import re
from collections.abc import Iterator
from itertools import chain

from .found_data import FoundData
from .word_sets import word_set

_DIGITS_IN_A_ROW = re.compile(
    r"(?<![\w.,:#@/=$€£&?%-])(?:\+ ?|00 ?)?\(?\d(?:[ ().\-/]{0,2}\d){6,14}(?![\w@%$€£]|[ .,:/-]\d)"
)
# Shapes that people write phone numbers in; all else needs a word like "call" before it.
_PHONE_SHAPE = re.compile(
    r"(?:\+|00) ?[1-9][\d ().\-/]+"  # international
    r"|(?:1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[.-])\d{3}[ .-]\d{4}"  # North American
    r"|\(?0\d{2,4}\)?[ ./-]\d{2,8}(?:[ .-]?\d{2,4}){0,3}"  # area code with its zero, then a gap
)
_PHONE_WORD = re.compile(
    r"\b(?:call|calling|phone|telephone|tel|mobile|whats ?app|text|sms|viber|telegram|contact|anrufen|handy|"
    r"telefon|ll[aá]ma\w*|movil|móvil|tel[eé]fono|celular)\b[^\d\n]{0,25}$",
    re.IGNORECASE,
)
_OTHER_NUMBER = re.compile(
    r"\b(?:order|invoice|ref|reference|ticket|case|claim|tracking|booking|reservation|confirmation|flight|serial|model|isbn|"
    r"sku|id|account|customer|version|pedido|factura|bestellung|bestellnummer|rechnung|kundennummer)\b[^\d\n]{0,14}$",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\d{4}[-/. ]\d{1,2}[-/. ]\d{1,2}(?: \d{1,2})?|\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4}(?: \d{1,2})?|\d{4} ?[-/] ?\d{4}"
)
_COUNTED_AFTER = re.compile(
    r"^ ?\+? ?(?:views?|subs\w*|likes?|people|persons|times|users?|followers?|fans|dollars?|euros?|usd|eur|comments?|"
    r"points|km|miles|years?|leute|mal|veces|personas)\b",
    re.IGNORECASE,
)
_LOOK_AROUND = 40

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_EMAIL_IN_WORDS = re.compile(
    r"(?<![\w.+-])[\w.+-]{2,64} ?[\[({]? ?(?:at|@) ?[\])}]? ?"
    r"(?:gmail|googlemail|yahoo|hotmail|outlook|icloud|gmx|protonmail|aol)"
    r"(?:(?: ?[\[({]? ?(?:\.|dot) ?[\])}]? ?)(?:com|net|de|es|org|me)(?!\w))",
    re.IGNORECASE,
)
_PROVIDERS = ("mail", "yahoo", "outlook", "icloud", "gmx", "aol")
_NOBODY = word_set("no_person_before_at")


def find_phones(text: str) -> Iterator[FoundData]:
    """Phone numbers of 7 to 15 digits (ITU-T E.164 allows no more); masked down to the last two digits.

    Dates, years, grouped amounts like "1 000 000" and order or ticket numbers are none.
    """
    for found in _DIGITS_IN_A_ROW.finditer(text):
        before = text[max(0, found.start() - _LOOK_AROUND) : found.start()]
        if _is_phone(found[0], before, text[found.end() : found.end() + _LOOK_AROUND]):
            yield FoundData("phone number", found.start(), found.end(), f"•••• {found[0][-2:]}")


def _is_phone(number: str, before: str, after: str) -> bool:
    digits = sum(map(str.isdigit, number))
    if digits > 15 or _DATE.fullmatch(number) or _OTHER_NUMBER.search(before) or _COUNTED_AFTER.match(after):
        return False
    if not number.endswith("0000") and _PHONE_WORD.search(before):
        return True
    return digits >= 8 and bool(_PHONE_SHAPE.fullmatch(number))


def find_emails(text: str) -> Iterator[FoundData]:
    """E-mail addresses of persons, "name at gmail dot com" too; role addresses such as info@ are none."""
    patterns = [_EMAIL] if "@" in text else []
    if any(map(text.lower().__contains__, _PROVIDERS)):
        patterns.append(_EMAIL_IN_WORDS)
    for found in chain.from_iterable(pattern.finditer(text) for pattern in patterns):
        if re.split(r"[ @(\[{]", found[0], maxsplit=1)[0].lower() not in _NOBODY:
            yield FoundData("e-mail address", found.start(), found.end(), f"{found[0][0]}•••@•••")
