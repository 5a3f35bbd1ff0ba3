"""Payment cards and bank accounts, found by shape and proved by their check digits."""

import re
from collections.abc import Iterator

from .found_data import FoundData

_CARD = re.compile(r"(?<![\w.,+#@/=-])\d(?:[ -]?\d){12,18}(?![\w@]|[.,-]\d)")
# First digits of the large issuers (ISO/IEC 7812): 3 travel, 4 and 5 and 2 and 6 banks and merchants.
_CARD_LENGTHS = {"3": (14, 15), "4": (13, 16, 19), "5": (16,), "2": (16,), "6": (16, 19)}

_IBAN = re.compile(r"(?<![\w@/=-])[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]){11,31}")
# Lengths by country, from the SWIFT IBAN registry.
_IBAN_LENGTHS = {
    "AD": 24, "AE": 23, "AT": 20, "BE": 16, "BG": 22, "BR": 29, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18,
    "EE": 20, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IT": 27,
    "LT": 20, "LU": 20, "LV": 21, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SA": 24, "SE": 24,
    "SI": 19, "SK": 24, "TR": 26, "UA": 29,
}  # fmt: skip
# One ordinary phrase in 97 passes the checksum; none holds this many digits.
_FEWEST_DIGITS = 12


def find_cards(text: str) -> Iterator[FoundData]:
    """Card numbers of 13 to 19 digits whose Luhn check digit is right; masked down to the last four digits."""
    for found in _CARD.finditer(text):
        digits = re.sub(r"\D", "", found[0])
        if len(digits) in _CARD_LENGTHS.get(digits[0], ()) and len(set(digits)) > 1 and passes_luhn(digits):
            yield FoundData("payment card", found.start(), found.end(), f"•••• {digits[-4:]}")


def find_ibans(text: str) -> Iterator[FoundData]:
    """Bank account numbers whose checksum is right; masked down to the country and the last two characters."""
    for found in _IBAN.finditer(text):
        compact = found[0].replace(" ", "").upper()
        iban = compact[: _IBAN_LENGTHS.get(compact[:2], 0)]
        if sum(map(str.isdigit, iban)) >= _FEWEST_DIGITS and passes_iban_checksum(iban):
            yield FoundData("bank account", found.start(), found.end(), f"{iban[:2]}•••• {iban[-2:]}")


def passes_luhn(digits: str) -> bool:
    """Whether the last of `digits` is the right check digit (ISO/IEC 7812-1, Annex B)."""
    doubled = (int(digit) * 2 for digit in digits[-2::-2])
    return (sum(map(int, digits[::-2])) + sum(value - 9 if value > 9 else value for value in doubled)) % 10 == 0


def passes_iban_checksum(iban: str) -> bool:
    """Whether compact upper-case `iban` has its country's length and the remainder 1 (ISO 13616, mod 97)."""
    if len(iban) != _IBAN_LENGTHS.get(iban[:2]) or not iban.isascii() or not iban.isalnum():
        return False
    return int("".join(str(int(character, 36)) for character in iban[4:] + iban[:4])) % 97 == 1
