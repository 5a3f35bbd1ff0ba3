"""Numbers that states give to people, found by shape or by the word for them, and proved by their check digits."""

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import NamedTuple

from .found_data import FoundData

# Shapes that hardly anything else has. The module of stdnum proves each; without one, its shape has to do.
_BY_SHAPE = {
    "us.ssn": r"\d{3}-\d{2}-\d{4}",
    "br.cpf": r"\d{3}\.\d{3}\.\d{3}-\d{2}",
    "ch.ssn": r"756\.\d{4}\.\d{4}\.\d{2}",
    "be.nn": r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}",
    "fr.nir": r"[12] \d{2} \d{2} \d[\dAB] \d{3} \d{3} \d{2}",
    "it.codicefiscale": r"[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]",
    "mx.curp": r"[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z\d]\d",
    "fi.hetu": r"\d{6}[-+A]\d{3}[\dA-FHJ-NPR-Y]",
    "cn.ric": r"[1-9]\d{16}[\dX]",
    "kr.rrn": r"\d{6}-\d{7}",
    "se.personnummer": r"(?:19|20)\d{6}-\d{4}",
}
# Shapes that much else has too: the word must stand before them.
_BY_WORD = {
    "us.ssn": (r"ssn|social security", r"\d{9}|\d{3} \d{2} \d{4}"),
    "ca.sin": (r"sin|nas|social insurance", r"\d{3}[ -]?\d{3}[ -]?\d{3}"),
    "": (r"nino|ni number|national insurance", r"[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]"),
    "gb.nhs": (r"nhs", r"\d{3}[ -]?\d{3}[ -]?\d{4}"),
    "es.dni": (r"dni|nif|documento", r"\d{8}[ -]?[A-Z]"),
    "es.nie": (r"nie|documento", r"[XYZ][ -]?\d{7}[ -]?[A-Z]"),
    "fr.nir": (r"nir|s[ée]cu|s[ée]curit[ée] sociale", r"[12]\d{4}[\dAB]{2}\d{8}"),
    "de.idnr": (r"steuer ?-?id|steuernummer|idnr|tin", r"\d{2} ?\d{3} ?\d{3} ?\d{3}"),
    "br.cpf": (r"cpf", r"\d{11}"),
    "nl.bsn": (r"bsn|burgerservicenummer", r"\d{9}|\d{4}\.\d{2}\.\d{3}"),
    "pl.pesel": (r"pesel", r"\d{11}"),
    "se.personnummer": (r"personnummer|pnr", r"(?:\d{2})?\d{6}[-+]?\d{4}"),
    "dk.cpr": (r"cpr", r"\d{6}-?\d{4}"),
    "no.fodselsnummer": (r"f[øo]dselsnummer|personnummer", r"\d{6} ?\d{5}"),
    "tr.tckimlik": (r"kimlik|tckn|tc no", r"\d{11}"),
    "in_.aadhaar": (r"aadhaa?r|uid", r"\d{4}[ -]?\d{4}[ -]?\d{4}"),
    "in_.pan": (r"pan", r"[A-Z]{5}\d{4}[A-Z]"),
    "za.idnr": (r"id|identity", r"\d{13}"),
    "au.tfn": (r"tfn|tax file", r"\d{3} ?\d{3} ?\d{2,3}"),
    "pt.nif": (r"nif|contribuinte", r"\d{9}|\d{3} \d{3} \d{3}"),
}
_OTHER_NUMBER = re.compile(
    r"\b(?:order|invoice|ref|reference|ticket|case|claim|tracking|booking|part|item|sku|serial|model|isbn|ean|pedido|"
    r"factura|bestellung|rechnung|commande|facture|ordine)\b[^\d\n]{0,14}$",
    re.IGNORECASE,
)
_LOOK_AROUND = 40


class _Search(NamedTuple):
    pattern: re.Pattern[str]
    modules: dict[str, str]  # group of the pattern to module


def find_national_ids(text: str) -> Iterator[FoundData]:
    """Social security, tax and identity numbers of some twenty countries; masked down to the last two characters."""
    yield from _found(text, _by_shape())
    if _has_word().search(text):
        yield from _found(text, _by_word())


def _found(text: str, search: _Search) -> Iterator[FoundData]:
    for found in search.pattern.finditer(text):
        group = found.lastgroup or ""
        number, start, end = found[group], found.start(group), found.end(group)
        before = text[max(0, start - _LOOK_AROUND) : start]
        if _is_proved(search.modules[group], number) and not _OTHER_NUMBER.search(before):
            yield FoundData("national id", start, end, f"•••• {number[-2:]}")


def _is_proved(module: str, number: str) -> bool:
    return not module or bool(import_module(f"stdnum.{module}").is_valid(number.upper()))


@cache
def _by_shape() -> _Search:
    parts = [rf"(?P<n{place}>{shape})" for place, shape in enumerate(_BY_SHAPE.values())]
    return _Search(
        re.compile(rf"(?<![\w.,#@/=$€£+-])(?:{'|'.join(parts)})(?![\w@%]|[.,-]\d)", re.IGNORECASE),
        {f"n{place}": module for place, module in enumerate(_BY_SHAPE)},
    )


@cache
def _by_word() -> _Search:
    parts = [
        rf"\b(?:{word})\b[^\d\n]{{0,24}}?(?<![\w.,#@/=$€£+-])(?P<n{place}>{shape})(?![\w@%]|[.,-]\d)"
        for place, (word, shape) in enumerate(_BY_WORD.values())
    ]
    return _Search(
        re.compile("|".join(parts), re.IGNORECASE), {f"n{place}": module for place, module in enumerate(_BY_WORD)}
    )


@cache
def _has_word() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(word for word, _ in _BY_WORD.values())})\b", re.IGNORECASE)
