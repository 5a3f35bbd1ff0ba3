"""The fields of one statement, as the database wants them."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..decisions import Decided
from ..policy import Policy
from ..policy.statements import Statements
from ..store import DecisionGround
from .facts import fitted
from .origin import Origin
from .vocabulary import ENDS, FIELDS, ILLEGAL, INCOMPATIBLE, LANGUAGES, URL

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Content:
    """What was restricted: the day of its first comment, and the language that most of it is in, None if unknown."""

    first: date
    language: str | None


def fields_of(
    policy: Policy, decided: Decided, content: Content, facts: str, origin: Origin, ground: DecisionGround | None,
    application_date: date,
) -> Fields:  # fmt: skip
    """Everything but the end, in the order of the schema; what does not apply is left out."""
    stated = policy.statements
    assert stated is not None, "a decision restricts by what the policy says"
    fields = {
        **_decision(stated, decided.action),
        **_ground(policy, decided, ground),
        **_category(stated, decided.rule),
        "content_type": ["CONTENT_TYPE_TEXT"],
        "content_language": content.language,
        "content_date": content.first.isoformat(),
        "application_date": application_date.isoformat(),
        "decision_facts": facts,
        "source_type": origin.source,
        "automated_detection": origin.detection,
        "automated_decision": origin.decision,
        "puid": decided.id,
    }
    return in_order(fields)


def with_end(fields: Mapping[str, Any], end: date | None) -> Fields:
    """The fields with this end of what they restrict, or without one."""
    kept = {name: value for name, value in fields.items() if name not in ENDS.values()}
    if end is not None:
        # A day is the least that the schema knows: what was taken back at once ends on the day it began.
        last = max(end.isoformat(), fields["application_date"])
        kept |= {ENDS[decision]: last for decision in ENDS if decision in fields}
    return in_order(kept)


def in_order(fields: Mapping[str, Any]) -> Fields:
    return {name: fields[name] for name in FIELDS if fields.get(name) is not None}


def language_of(languages: Sequence[str | None]) -> str | None:
    """The ISO 639-1 code, in capitals, that most of these begin with; None where there is none."""
    codes = Counter((each or "").replace("_", "-").split("-")[0].upper() for each in languages)
    known = {code: count for code, count in codes.items() if code in LANGUAGES}
    return min(known, key=lambda code: (-known[code], code)) if known else None


def _decision(stated: Statements, action: str) -> Fields:
    restriction = stated.actions[action]
    return {
        "decision_visibility": list(restriction.visibility) if restriction.visibility else None,
        "decision_visibility_other": restriction.visibility_other,
        "decision_account": restriction.account,
        "account_type": restriction.account_type,
    }


def _ground(policy: Policy, decided: Decided, ground: DecisionGround | None) -> Fields:
    link = policy.about_us.get("policy_link", "")
    url = {"decision_ground_reference_url": link if re.match(URL, link) else None}
    if ground is not None:
        return {
            "decision_ground": ILLEGAL,
            "illegal_content_legal_ground": fitted("illegal_content_legal_ground", ground.law),
            "illegal_content_explanation": fitted("illegal_content_explanation", ground.explanation),
        }
    rule = policy.rule(decided.rule)
    title, meaning = (rule.title, rule.meaning) if rule else (decided.rule, "It is no longer among the rules.")
    words = f"Policy, version {decided.policy_version}, rule {decided.rule}: {title}"
    return {
        "decision_ground": INCOMPATIBLE,
        "incompatible_content_ground": fitted("incompatible_content_ground", words),
        "incompatible_content_explanation": fitted("incompatible_content_explanation", meaning),
        **url,
    }


def _category(stated: Statements, rule_id: str) -> Fields:
    found = stated.of(rule_id)
    return {
        "category": found.category,
        "category_specification": list(found.keywords) if found.keywords else None,
        "category_specification_other": found.keyword_other,
    }
