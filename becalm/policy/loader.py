"""Reading a policy file: either a policy that can act, or the first line that keeps it from acting."""

from functools import lru_cache
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ..errors import PolicyInvalid
from .consistency import problems
from .marks import Document, Location, parse, read
from .nearest import nearest
from .schema import Policy

SHIPPED = Path(__file__).parent / "default" / "policy.yaml"


def load_policy(path: Path | None = None) -> Policy:
    """The policy at `path`, or the one shipped with becalm.

    Raises `PolicyInvalid` with the file, the line and the key of the first thing that is wrong.
    """
    source = path or SHIPPED
    return _loaded(source, read(source))


@lru_cache(maxsize=4)  # every stage of a run asks for the policy, and YAML takes its time
def _loaded(path: Path, text: str) -> Policy:
    document = parse(path, text)
    try:
        policy = Policy.model_validate(document.values)
    except ValidationError as error:
        raise _first_of(document, error) from error
    policy._path, policy._document = document.path, document.text
    found = sorted(problems(policy), key=lambda problem: document.line(problem[0]))
    if found:
        location, why = found[0]
        raise PolicyInvalid(document.path, document.line(location), document.key(location), why + _more(found))
    return policy


def _first_of(document: Document, error: ValidationError) -> PolicyInvalid:
    # A misspelt key is both unknown and missing: the line to mend is that of the unknown one.
    details = error.errors(include_url=False)
    details.sort(key=lambda detail: (detail["type"] == "missing", document.line(detail["loc"])))
    first = details[0]
    location = first["loc"]
    return PolicyInvalid(document.path, document.line(location), document.key(location), _why(first) + _more(details))


def _more(found: list[Any]) -> str:
    return f" (and {len(found) - 1} more)" if len(found) > 1 else ""


def _why(detail: ErrorDetails) -> str:
    if detail["type"] == "extra_forbidden":
        return f"unknown key{nearest(str(detail['loc'][-1]), _keys_beside(detail['loc']))}"
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


def _keys_beside(location: Location) -> list[str]:
    """The keys that the schema knows at the place of the last step."""
    kind: Any = Policy
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
