"""Phone numbers, by the numbering plans of the world, and not the prices, dates and order numbers like them."""

import re
from collections.abc import Iterable, Iterator

from .found_data import FoundData

_DIGITS_IN_A_ROW = re.compile(
    r"(?<![\w.,#@/=$€£&?%-])(?<!\d:)(?:\+ ?|00 ?)?\(?\d(?:[ ().\-/]{0,2}\d){6,14}(?![\w@%$€£]|[ .,:/-]\d)"
)
_INTERNATIONAL = re.compile(r"(\+|00) ?[1-9]")
# Shapes that people write phone numbers in at home, and where; all else needs a word like "call" before it.
_SHAPES = (
    (re.compile(r"(?:1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[.-])\d{3}[ .-]\d{4}"), ("US", "CA")),
    (re.compile(r"0\d(?:[ .-]\d{2}){4}"), ("FR", "BE", "DZ", "MA")),
    (re.compile(r"\(\d{2}\) ?9?\d{4}-\d{4}"), ("BR",)),
    (re.compile(r"[6-9]\d{4}[ -]\d{5}"), ("IN",)),
    (
        re.compile(r"\(?0\d{2,4}\)?[ ./-]\d{2,8}(?:[ .-]?\d{2,4}){0,3}"),
        ("GB", "DE", "IT", "AT", "CH", "NL", "BE", "SE", "AU", "IE", "TR", "ZA", "JP", "IN", "PH", "MY"),
    ),
)
_PHONE_WORD = re.compile(
    r"\b(?:call|calling|phone|telephone|tel|mobile|whats ?app|text|sms|viber|telegram|contact|anrufen|handy"
    r"|handynummer|"
    r"telefon|ll[aá]ma\w*|movil|móvil|tel[eé]fono|celular|cellulare|telefono|telefone|portable|t[ée]l[ée]phone|appelez|"
    r"joindre|chiama(?:re|mi)?|ligue|liga|(?:my|his|her|their|your) (?:cell|number|no)|meine nummer|seine nummer|"
    r"ihre nummer|m[ií] n[uú]mero|su n[uú]mero|mon num[ée]ro|son num[ée]ro)\b[^\d\n]{0,25}$",
    re.IGNORECASE,
)
_OTHER_NUMBER = re.compile(
    r"\b(?:order|invoice|ref|reference|ticket|case|claim|tracking|booking|reservation|confirmation|flight|serial"
    r"|model|isbn|"
    r"sku|id|account|customer|version|barcode|ean|imei|part|item|article|parcel|shipment|pedido|factura|encomenda|"
    r"bestellung|bestellnummer|rechnung|kundennummer|auftrag|sendung\w*|commande|facture|colis|ordine|fattura"
    r"|spedizione)"
    r"\b[^\d\n]{0,14}$",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\d{4}[-/. ]\d{1,2}[-/. ]\d{1,2}(?: \d{1,2})?|\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4}(?: \d{1,2})?|\d{4} ?[-/] ?\d{4}"
)
_COUNTED_AFTER = re.compile(
    r"^ ?\+? ?(?:views?|subs\w*|likes?|people|persons|times|users?|followers?|fans|dollars?|euros?|usd|eur|comments?|"
    r"points|km|miles|years?|million\w*|plays|streams|aufrufe|abonnenten|leute|mal|vues|abonn[ée]s|fois"
    r"|personnes|veces|"
    r"personas|visitas|vistas|suscriptores|visualiza\w*|inscritos|visualizzazioni|iscritti|kr|zł|rs|yen|won)\b",
    re.IGNORECASE,
)
PHONE_NUMBER = "phone number"
_LOOK_AROUND = 40
_MOST_DIGITS = 15  # ITU-T E.164


def find_phones(text: str) -> Iterator[FoundData]:
    """Phone numbers of 7 to 15 digits; masked down to the last two.

    Dates, years, grouped amounts like "1 000 000" and order or ticket numbers are none.
    """
    for found in _DIGITS_IN_A_ROW.finditer(text):
        before = text[max(0, found.start() - _LOOK_AROUND) : found.start()]
        if _is_phone(found[0], before, text[found.end() : found.end() + _LOOK_AROUND]):
            yield FoundData(PHONE_NUMBER, found.start(), found.end(), f"•••• {found[0][-2:]}")


def _is_phone(number: str, before: str, after: str) -> bool:
    digits = sum(map(str.isdigit, number))
    if digits > _MOST_DIGITS or _DATE.fullmatch(number) or _OTHER_NUMBER.search(before) or _COUNTED_AFTER.match(after):
        return False
    if not number.endswith("0000") and _PHONE_WORD.search(before):
        return True
    if international := _INTERNATIONAL.match(number):
        return _is_international(number, international[1])
    return any(shape.fullmatch(number) and _is_valid_in(number, regions) for shape, regions in _SHAPES)


def _is_international(number: str, prefix: str) -> bool:
    """After a plus, numbers kept free for films count too; two zeros also begin counters, so there less is believed."""
    import phonenumbers  # its plans cost a while to read, and few comments hold a number

    try:
        parsed = phonenumbers.parse("+" + number.removeprefix(prefix))
    except phonenumbers.NumberParseException:
        return False
    possible = phonenumbers.is_possible_number_with_reason(parsed) == phonenumbers.ValidationResult.IS_POSSIBLE
    return phonenumbers.is_valid_number(parsed) or (prefix == "+" and possible)


def _is_valid_in(number: str, regions: Iterable[str]) -> bool:
    import phonenumbers

    for region in regions:
        try:
            if phonenumbers.is_valid_number_for_region(phonenumbers.parse(number, region), region):
                return True
        except phonenumbers.NumberParseException:
            return False
    return False
