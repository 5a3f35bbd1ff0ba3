"""The figures of a transparency report as text, JSON and CSV."""

from collections.abc import Iterator
from typing import IO

import orjson

from ..statements.export import write_table
from ..statements.vocabulary import FULLY, NOT, PARTIALLY, SUSPENDED, TERMINATED
from ..wording import counted
from .accuracy import Accuracy
from .transparency import MEASURE_COLUMNS, Transparency

DECIDED = {FULLY: "by a machine alone", PARTIALLY: "as a machine suggested", NOT: "by people alone"}
ACCURACY_COLUMNS = (
    "kind", "name", "measures", "overturned", "overturn_rate", "looked_at_again", "confirmed", "precision",
    "precision_low", "precision_high", "judged_again", "errors", "error_rate",
)  # fmt: skip


def write_report(out: IO[bytes], found: Transparency, form: str, table: str = "measures") -> int:
    """`form` is text, json or csv, and `table` which table that CSV is; returns how many lines."""
    if form == "csv":
        if table == "accuracy":
            return write_table(out, ACCURACY_COLUMNS, (each.as_dict() for each in found.accuracies))
        return write_table(out, MEASURE_COLUMNS, found.table())
    if form == "json":
        out.write(orjson.dumps(found.as_dict(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        return 1
    told = list(lines(found))
    out.write("".join(f"{line}\n" for line in told).encode())
    return len(told)


def lines(found: Transparency) -> Iterator[str]:
    """The report as people read it."""
    measures = found.measures
    yield f"{counted(len(measures), 'measure')}, {len(found.own_initiative):,} of them on our own initiative"
    yield f"  {found.solely_automated:,} found and taken by a machine alone"
    for name, words in DECIDED.items():
        yield f"  {sum(each.decision == name for each in measures):,} {words}"
    if found.median_hours is not None:
        yield f"  median from the opening of a case to its measure: {found.median_hours:g} hours"
    for kind, words in ((SUSPENDED, "suspended"), (TERMINATED, "terminated")):
        counts = found.suspensions(kind)
        yield f"accounts {words}: {counts['accounts']:,}, by {counted(counts['decisions'], 'decision')}"
    for row in found.table():
        yield f"  {row['measures']:>6,}  {row['category']}  {row['restriction']}  {row['detection']}  {row['decision']}"
    for each in found.accuracies:
        yield _accuracy(each)
    yield from _intake(found)


def _accuracy(each: Accuracy) -> str:
    name = each.name if each.kind == "all" else f"{each.kind.replace('_', ' ')} {each.name}"
    overturned, precision, errors = each.overturned, each.precision, each.errors
    told = [f"{overturned.hits:,} of {counted(overturned.total, 'measure')} overturned{_percent(overturned.value)}"]
    if precision.total:
        span = f", 95 % between {precision.low:.0%} and {precision.high:.0%}"
        told.append(
            f"precision {precision.hits:,} of {precision.total:,} looked at again{_percent(precision.value)}{span}"
        )
    else:
        told.append("precision not known, nothing was looked at again")
    if errors.total:
        told.append(f"errors {errors.hits:,} of {errors.total:,}{_percent(errors.value)}")
    return f"{name}: {'; '.join(told)}"


def _percent(value: float | None) -> str:
    return "" if value is None else f" ({value:.1%})"


def _intake(found: Transparency) -> Iterator[str]:
    notices, complaints = found.notices, found.complaints
    yield f"notices by users: {notices.received:,} received, {notices.acted_on:,} led to a measure"
    answered = f"{complaints.answered:,} answered, {complaints.reversed:,} reversed"
    yield f"complaints against decisions: {complaints.received:,} received, {answered}"
