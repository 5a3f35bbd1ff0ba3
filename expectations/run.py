"""Running a suite over a frame of facts, and what came out of it."""

import threading
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from becalm.errors import CheckFailed

from .columns import great_expectations

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations import ExpectationSuite
    from great_expectations.core import ExpectationSuiteValidationResult
    from great_expectations.data_context import EphemeralDataContext

# Great Expectations keeps the current context in a global of the process.
one_at_a_time = threading.RLock()

# All row numbers, no values, no samples: one pass that costs what BOOLEAN_ONLY does (41,000 rows, half of them bad:
# 0.14 s for 13 rules; with `unexpected_index_column_names` 0.73 s).
RESULT_FORMAT = {
    "result_format": "COMPLETE",
    "partial_unexpected_count": 0,
    "return_unexpected_index_query": False,
    "exclude_unexpected_values": True,
}
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Failure:
    """An expectation that a row failed, and what stood there instead: its kind and size, never a text."""

    expectation: str
    found: str

    def as_dict(self) -> dict[str, str]:
        return {"expectation": self.expectation, "found": self.found}


@dataclass(frozen=True, slots=True)
class Quality:
    """What a suite says about its rows.

    `bad` maps a row's index to its failures; `failed` maps an expectation to the number of rows that failed it, most
    first. `validation` is Great Expectations' result as JSON, with counts only: it may be kept, sent and shown.
    """

    suite: str
    rows: int
    bad_rows: int
    failed: Mapping[str, int]
    validation: Mapping[str, Any]
    bad: Mapping[int, tuple[Failure, ...]] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        return not self.failed

    @property
    def bad_share(self) -> float:
        return self.bad_rows / self.rows if self.rows else 0.0

    @property
    def counts(self) -> dict[str, Any]:
        """All but the single rows, as JSON; `Quality(**counts)` is enough to build Data Docs."""
        return {name: getattr(self, name) for name in ("suite", "rows", "bad_rows", "failed", "validation")}

    @property
    def good(self) -> list[int]:
        """Indices of the rows that failed nothing, in order."""
        return [index for index in range(self.rows) if index not in self.bad]

    def require(self) -> Self:
        """Itself, or `CheckFailed` with every failed expectation, its count and a few of the ids it met."""
        if self.failed:
            raise CheckFailed(self.suite, [self._sentence(name, count) for name, count in self.failed.items()])
        return self

    def _sentence(self, name: str, count: int) -> str:
        found = [failure.found for failures in self.bad.values() for failure in failures if failure.expectation == name]
        return f"{name} (not so for {count} of {self.rows}: {', '.join(found[:EXAMPLES])})"


def run(suite: "ExpectationSuite", facts: "pd.DataFrame", found: Callable[[int, str], str]) -> Quality:
    """The quality of `facts`, whose index counts rows from 0.

    `found(index, field)` says in words what a bad row has instead of what was expected. Raises `CheckFailed` when a
    rule could not be evaluated at all: what was not checked is not good.
    """
    with one_at_a_time:
        context = quiet_context()
        asset = context.data_sources.add_pandas("becalm").add_dataframe_asset(suite.name)
        definition = asset.add_batch_definition_whole_dataframe("rows")
        batch = definition.get_batch(batch_parameters={"dataframe": facts})
        result = batch.validate(suite, result_format=RESULT_FORMAT)
    return _quality(result, len(facts), found)


def quiet_context() -> "EphemeralDataContext":
    """A context that lives in memory, draws no progress bars and reports to nobody."""
    gx = great_expectations()
    context = gx.get_context(mode="ephemeral")
    context.enable_analytics(False)
    bars = gx.data_context.types.base.ProgressBarsConfig(globally=False)
    context.variables.progress_bars = bars
    return context


def _quality(result: "ExpectationSuiteValidationResult", rows: int, found: Callable[[int, str], str]) -> Quality:
    failed: dict[str, int] = {}
    bad: defaultdict[int, list[Failure]] = defaultdict(list)
    for outcome in result.results:
        config = outcome.expectation_config
        indices = outcome.result.get("unexpected_index_list") or []
        trouble = _trouble(outcome.exception_info)
        if trouble or not (outcome.success or indices):
            raise CheckFailed(result.suite_name, [f"could not check that {config.description}: {trouble}"])
        if indices:
            failed[config.description] = len(indices)
        describe = partial(found, field=config.meta["field"])
        for index in indices:
            bad[index].append(Failure(config.description, describe(index)))
    return Quality(
        suite=result.suite_name,
        rows=rows,
        bad_rows=len(bad),
        failed=dict(sorted(failed.items(), key=lambda item: -item[1])),
        validation=_counts_only(result.to_json_dict()),
        bad={index: tuple(bad[index]) for index in sorted(bad)},
    )


def _trouble(info: Mapping[str, Any]) -> str:
    """What a rule stumbled over; Great Expectations tells it once for the rule, or once for each of its metrics."""
    told = [info] if "raised_exception" in info else info.values()
    return "; ".join(str(each["exception_message"]) for each in told if each["raised_exception"])


def _counts_only(document: dict[str, Any]) -> dict[str, Any]:
    for outcome in document["results"]:
        outcome["result"] = {
            key: value for key, value in outcome["result"].items() if key.endswith(("_count", "_percent"))
        }
    # A fingerprint of the rows would let anybody test a guess at their content.
    document["meta"]["batch_markers"].pop("pandas_data_fingerprint", None)
    return document
