"""A YAML document that still knows on which line each of its keys stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ..errors import PolicyInvalid

Location = tuple[int | str, ...]


class PlainLoader(yaml.SafeLoader):
    """YAML without its surprises: a date stays text, and only true and false are truths (`no` is Norwegian)."""


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("(?:true|false)$"), ["t", "f"])


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says, with the marks that lead back to its lines."""

    path: Path
    text: str
    root: yaml.MappingNode
    is_merged: bool = False

    @property
    def whole(self) -> str:
        """The text, or where other files are part of it, all of it written out so that it stands by itself."""
        if not self.is_merged:
            return self.text
        return yaml.serialize(self.root, Dumper=yaml.SafeDumper, allow_unicode=True, width=110)

    @property
    def values(self) -> dict[str, Any]:
        """The plain values. Raises `PolicyInvalid` at a tag that no policy needs."""
        try:
            values: dict[str, Any] = PlainLoader("").construct_document(self.root)
        except yaml.MarkedYAMLError as error:
            raise _refused(self.path, error) from error
        except (ValueError, RecursionError) as error:
            raise PolicyInvalid(self.path, 1, "yaml", f"a value that can't be read: {error}") from error
        return values

    def line(self, location: Location) -> int:
        """Line (from 1) of the key at `location`, or of the nearest thing around it that exists."""
        *_, (_, mark) = self._way(location)
        return mark.line + 1

    def file(self, location: Location) -> Path:
        """The file that holds this line: one that is extended, or the one that extends it."""
        *_, (_, mark) = self._way(location)
        return Path(mark.name)

    def key(self, location: Location) -> str:
        """The way to a key in words, as `rules[threat].when.spam`; entries of a list go by their id."""
        words = ""
        for step, (node, _) in zip(location, self._way(location), strict=False):
            # Pydantic adds steps of its own: the kind of number it tried, and `[key]`.
            if isinstance(node, yaml.ScalarNode) or step == "[key]":
                break
            words += f"[{_id_of(node, step)}]" if isinstance(step, int) else f".{step}"
        return words.lstrip(".") or "policy"

    def written(self, location: Location) -> tuple[int, str]:
        """The first line (from 1) and the text of the value at `location` just as the file has it."""
        *_, (node, _) = self._way(location)
        start = node.start_mark
        return start.line + 1, (start.buffer or "")[start.pointer : node.end_mark.pointer]

    def _way(self, location: Location) -> Iterator[tuple[yaml.Node, yaml.Mark]]:
        """Each node on the way with the mark where it was entered; stops where the document stops."""
        node: yaml.Node = self.root
        yield node, node.start_mark
        for step in location:
            found = _step(node, step)
            if found is None:
                return
            mark, node = found
            yield node, mark


def read(path: Path) -> str:
    """The text at `path`. Raises `PolicyInvalid` when it is missing or no UTF-8."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PolicyInvalid(path, 1, "file", error.strerror or str(error)) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PolicyInvalid(path, line, "file", f"no UTF-8: {error.reason}") from error


def parse(path: Path, text: str) -> Document:
    """The document read from `path` as `text`. Raises `PolicyInvalid` when it is no YAML or says a key twice."""
    try:
        loader = PlainLoader(text)
        loader.name = str(path)  # so that every mark knows its file
        root = loader.get_single_node()
        if not isinstance(root, yaml.MappingNode):
            raise PolicyInvalid(path, 1, "policy", "the file holds no keys with values")
        _refuse_repeats(path, root, seen=set())
    except yaml.MarkedYAMLError as error:
        raise _refused(path, error) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 1
        raise PolicyInvalid(path, line, "yaml", f"a character that YAML does not allow: {error.reason}") from error
    except RecursionError as error:
        raise PolicyInvalid(path, 1, "yaml", f"a value that can't be read: {error}") from error
    return Document(path, text, root)


def _refused(path: Path, error: yaml.MarkedYAMLError) -> PolicyInvalid:
    mark = error.problem_mark or error.context_mark
    why = ", ".join(part for part in (error.context, error.problem) if part)
    return PolicyInvalid(Path(mark.name) if mark else path, mark.line + 1 if mark else 1, "yaml", why)


def _refuse_repeats(path: Path, node: yaml.Node, seen: set[int]) -> None:
    """Raises `PolicyInvalid` at a key that stands twice, or at an alias (a policy reads from top to bottom)."""
    line = node.start_mark.line + 1
    if id(node) in seen:
        raise PolicyInvalid(path, line, "yaml", "this is used by an alias (*); write it out in both places")
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_repeats(path, item, seen)
    if isinstance(node, yaml.MappingNode):
        keys: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise PolicyInvalid(path, line, "yaml", "a key must be a word")
            if key.value in keys:
                raise PolicyInvalid(path, line, key.value, f"stands twice; the first is on line {keys[key.value]}")
            keys[key.value] = line
            _refuse_repeats(path, value, seen)


def _step(node: yaml.Node, step: int | str) -> tuple[yaml.Mark, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key.start_mark, value) for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark, node.value[step]
    return None


def _id_of(node: yaml.Node, index: int) -> str:
    """`index` in words: the id of that entry where it has one, else its number from 1."""
    entry = _step(node, index)
    named = _step(entry[1], "id") if entry else None
    return str(named[1].value) if named else str(index + 1)
