"""Statements of reasons measured: sizes, words of the schema, and whether what is said agrees with what was done."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from becalm.statements import vocabulary
from becalm.statements.persons import count_named, count_persons
from becalm.statements.vocabulary import DATES, ENDS, FIELDS, FULLY, LISTS, NO, PARTIALLY, TEXTS, VOLUNTARY, YES

from .statement_rows import StatedRow

if TYPE_CHECKING:
    import pandas as pd

DECISIONS = tuple(ENDS)
PERSONS_OWN = ("illegal_content_legal_ground", "illegal_content_explanation")
# The list or word that asks for a text of its own, and the text.
OTHERS = {
    "decision_visibility_other": ("decision_visibility", "DECISION_VISIBILITY_OTHER"),
    "decision_monetary_other": ("decision_monetary", "DECISION_MONETARY_OTHER"),
    "content_type_other": ("content_type", "CONTENT_TYPE_OTHER"),
    "category_specification_other": ("category_specification", "KEYWORD_OTHER"),
}
KNOWN_IN_LISTS = {
    "decision_visibility": vocabulary.VISIBILITY,
    "content_type": vocabulary.CONTENT_TYPES,
    "category_specification": vocabulary.ALL_KEYWORDS,
}
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def measure(rows: Sequence[StatedRow]) -> "pd.DataFrame":
    """One line of facts a statement; null where a fact does not apply to it."""
    import pandas as pd

    lines = [_facts(row) for row in rows]
    return pd.DataFrame(lines, columns=list(_facts(_NOTHING)), dtype=object)


def _facts(row: StatedRow) -> dict[str, Any]:
    said = row.fields
    return {
        "puid": _word(said.get("puid")),
        "is_decision": int(said.get("puid") == row.puid),
        "strange_fields": sum(name not in FIELDS for name in said),
        "decisions": sum(bool(said.get(name)) for name in DECISIONS),
        **_words(said),
        **_lists(said),
        **_others(said),
        **_grounds(said),
        **_texts(said),
        **_dates(said),
        **_automation(row),
        "private_data": sum(count_persons(str(said.get(name, ""))) for name in TEXTS),
        "names": sum(count_named(str(said.get(name, "")), row.names) for name in PERSONS_OWN),
    }


def _words(said: Mapping[str, Any]) -> dict[str, Any]:
    names = (
        "decision_monetary", "decision_provision", "decision_account", "account_type", "decision_ground", "category",
        "content_language", "source_type", "automated_detection", "automated_decision", "decision_ground_reference_url",
    )  # fmt: skip
    return {name: _word(said.get(name)) for name in names} | {
        "account_type_missing": int(bool(said.get("decision_account")) and not said.get("account_type")),
        "account_type_alone": int(bool(said.get("account_type")) and not said.get("decision_account")),
    }


def _lists(said: Mapping[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {f"{name}_is_list": int(_is_list(said.get(name))) for name in LISTS if name in said}
    for name in LISTS:
        words = said.get(name) if _is_list(said.get(name)) else ()
        facts[f"{name}_unknown"] = sum(word not in KNOWN_IN_LISTS[name] for word in words or ())
        facts[f"{name}_twice"] = len(words or ()) - len(set(words or ()))
    fitting = vocabulary.KEYWORDS.get(str(said.get("category")), ())
    facts["keywords_elsewhere"] = sum(word not in fitting for word in said.get("category_specification") or ())
    facts["content_types"] = len(said.get("content_type") or ())
    return {f"{name}_is_list": None for name in LISTS} | facts


def _others(said: Mapping[str, Any]) -> dict[str, Any]:
    missing, alone = 0, 0
    for text, (field, word) in OTHERS.items():
        value = said.get(field)
        asks = value == word or (_is_list(value) and word in value)
        missing += asks and not said.get(text)
        alone += bool(said.get(text)) and not asks
    return {"others_missing": missing, "others_alone": alone}


def _grounds(said: Mapping[str, Any]) -> dict[str, Any]:
    wanted = {vocabulary.ILLEGAL: "illegal_", vocabulary.INCOMPATIBLE: "incompatible_"}.get(
        str(said.get("decision_ground"))
    )
    texts = [name for name in TEXTS if name.startswith(("illegal_", "incompatible_"))]
    return {
        "grounds_missing": sum(name.startswith(wanted) and not said.get(name) for name in texts) if wanted else None,
        "grounds_of_another": sum(not name.startswith(wanted) and bool(said.get(name)) for name in texts)
        if wanted
        else None,
    }


def _texts(said: Mapping[str, Any]) -> dict[str, Any]:
    """How many characters each text has, -1 for what is no text."""
    found = {name: said.get(name) for name in TEXTS}
    lengths = {
        f"{name}_length": None if text is None else len(text) if isinstance(text, str) else -1
        for name, text in found.items()
    }
    return lengths | {"decision_facts_length": lengths["decision_facts_length"] or 0}


def _dates(said: Mapping[str, Any]) -> dict[str, Any]:
    days = {name: _day(said.get(name)) for name in DATES}
    begins, last = days["application_date"], {decision: days[end] for decision, end in ENDS.items()}
    return {
        **{name: _ordinal(day) for name, day in days.items()},
        **{f"{name}_unreadable": int(said.get(name) is not None and days[name] is None) for name in DATES},
        "content_before_application": _not_after(days["content_date"], begins),
        "ends_before_application": sum(_not_after(begins, end) == 0 for end in last.values()),
        "ends_of_nothing": sum(said.get(ENDS[name]) is not None and not said.get(name) for name in DECISIONS),
    }


def _automation(row: StatedRow) -> dict[str, Any]:
    said = row.fields
    fully, partially = (said.get("automated_decision") == word for word in (FULLY, PARTIALLY))
    detected, voluntary = said.get("automated_detection"), said.get("source_type") == VOLUNTARY
    return {
        "machine_as_said": int(fully == row.is_machine),
        "taken_over_as_said": int(not partially or (row.took_over and detected == YES)),
        "taken_over_is_said": int(partially or row.is_machine or not (row.took_over and detected == YES)),
        "somebody_noticed": int(not (fully and voluntary and detected == NO)),
        "source_as_known": int(voluntary != row.was_notified),
    }


def _word(value: object) -> str | None:
    return None if value is None else value if isinstance(value, str) else "no text"


def _is_list(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, str) for each in value)


def _day(value: object) -> date | None:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _ordinal(day: date | None) -> int | None:
    return day.toordinal() if day else None


def _not_after(first: date | None, second: date | None) -> int | None:
    return None if first is None or second is None else int(first <= second)


_NOTHING = StatedRow("", {}, is_machine=False, took_over=False, was_notified=False)
