"""A policy that says only what it does otherwise, and takes the rest from another: `extends`."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import yaml

from ..errors import PolicyInvalid
from .marks import Document
from .nearest import nearest

EXTENDS, LEAVE_OUT = "extends", "leave_out"
# Where the rules are kept in mind that were left out: a response tree that is inherited may still name them.
LEFT_OUT = "rules_left_out"
OWN_KEYS = frozenset({EXTENDS, LEAVE_OUT})
# What a rule asks is one thought: conditions of two files never mix.
WHOLE = frozenset({"when"})


def inherit(base: Document, own: Document) -> Document:
    """`own` over `base`: keys within keys, and entries of lists by their id (templates by language too).

    Anything else is replaced whole. Raises `PolicyInvalid` where `own` leaves out what `base` has not, or has no
    version of its own.
    """
    if _value(own.root, "version") is None:
        raise PolicyInvalid(own.path, 1, "version", "missing: a policy that extends another has a version of its own")
    root = _over(_without(base.root, own), own.root)
    assert isinstance(root, yaml.MappingNode)
    if gone := _rules_left_out(base.root, own.root):
        root.value = [pair for pair in root.value if pair[0].value != LEFT_OUT]
        root.value.append((_word(LEFT_OUT, own), _words(gone, own)))
    return replace(own, root=root, is_merged=True)


def extended(document: Document) -> tuple[int, str] | None:
    """The line and the name of what the document extends. Raises `PolicyInvalid` when that is no text."""
    node = _value(document.root, EXTENDS)
    if node is None:
        return None
    line = document.line((EXTENDS,))
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        raise PolicyInvalid(document.path, line, EXTENDS, "name one policy file, or `shipped`")
    return line, node.value


def base_path(document: Document, name: str, shipped: Path) -> Path:
    """Where the extended policy lies: beside the one that extends it, or with becalm."""
    return shipped if name == "shipped" else document.path.parent / name


def _over(base: yaml.Node, own: yaml.Node) -> yaml.Node:
    if isinstance(base, yaml.MappingNode) and isinstance(own, yaml.MappingNode):
        return yaml.MappingNode(own.tag, list(_merged(base, own)), own.start_mark, own.end_mark)
    if (
        isinstance(base, yaml.SequenceNode)
        and isinstance(own, yaml.SequenceNode)
        and _is_named(base)
        and _is_named(own)
    ):
        return yaml.SequenceNode(own.tag, list(_joined(base, own)), own.start_mark, own.end_mark)
    return own


def _merged(base: yaml.MappingNode, own: yaml.MappingNode) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    said = {key.value: (key, value) for key, value in own.value if key.value not in OWN_KEYS}
    for key, value in base.value:
        if key.value in said:
            own_key, own_value = said.pop(key.value)
            yield own_key, own_value if key.value in WHOLE else _over(value, own_value)
        elif key.value not in OWN_KEYS:
            yield key, value
    yield from said.values()


def _joined(base: yaml.SequenceNode, own: yaml.SequenceNode) -> Iterator[yaml.Node]:
    # The same id twice in one file is a mistake that the checks tell: only the first takes the inherited place.
    said: dict[tuple[str, str], yaml.Node] = {}
    again = [entry for entry in own.value if said.setdefault(_name(entry), entry) is not entry]
    for entry in base.value:
        yield _over(entry, said.pop(_name(entry))) if _name(entry) in said else entry
    yield from said.values()
    yield from again


def _without(base: yaml.MappingNode, own: Document) -> yaml.MappingNode:
    leaving = _value(own.root, LEAVE_OUT)
    if leaving is None:
        return base
    if not isinstance(leaving, yaml.MappingNode):
        raise PolicyInvalid(own.path, own.line((LEAVE_OUT,)), LEAVE_OUT, "say what, as `rules: [off-topic]`")
    gone = {key.value: _ids_left_out(base, own, key.value, value) for key, value in leaving.value}
    kept = [(key, _less(value, gone[key.value]) if key.value in gone else value) for key, value in base.value]
    return yaml.MappingNode(base.tag, kept, base.start_mark, base.end_mark)


def _rules_left_out(base: yaml.Node, own: yaml.Node) -> list[str]:
    """Of both files together, without those that are there again."""
    lists = [_value(base, LEFT_OUT), _value(own, LEFT_OUT), _value(_value(own, LEAVE_OUT) or own, "rules")]
    if _value(own, LEAVE_OUT) is None:
        lists.pop()
    names = [node.value for each in lists if isinstance(each, yaml.SequenceNode) for node in each.value]
    return [name for name in dict.fromkeys(names) if name not in _ids(_value(own, "rules"))]


def _word(text: str, own: Document) -> yaml.ScalarNode:
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, own.root.start_mark, own.root.end_mark)


def _words(texts: list[str], own: Document) -> yaml.SequenceNode:
    words = [_word(text, own) for text in texts]
    return yaml.SequenceNode("tag:yaml.org,2002:seq", words, own.root.start_mark, own.root.end_mark)


def _ids_left_out(base: yaml.MappingNode, own: Document, section: str, listed: yaml.Node) -> set[str]:
    where = (LEAVE_OUT, section)
    inherited = _ids(_value(base, section))
    if not isinstance(listed, yaml.SequenceNode):
        raise PolicyInvalid(own.path, own.line(where), own.key(where), "give a list of ids")
    for place, node in enumerate(listed.value):
        name = node.value if isinstance(node, yaml.ScalarNode) else ""
        if name not in inherited:
            why = f"nothing inherited there is called `{name}`{nearest(name, inherited)}"
            raise PolicyInvalid(own.path, own.line((*where, place)), own.key(where), why)
    return {node.value for node in listed.value}


def _less(node: yaml.Node, gone: set[str]) -> yaml.Node:
    if isinstance(node, yaml.MappingNode):
        kept = [(key, value) for key, value in node.value if key.value not in gone]
        return yaml.MappingNode(node.tag, kept, node.start_mark, node.end_mark)
    entries = [entry for entry in node.value if _name(entry)[0] not in gone]
    return yaml.SequenceNode(node.tag, entries, node.start_mark, node.end_mark)


def _ids(node: yaml.Node | None) -> set[str]:
    if isinstance(node, yaml.MappingNode):
        return {key.value for key, _ in node.value}
    return (
        {_name(entry)[0] for entry in node.value} if isinstance(node, yaml.SequenceNode) and _is_named(node) else set()
    )


def _is_named(node: yaml.SequenceNode) -> bool:
    return all(_value(entry, "id") is not None for entry in node.value)


def _name(entry: yaml.Node) -> tuple[str, str]:
    name, language = _value(entry, "id"), _value(entry, "language")
    return str(name.value) if name else "", str(language.value) if language else ""


def _value(node: yaml.Node, key: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value for name, value in pairs if name.value == key), None)
