"""Rules about a column of facts, each under the plain name that people meet in the quarantine and in Data Docs.

All of them pass over nulls: a fact that does not apply to a row is null, and another rule says what must apply.
"""

import logging
import warnings
from collections.abc import Sequence
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from great_expectations.expectations import Expectation


def great_expectations() -> ModuleType:
    """The library, imported where it is used; its import warns about modules that Python deprecates."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import great_expectations
    # It announces every temporary folder.
    logging.getLogger("great_expectations.data_context.types.base").setLevel(logging.WARNING)
    return great_expectations


def between(name: str, column: str, low: float | None, high: float | None, field: str = "") -> "Expectation":
    """`low <= fact <= high`; `field` is the source's field that a failure is about."""
    rules = great_expectations().expectations
    return rules.ExpectColumnValuesToBeBetween(
        column=column, min_value=low, max_value=high, description=name, meta={"field": field or column}
    )


def one_of(name: str, column: str, values: Sequence[str | int], field: str = "") -> "Expectation":
    rules = great_expectations().expectations
    return rules.ExpectColumnValuesToBeInSet(
        column=column, value_set=list(values), description=name, meta={"field": field or column}
    )


def matching(name: str, column: str, pattern: str, field: str = "") -> "Expectation":
    r"""The whole fact matches `pattern`; end it in `\Z`, because `$` lets a line end pass."""
    rules = great_expectations().expectations
    return rules.ExpectColumnValuesToMatchRegex(
        column=column, regex=pattern, description=name, meta={"field": field or column}
    )


def unique(name: str, column: str, field: str = "") -> "Expectation":
    """No fact twice; each of the rows that share one is bad."""
    rules = great_expectations().expectations
    return rules.ExpectColumnValuesToBeUnique(column=column, description=name, meta={"field": field or column})


def present(name: str, column: str, field: str = "") -> "Expectation":
    """The fact is there."""
    rules = great_expectations().expectations
    return rules.ExpectColumnValuesToNotBeNull(column=column, description=name, meta={"field": field or column})
