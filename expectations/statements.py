"""The suite `statements`: what must hold for every statement of reasons before it leaves the house."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from becalm.statements import vocabulary
from becalm.statements.vocabulary import DATES, LISTS, PUID, TEXTS, URL

from .columns import between, great_expectations, matching, one_of, present, unique
from .run import Quality, run
from .statement_facts import measure
from .statement_rows import StatedRow

if TYPE_CHECKING:
    from great_expectations import ExpectationSuite
    from great_expectations.expectations import Expectation

FIRST_DAYS = {"content_date": vocabulary.EARLIEST_CONTENT}


def check_statements(rows: Sequence[StatedRow]) -> Quality:
    """What each statement fails; the good ones go on, whatever the others are."""
    return run(suite(), measure(rows), lambda index, field: field)


def suite() -> "ExpectationSuite":
    return great_expectations().ExpectationSuite(
        name="statements",
        expectations=[
            *_identity(), *_decisions(), *_grounds(), *_contents(), *_dates(), *_texts(), *_automation(), *_privacy(),
        ],
    )  # fmt: skip


def _identity() -> list["Expectation"]:
    return [
        present("a statement has a puid", "puid"),
        matching("a puid is of letters, digits, hyphens and underscores, 500 at most", "puid", PUID),
        unique("a puid is never used again", "puid"),
        one_of("a puid is the id of the decision", "is_decision", [1], "puid"),
        one_of("there are no fields that the schema doesn't know", "strange_fields", [0], "statement"),
    ]


def _decisions() -> list["Expectation"]:
    none = "what is restricted is known: a decision on visibility, monetary, provision or account"
    return [
        between(none, "decisions", 1, None, "decision_visibility"),
        one_of("decision_monetary is a word of the schema", "decision_monetary", vocabulary.MONETARY),
        one_of("decision_provision is a word of the schema", "decision_provision", vocabulary.PROVISION),
        one_of("decision_account is a word of the schema", "decision_account", vocabulary.ACCOUNT),
        one_of("account_type is a word of the schema", "account_type", vocabulary.ACCOUNT_TYPES),
        one_of("a decision on an account says of which type it is", "account_type_missing", [0], "account_type"),
        one_of("only a decision on an account says of which type it is", "account_type_alone", [0], "account_type"),
        one_of("what is `other` says what", "others_missing", [0], "other"),
        one_of("only what is `other` says what", "others_alone", [0], "other"),
    ]


def _grounds() -> list["Expectation"]:
    url = "decision_ground_reference_url"
    return [
        present("there is a ground", "decision_ground"),
        one_of("the ground is a word of the schema", "decision_ground", vocabulary.GROUNDS),
        one_of("the ground is named and explained", "grounds_missing", [0], "decision_ground"),
        one_of("only one ground is named and explained", "grounds_of_another", [0], "decision_ground"),
        matching("the ground's address is one", url, URL),
    ]


def _contents() -> list["Expectation"]:
    lists = [one_of(f"{name} is a list of words", f"{name}_is_list", [1], name) for name in LISTS]
    known = [one_of(f"{name} has words of the schema only", f"{name}_unknown", [0], name) for name in LISTS]
    once = [one_of(f"{name} has no word twice", f"{name}_twice", [0], name) for name in LISTS]
    return [
        *lists, *known, *once,
        between("there is a type of content", "content_types", 1, None, "content_type"),
        present("there is a category", "category"),
        one_of("the category is one of the schema", "category", vocabulary.CATEGORIES),
        one_of("the keywords belong to the category", "keywords_elsewhere", [0], "category_specification"),
        one_of("content_language is an ISO 639-1 code in capitals", "content_language", sorted(vocabulary.LANGUAGES)),
    ]  # fmt: skip


def _dates() -> list["Expectation"]:
    return [
        present("there is a day on which the content was written", "content_date"),
        present("there is a day from which the decision holds", "application_date"),
        *(one_of(f"{name} is a day as 2026-03-01", f"{name}_unreadable", [0], name) for name in DATES),
        *(_between_days(name) for name in DATES),
        one_of(
            "a decision holds from the day of its content or later", "content_before_application", [1], "content_date"
        ),
        one_of("no restriction ends before it begins", "ends_before_application", [0], "end_date"),
        one_of("only what is restricted has an end", "ends_of_nothing", [0], "end_date"),
    ]


def _between_days(name: str) -> "Expectation":
    first = FIRST_DAYS.get(name, vocabulary.EARLIEST_APPLICATION)
    words = f"{name} lies between {first} and {vocabulary.LATEST}"
    return between(words, name, _ordinal(first), _ordinal(vocabulary.LATEST))


def _texts() -> list["Expectation"]:
    return [
        between(f"{name} has 1 to {most:,} characters", f"{name}_length", 1, most, name) for name, most in TEXTS.items()
    ]


def _automation() -> list["Expectation"]:
    who = "automated_decision"
    return [
        present("there is a source", "source_type"),
        one_of("the source is a word of the schema", "source_type", vocabulary.SOURCES),
        present("it is said whether the detection was automated", "automated_detection"),
        one_of("automated_detection is Yes or No", "automated_detection", vocabulary.DETECTIONS),
        present("it is said whether the decision was automated", who),
        one_of("automated_decision is a word of the schema", who, vocabulary.AUTOMATED),
        one_of("fully automated is what a machine decided, and nothing else", "machine_as_said", [1], who),
        one_of("partially automated is only what a person took over", "taken_over_as_said", [1], who),
        one_of("what a person took over is partially automated", "taken_over_is_said", [1], who),
        one_of("what a machine did unasked was found by one", "somebody_noticed", [1], "automated_detection"),
        one_of("voluntary is what nobody gave notice of, and nothing else", "source_as_known", [1], "source_type"),
    ]


def _privacy() -> list["Expectation"]:
    return [
        one_of("no text holds private data", "private_data", [0], "texts"),
        one_of("no text that a person wrote names an account", "names", [0], "illegal_content_explanation"),
    ]


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()
