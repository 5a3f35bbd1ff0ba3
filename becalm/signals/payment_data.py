"""Payment cards and bank accounts, found by shape and proved by their check digits."""

import re
from collections.abc import Iterator

from stdnum import iban, luhn

from .found_data import FoundData

_CARD = re.compile(r"(?<![\w.,+#@/=-])\d(?:[ -]?\d){12,18}(?![\w@]|[.,-]\d)")
# First digits and lengths of the large issuers (ISO/IEC 7812).
_CARD_ISSUED = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|(?:222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}"
    r"|3[47]\d{13}|3[0689]\d{12}|35\d{14}|6(?:\d{15}|\d{18})"
)

# Any form of spacing, and what follows: how long the number is, its country's rules say.
_IBAN = re.compile(r"(?<![\w@/=-])[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]){11,30}")
_LONGEST_IBAN = 34
# One ordinary phrase in 97 passes the checksum; none holds this many digits.
_FEWEST_DIGITS = 10


def find_cards(text: str) -> Iterator[FoundData]:
    """Card numbers of 13 to 19 digits whose Luhn check digit is right; masked down to the last four digits."""
    for found in _CARD.finditer(text):
        digits = re.sub(r"\D", "", found[0])
        if _CARD_ISSUED.fullmatch(digits) and luhn.is_valid(digits):
            yield FoundData("payment card", found.start(), found.end(), f"•••• {digits[-4:]}")


def find_ibans(text: str) -> Iterator[FoundData]:
    """Bank account numbers in the form of their country, with the right checksum; masked down to country and end."""
    for found in _IBAN.finditer(text):
        if sum(map(str.isdigit, found[0])) < _FEWEST_DIGITS:
            continue
        if length := _iban_length(found[0]):
            ending = found[0][:length].replace(" ", "")[-2:].upper()
            masked = f"{found[0][:2].upper()}•••• {ending}"
            yield FoundData("bank account", found.start(), found.start() + length, masked)


def _iban_length(text: str) -> int:
    """How many characters at the beginning of `text` are an IBAN, 0 for none; words may follow without a border."""
    for end in range(len(text), 14, -1):
        compact = text[:end].replace(" ", "")
        if text[end - 1] != " " and len(compact) <= _LONGEST_IBAN and _ends_there(text, end) and iban.is_valid(compact):
            return end
    return 0


def _ends_there(text: str, end: int) -> bool:
    return end == len(text) or not text[end].isalnum()
