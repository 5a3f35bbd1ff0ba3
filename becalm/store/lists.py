"""Lists in columns, most of them empty."""

from typing import Any

from sqlalchemy import JSON, ColumnElement, Text, cast, func, type_coerce
from sqlalchemy.orm import InstrumentedAttribute

EMPTY = "[]"


def is_filled(column: InstrumentedAttribute[list[Any]]) -> ColumnElement[bool]:
    return cast(column, Text) != EMPTY


def unless_empty(column: InstrumentedAttribute[list[Any]]) -> ColumnElement[list[Any]]:
    """The list, or None in place of an empty one: most are, and reading JSON for nothing costs more than the query."""
    return type_coerce(func.nullif(cast(column, Text), EMPTY), JSON)
