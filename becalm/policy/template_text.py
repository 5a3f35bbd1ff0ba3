"""The little language of templates: text, placeholders and `if`, and nothing that could reach anything else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from .nearest import nearest
from .variables import VARIABLES

# A placeholder as it was written before: one brace on each side.
_OLD = re.compile(r"(?<!\{)\{ ?([a-z_]+) ?\}(?!\})")
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.CondExpr, nodes.Const,
    nodes.And, nodes.Or, nodes.Not,
)  # fmt: skip
_IN_WORDS: dict[type[nodes.Node], str] = {
    nodes.Filter: "a filter",
    nodes.Call: "a call",
    nodes.Getattr: "a dot",
    nodes.Getitem: "an index",
}


@dataclass(frozen=True, slots=True)
class TextFault:
    """What is wrong in a template's text; `line` counts from 1 within that text."""

    line: int
    why: str


def make_environment() -> ImmutableSandboxedEnvironment:
    """Jinja with no function, filter or test in it, where what was not given is an error."""
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    for names in (environment.globals, environment.filters, environment.tests):
        names.clear()
    return environment


def variables_of(text: str) -> frozenset[str]:
    """The placeholders in a template's text, which must be one without faults."""
    return frozenset(name.name for name in make_environment().parse(text).find_all(nodes.Name))


def find_faults(text: str) -> Iterator[TextFault]:
    """Everything that keeps `text` from being a template."""
    for found in _OLD.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        yield TextFault(line, f"`{found[0]}` is the old way to write a placeholder; write `{{{{ {found[1]} }}}}`")
    try:
        parsed = make_environment().parse(text)
    except TemplateSyntaxError as error:
        yield TextFault(error.lineno, f"no template: {error.message}")
        return
    yield from _faults_in(parsed)


def _faults_in(node: nodes.Node) -> Iterator[TextFault]:
    if not isinstance(node, _ALLOWED):
        what = _IN_WORDS.get(type(node), f"`{type(node).__name__.lower()}`")
        yield TextFault(node.lineno, f"a template knows placeholders, `if`, `and`, `or` and `not`, but not {what}")
        return
    if isinstance(node, nodes.Name):
        yield from _name_faults(node)
    if isinstance(node, nodes.Output):
        for printed in node.nodes:
            if isinstance(printed, nodes.Name) and printed.name in VARIABLES and VARIABLES[printed.name].is_truth:
                yield TextFault(printed.lineno, f"`{printed.name}` is true or false: ask for it with `if`")
    for child in node.iter_child_nodes():
        yield from _faults_in(child)


def _name_faults(node: nodes.Name) -> Iterator[TextFault]:
    if node.ctx != "load":
        yield TextFault(node.lineno, f"a template can't set `{node.name}`")
    elif node.name not in VARIABLES:
        why = f"there is no placeholder `{node.name}`{nearest(node.name, VARIABLES)}"
        yield TextFault(node.lineno, why)
