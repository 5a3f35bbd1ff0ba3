"""Private data in a comment: found in the raw text, shown only masked."""

import re

from becalm.records import Reason

from .addresses import find_addresses
from .contact_data import find_emails, find_phones
from .evidence import MaskedData
from .found_data import FoundData
from .payment_data import find_cards, find_ibans

_DIGIT = re.compile(r"\d")
# No card, account or phone number has fewer digits.
_FEWEST_DIGITS = 7


def find_private_data(text: str) -> list[MaskedData]:
    """Payment cards, bank accounts, e-mail addresses, phone numbers and postal addresses in raw `text`, in order."""
    digits = len(_DIGIT.findall(text)) if _DIGIT.search(text) else 0
    found = list(find_emails(text))
    if digits:
        found += find_addresses(text)
    if digits >= _FEWEST_DIGITS:
        # A card or an account goes before the phone number that its digits could be.
        found = [*find_cards(text), *find_ibans(text), *found, *find_phones(text)]
    return [MaskedData(kind=data.kind, start=data.start, masked=data.masked) for data in _without_overlaps(found)]


def judge_private_data(found: list[MaskedData]) -> list[Reason]:
    """One reason for each kind of private data, with the masked form of the first."""
    first: dict[str, MaskedData] = {}
    for data in found:
        first.setdefault(data["kind"], data)
    return [
        Reason("private_data", 1.0, f"shows private data ({kind}): {data['masked']}") for kind, data in first.items()
    ]


def _without_overlaps(found: list[FoundData]) -> list[FoundData]:
    """In order of place; of two that share characters the one that starts first, then the one that was found first."""
    kept: list[FoundData] = []
    for data in sorted(found, key=lambda data: data.start):
        if not kept or data.start >= kept[-1].end:
            kept.append(data)
    return kept
