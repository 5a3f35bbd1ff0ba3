"""What is wrong in a policy's files, in words and with its line."""

from dataclasses import dataclass
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from .marks import Document, Location
from .nearest import nearest


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong; `line` counts from 1."""

    path: Path
    line: int
    key: str
    why: str


def faults_of(document: Document, schema: type[BaseModel], error: ValidationError) -> list[Fault]:
    """What in `document` does not fit `schema`; in the file itself before what it extends, and then line by line."""

    def place(detail: ErrorDetails) -> tuple[bool, bool, str, int]:
        path = document.file(detail["loc"])
        # A misspelt key is both unknown and missing: the line to mend is that of the unknown one.
        return detail["type"] == "missing", path != document.path, str(path), document.line(detail["loc"])

    return [
        Fault(document.file(where), document.line(where), document.key(where), _why(schema, detail))
        for detail in sorted(error.errors(include_url=False), key=place)
        for where in [detail["loc"]]
    ]


def _why(schema: type[BaseModel], detail: ErrorDetails) -> str:
    if detail["type"] == "extra_forbidden":
        return f"unknown key{nearest(str(detail['loc'][-1]), _keys_beside(schema, detail['loc']))}"
    if detail["type"] == "missing":
        return "missing"
    if detail["type"] == "value_error":
        return str(detail["ctx"]["error"])
    found = detail["input"]
    shown = "" if isinstance(found, dict | list | tuple | BaseModel) else f" {found!r}"
    return f"{detail['msg'].lower()}, found {_kind(found)}{shown}"


def _kind(value: object) -> str:
    kinds = {str: "the text", bool: "the truth value", dict: "keys with values", list: "a list", type(None): "nothing"}
    return kinds.get(type(value), "the number")


def _keys_beside(schema: type[BaseModel], location: Location) -> list[str]:
    """The keys that the schema knows at the place of the last step."""
    kind: Any = schema
    for step in location[:-1]:
        kind = _inside(kind, step)
    return [field.alias or name for name, field in kind.model_fields.items()] if _is_part(kind) else []


def _inside(kind: Any, step: int | str) -> Any:
    if _is_part(kind):
        found = kind.model_fields.get(step)
        return _plain(found.annotation) if found else None
    arguments = get_args(kind)
    if get_origin(kind) is tuple:
        return _plain(arguments[0])
    return _plain(arguments[1]) if get_origin(kind) is dict else None


def _plain(kind: Any) -> Any:
    """What remains of an annotation without `None` and without its conditions."""
    if get_origin(kind) in (Union, UnionType):
        return _plain(next(argument for argument in get_args(kind) if argument is not type(None)))
    return _plain(kind.__origin__) if hasattr(kind, "__metadata__") else kind


def _is_part(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
