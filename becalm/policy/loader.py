"""Reading a policy file: either a policy that can act, or the first line that keeps it from acting."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from ..errors import PolicyInvalid
from .consistency import problems
from .faults import Fault, faults_of
from .marks import Document, Location
from .other_words import RuleWords
from .part import Part
from .response_tree import ResponseTree
from .schema import Policy
from .sources import SHIPPED, Sources, join, merged, parsed, read_sources, split
from .template_text import find_faults
from .templates import Template, TemplatePack
from .tree_checks import problems_of_tree

AnyPart = TypeVar("AnyPart", bound=Part)
Place = tuple[Document, Location]


def load_policy(path: Path | None = None) -> Policy:
    """The policy at `path`, or the one shipped with becalm, with what it extends, its template packs and its tree.

    Raises `PolicyInvalid` with the file, the line and the key of the first thing that is wrong.
    """
    return _loaded(read_sources(path or SHIPPED))


def policy_of(text: str, name: str) -> Policy:
    """The policy that a stored document holds; `name` stands for its file. Raises `PolicyInvalid` as `load_policy`."""
    return _loaded(split(Path(name), text))


def problems_at(path: Path) -> tuple[PolicyInvalid, ...]:
    """All that is wrong with the policy at `path`, file by file in the order of lines; nothing when it can act.

    What can't be read at all is raised: then there is nothing to look through.
    """
    _, faults = _examined(read_sources(path))
    return tuple(PolicyInvalid(one.path, one.line, one.key, one.why) for one in faults)


@lru_cache(maxsize=4)  # every stage of a run asks for the policy, and YAML takes its time
def _loaded(sources: Sources) -> Policy:
    policy, faults = _examined(sources)
    if policy:
        return policy
    first, more = faults[0], f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    raise PolicyInvalid(first.path, first.line, first.key, first.why + more)


def _examined(sources: Sources) -> tuple[Policy | None, list[Fault]]:
    """The policy, or what keeps it from acting. What has the wrong shape is told before what its words refer to."""
    document, further = merged(sources.chain), [parsed(source) for source in sources.further]
    own, faults = _shaped(document, Policy)
    if own is None:
        return None, faults
    documents = further[: len(own.template_packs)]
    packs = [_shaped(each, TemplatePack) for each in documents]
    tree, in_tree = _shaped(further[-1], ResponseTree) if own.response_tree else (None, [])
    if faults := [*(fault for _, found in packs for fault in found), *in_tree]:
        return None, faults
    known = [(each, pack) for each, (pack, _) in zip(documents, packs, strict=True) if pack]
    templates, places = _templates(own, document, known)
    policy = own.model_copy(update={"templates": templates, "in_other_words": _other_words(own, known)})
    policy._path, policy._document = document.path, join(document, sources.further)
    policy._version_line, policy._tree = document.line(("version",)), tree
    faults = _faults(policy, places, document, further[-1] if tree else None)
    # What is wrong in a pack shows in the policy that uses it too, and is mended in the pack.
    order = [*(each.path for each in documents), *(source.path for source in sources.chain)]
    faults.sort(key=lambda one: (order.index(one.path) if one.path in order else len(order), one.line))
    return None if faults else policy, faults


def _shaped(document: Document, kind: type[AnyPart]) -> tuple[AnyPart | None, list[Fault]]:
    try:
        return kind.model_validate(document.values), []
    except ValidationError as error:
        return None, faults_of(document, kind, error)


def _other_words(own: Policy, packs: Sequence[tuple[Document, TemplatePack]]) -> dict[str, dict[str, RuleWords]]:
    """The policy's own, over what its packs say of the rules that it has."""
    rules = {rule.id for rule in own.rules}
    found: dict[str, dict[str, RuleWords]] = {}
    for _, pack in packs:
        if pack.language != own.language:
            told = {name: words for name, words in pack.rules.items() if name in rules}
            found[pack.language] = found.get(pack.language, {}) | told
    for language, words in own.in_other_words.items():
        found[language] = found.get(language, {}) | words
    return found


def _templates(
    own: Policy, document: Document, packs: Sequence[tuple[Document, TemplatePack]]
) -> tuple[tuple[Template, ...], list[Place]]:
    """The policy's own, then those of its packs that it has no own text for; and where each of them stands."""
    found: list[tuple[Template, Place]] = [
        (template, (document, ("templates", place))) for place, template in enumerate(own.templates)
    ]
    overridden = {(template.id, template.language) for template in own.templates}
    for pack_document, pack in packs:
        for place, wording in enumerate(pack.templates):
            template = Template.model_validate({**wording.model_dump(), "language": pack.language})
            if (template.id, template.language) not in overridden:
                found.append((template, (pack_document, ("templates", place))))
    return tuple(template for template, _ in found), [place for _, place in found]


def _faults(policy: Policy, places: Sequence[Place], document: Document, tree: Document | None) -> list[Fault]:
    def place_of(location: Location) -> Place:
        if location[0] == "templates" and len(location) > 1 and places:
            where, start = places[int(location[1])]
            return where, (*start, *location[2:])
        return document, location

    faults = [_fault(place_of(location), why) for location, why in problems(policy)]
    for number, template in enumerate(policy.templates):
        faults.extend(_text_faults(place_of(("templates", number, "text")), template))
    if tree is not None and policy.tree is not None:
        faults.extend(_fault((tree, where), why) for where, why in problems_of_tree(policy, policy.tree))
    return faults


def _fault(place: Place, why: str) -> Fault:
    document, where = place
    return Fault(document.file(where), document.line(where), document.key(where), why)


def _text_faults(place: Place, template: Template) -> list[Fault]:
    """Found in the text as it stands in the file, where its lines are those of the file."""
    document, location = place
    first, written = document.written(location)
    as_written = list(find_faults(written))
    # Folding and quoting make another text of it; what only that one shows is told at its first line.
    lines = [(first + fault.line - 1, fault.why) for fault in as_written]
    found = lines or [(first, fault.why) for fault in find_faults(template.text)]
    return [Fault(document.file(location), line, document.key(location), why) for line, why in found]
