"""Reading a policy file: either a policy that can act, or the first line that keeps it from acting."""

from functools import lru_cache
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ..errors import PolicyInvalid
from .consistency import problems
from .inheritance import EXTENDS, base_path, extended, inherit
from .marks import Document, Location, parse, read
from .nearest import nearest
from .schema import Policy

Files = tuple[tuple[Path, str], ...]
Wrong = tuple[Path, int, str, str]

SHIPPED = Path(__file__).parent / "default" / "policy.yaml"


def load_policy(path: Path | None = None) -> Policy:
    """The policy at `path`, or the one shipped with becalm.

    Raises `PolicyInvalid` with the file, the line and the key of the first thing that is wrong.
    """
    return _loaded(_files(path or SHIPPED))


def policy_of(text: str, name: str) -> Policy:
    """The policy that a stored document holds; `name` stands for its file. Raises `PolicyInvalid` as `load_policy`."""
    return _loaded(((Path(name), text),))


def problems_at(path: Path) -> tuple[PolicyInvalid, ...]:
    """All that is wrong with the policy at `path`, in the order of its lines; nothing when it can act.

    What can't be read at all is raised: then there is nothing to look through.
    """
    policy, wrong = _examined(_document(_files(path)))
    return () if policy else tuple(PolicyInvalid(*one) for one in wrong)


@lru_cache(maxsize=4)  # every stage of a run asks for the policy, and YAML takes its time
def _loaded(files: Files) -> Policy:
    policy, wrong = _examined(_document(files))
    if policy:
        return policy
    path, line, key, why = wrong[0]
    raise PolicyInvalid(path, line, key, why + (f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""))


def _files(path: Path) -> Files:
    """The file and what it extends, the last of all last. Raises `PolicyInvalid` where that comes back to itself."""
    files = [(path, read(path))]
    while found := extended(_parsed(*files[-1])):
        line, name = found
        base = base_path(_parsed(*files[-1]), name, SHIPPED)
        way = [*(each for each, _ in files), base]
        if any(_is_same(base, each) for each, _ in files):
            loop = " -> ".join(each.name for each in way)
            raise PolicyInvalid(files[-1][0], line, EXTENDS, f"a policy can't extend itself: {loop}")
        if not base.is_file():
            raise PolicyInvalid(
                files[-1][0], line, EXTENDS, f"there is no file {base}; write a path from here, or `shipped`"
            )
        files.append((base, read(base)))
    return tuple(files)


def _is_same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def _document(files: Files) -> Document:
    """The first file over those that it extends."""
    *documents, whole = (_parsed(*file) for file in files)
    for document in reversed(documents):
        whole = inherit(whole, document)
    return whole


_parsed = lru_cache(maxsize=8)(parse)


def _examined(document: Document) -> tuple[Policy | None, list[Wrong]]:
    """The policy, or what is wrong with it as (file, line, key, why)."""
    try:
        policy = Policy.model_validate(document.values)
    except ValidationError as error:
        return None, [_wrong(document, detail["loc"], _why(detail)) for detail in _misshapen(document, error)]
    policy._path, policy._document = document.path, document.whole
    policy._version_line = document.line(("version",))
    found = sorted(problems(policy), key=lambda problem: _place(document, problem[0]))
    return None if found else policy, [_wrong(document, *problem) for problem in found]


def _wrong(document: Document, location: Location, why: str) -> Wrong:
    return document.file(location), document.line(location), document.key(location), why


def _place(document: Document, location: Location) -> tuple[bool, str, int]:
    """The file itself before what it extends, and then line by line."""
    path = document.file(location)
    return path != document.path, str(path), document.line(location)


def _misshapen(document: Document, error: ValidationError) -> list[ErrorDetails]:
    # A misspelt key is both unknown and missing: the line to mend is that of the unknown one.
    details = error.errors(include_url=False)
    return sorted(details, key=lambda detail: (detail["type"] == "missing", _place(document, detail["loc"])))


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
