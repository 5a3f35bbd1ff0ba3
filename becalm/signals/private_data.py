"""Private data in a comment: found in the raw text, shown only masked."""

import re
from operator import attrgetter

from becalm.records import Reason

from .addresses import find_addresses
from .evidence import MaskedData
from .found_data import FoundData
from .mail_addresses import find_emails
from .national_ids import find_national_ids
from .ownership import Whose, whose_data
from .payment_data import find_cards, find_ibans
from .phone_numbers import find_phones

_DIGIT = re.compile(r"\d")
# No card, account, identity or phone number has fewer digits.
_FEWEST_DIGITS = 6
_WORDS = {Whose.OWN: "the writer's own", Whose.ANOTHER: "somebody else's", Whose.UNCLEAR: ""}


def find_private_data(text: str) -> list[MaskedData]:
    """Cards, bank accounts, national ids, phone numbers, e-mail and postal addresses in raw `text`, in order."""
    return [
        MaskedData(kind=data.kind, start=data.start, masked=data.masked, whose=whose_data(text, data.start, data.end))
        for data in locate_private_data(text)
    ]


def mask_private_data(text: str) -> str:
    """`text` with all private data in it masked."""
    for data in reversed(locate_private_data(text)):
        text = f"{text[: data.start]}{data.masked}{text[data.end :]}"
    return text


def judge_private_data(found: list[MaskedData]) -> list[Reason]:
    """One reason for each kind of private data and whose it is, with the masked form of the first."""
    first: dict[tuple[str, str], MaskedData] = {}
    for data in found:
        first.setdefault((data["kind"], data["whose"]), data)
    return [
        Reason("private_data", 1.0, f"shows private data ({_told(kind, whose)}): {data['masked']}")
        for (kind, whose), data in first.items()
    ]


def locate_private_data(text: str) -> list[FoundData]:
    """Where private data stands in `text`, in order, nothing twice."""
    digits = len(_DIGIT.findall(text)) if _DIGIT.search(text) else 0
    found = list(find_emails(text))
    if digits:
        found += find_addresses(text)
    if digits >= _FEWEST_DIGITS:
        # A card, an account or an identity goes before the phone number that its digits could be.
        found = [*find_cards(text), *find_ibans(text), *find_national_ids(text), *found, *find_phones(text)]
    return _without_overlaps(found) if found else found


def _told(kind: str, whose: str) -> str:
    return ", ".join(filter(None, [kind, _WORDS[Whose(whose)]]))


def _without_overlaps(found: list[FoundData]) -> list[FoundData]:
    """In order of place; of two that share characters the one that starts first, then the one that was found first."""
    kept: list[FoundData] = []
    for data in sorted(found, key=attrgetter("start")):
        if not kept or data.start >= kept[-1].end:
            kept.append(data)
    return kept
