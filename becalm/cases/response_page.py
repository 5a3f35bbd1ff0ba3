"""A response as a page of text."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from ..screen import print_parts, rows_of, screen, section, shown
from .responding import Response


def print_response(response: Response) -> None:
    """The page on standard output."""
    print_parts(screen(), _page(response))


def _page(told: Response) -> Iterator[RenderableType]:
    yield shown(f"Case {told.case.id} under {told.case.rule}")
    if told.way.path:
        way = ((passed.asked.asks, passed.answer.says) for passed in told.way.path)
        yield from section("The way", rows_of(way, 0))
    if told.way.question:
        answers = ((answer.id, answer.says) for answer in told.way.question.answers)
        yield from section(told.way.question.asks, rows_of(answers, 0))
    if told.way.end:
        steps = [(told.way.end.action, told.way.end.template)]
        steps += [(step.action, step.template) for step in told.way.end.then]
        yield from section(told.way.end.says, rows_of(steps, 0))
    yield from _text(told)


def _text(told: Response) -> Iterator[RenderableType]:
    if told.written is None or told.tone is None:
        return
    text = told.written.text if told.edited is None else told.edited
    to = f"Text ({told.written.audience}, {told.written.language})"
    yield from section(to, Text("\n").join(shown(line) for line in text.splitlines()))
    if told.edited is None and told.written.missing:
        missing = ((each.name, each.words, f"from the {each.filled_by}") for each in told.written.missing)
        yield from section("Fill in before it can be sent", rows_of(missing, 0))
    elif told.open_places:
        yield from section("Still open", rows_of(((place,) for place in told.open_places), 0))
    if told.tone.objections:
        objections = ((each.kind, f"“{each.words}”", each.why) for each in told.tone.objections)
        yield from section("Tone", rows_of(objections, 0))
    if not told.tone.is_known:
        yield shown(f"\nNo tone lexicon for {told.written.language}: only shouting was looked for.")
    if told.objection:
        yield from section("Not in public", shown(told.objection))
    yield from section("Ready to be sent" if told.is_ready else "Not ready to be sent", Text(""))
