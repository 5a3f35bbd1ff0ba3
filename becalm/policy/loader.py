"""Reading a policy file: either a policy that can act, or the first line that keeps it from acting."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from ..errors import PolicyInvalid
from .consistency import problems
from .faults import Fault, fault_of
from .marks import Document, Location
from .part import Part
from .response_tree import ResponseTree
from .schema import Policy
from .sources import DEFAULT, Source, join, parsed, read_sources, split
from .template_text import find_faults
from .templates import Template, TemplatePack
from .tree_checks import problems_of_tree

SHIPPED = DEFAULT / "policy.yaml"
AnyPart = TypeVar("AnyPart", bound=Part)
Place = tuple[Document, Location]


def load_policy(path: Path | None = None) -> Policy:
    """The policy at `path`, or the one shipped with becalm, with the template packs and the response tree it names.

    Raises `PolicyInvalid` with the file, the line and the key of the first thing that is wrong.
    """
    return _loaded(read_sources(path or SHIPPED))


def policy_from(path: Path, document: str) -> Policy:
    """The policy that was stored as `document`; `path` is only what its errors call it. Raises `PolicyInvalid`."""
    return _loaded(split(path, document))


@lru_cache(maxsize=4)
def _loaded(sources: tuple[Source, ...]) -> Policy:
    document, *further = (parsed(source) for source in sources)
    own = _validated(document, Policy)
    packs = dict(zip(own.template_packs, further, strict=False))
    templates, places = _templates(own, document, packs)
    policy = own.model_copy(update={"templates": templates})
    policy._path, policy._document = document.path, join(sources)
    tree = further[-1] if own.response_tree else None
    if tree is not None:
        policy._tree = _validated(tree, ResponseTree)
    _refuse(policy, _faults(policy, places, document, tree), [document, *further])
    return policy


def _validated(document: Document, kind: type[AnyPart]) -> AnyPart:
    try:
        return kind.model_validate(document.values)
    except ValidationError as error:
        raise fault_of(document, kind, error) from error


def _templates(own: Policy, document: Document, packs: dict[str, Document]) -> tuple[tuple[Template, ...], list[Place]]:
    """The policy's own, then those of its packs that it has no own text for; and where each of them stands."""
    found: list[tuple[Template, Place]] = [
        (template, (document, ("templates", place))) for place, template in enumerate(own.templates)
    ]
    overridden = {(template.id, template.language) for template in own.templates}
    for pack_document in packs.values():
        pack = _validated(pack_document, TemplatePack)
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

    faults = [_fault(place_of, location, why) for location, why in problems(policy)]
    for number, template in enumerate(policy.templates):
        faults.extend(_text_faults(place_of(("templates", number, "text")), template))
    if tree is not None and policy.tree is not None:
        faults.extend(_fault(lambda where: (tree, where), *each) for each in problems_of_tree(policy, policy.tree))
    return faults


def _fault(place_of: Callable[[Location], Place], location: Location, why: str) -> Fault:
    document, where = place_of(location)
    return Fault(document.path, document.line(where), document.key(where), why)


def _text_faults(place: Place, template: Template) -> list[Fault]:
    """Found in the text as it stands in the file, where its lines are those of the file."""
    document, location = place
    first, written = document.written(location)
    as_written = list(find_faults(written))
    # Folding and quoting make another text of it; what only that one shows is told at its first line.
    lines = [(first + fault.line - 1, fault.why) for fault in as_written]
    found = lines or [(first, fault.why) for fault in find_faults(template.text)]
    return [Fault(document.path, line, document.key(location), why) for line, why in found]


def _refuse(policy: Policy, faults: list[Fault], documents: Sequence[Document]) -> None:
    """Raises `PolicyInvalid` for the first of them by file and line."""
    own, *further = [document.path for document in documents]
    # What is wrong in a pack shows in the policy that uses it too, and is mended in the pack.
    order = [*(path for path in further if path.name in policy.template_packs), own, *further]
    faults.sort(key=lambda fault: (order.index(fault.path), fault.line))
    if faults:
        first = faults[0]
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise PolicyInvalid(first.path, first.line, first.key, first.why + more)
