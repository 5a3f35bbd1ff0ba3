"""The message as a pattern: what stays stands as it is, what varies stands in numbered brackets."""

from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..screen import cut
from ..visible import visible
from ..wording import counted
from .variation import Slot, Variation

SLOTS_AT_MOST = 20
INSIDE_CELLS, SHORT_CELLS, FILLER_CELLS = 32, 16, 72
# Of fillers that stand in one comment only, a few tell as much as eight.
SINGLES_AT_MOST = 4
# The share of comments from which on it is told that nothing can be said of them.
WORTH_SAYING = 0.05
NOTHING = "(nothing)"


def pattern(variation: Variation) -> RenderableType:
    """The pattern, and below it what fills its brackets."""
    if not variation.slots:
        return Text("hardly a word" if variation.wordings > 1 else "nothing: it is one wording")
    parts = (_message(variation), Padding(_slots(variation), (1, 0, 0, 0)))
    return Group(*parts, *(Text(note, "dim") for note in _notes(variation)))


def _message(variation: Variation) -> Text:
    message, number = Text(), 0
    for part in variation.parts:
        message.append(" " if message else "")
        if isinstance(part, Slot):
            number += 1
            message.append(f"[{number}: {_shown(part.fillers[0][0], INSIDE_CELLS)}]", "cyan")
        else:
            message.append(visible(part))
    return message


def _slots(variation: Variation) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", no_wrap=True, style="cyan")
    table.add_column(overflow="fold")
    for number, slot in enumerate(variation.slots[:SLOTS_AT_MOST], start=1):
        table.add_row(f"[{number}]", _fillers(slot, variation.comments))
    return table


def _fillers(slot: Slot, compared: int) -> Text:
    """Short ones in a row, `free ×88 · gratis ×12 · 17 others in 40`, and long ones a line each."""
    told = [filler for at, filler in enumerate(slot.fillers) if filler[1] > 1 or at < SINGLES_AT_MOST]
    is_short = all(cell_len(text) <= SHORT_CELLS for text, _ in told)
    widest = len(f"{told[0][1]:,}")
    lines = [
        Text.assemble(_shown(text, SHORT_CELLS), (f" ×{count:,}", "dim"))
        if is_short
        else Text.assemble((f"{count:>{widest},}× ", "dim"), _shown(text, FILLER_CELLS))
        for text, count in told
    ]
    lines += [Text(rest, "dim") for rest in _rest(slot, len(told), sum(count for _, count in told), compared)]
    return Text(" · " if is_short else "\n").join(lines)


def _rest(slot: Slot, wordings: int, comments: int, compared: int) -> Iterator[str]:
    """What remains when so many wordings of so many comments are told."""
    if rare := slot.wordings - wordings:
        times = slot.comments - comments
        yield f"{counted(rare, 'other')}{', each once' if times == rare > 1 else f' in {times:,}' if times > 1 else ''}"
    if compared - slot.comments >= WORTH_SAYING * compared:
        yield f"{compared - slot.comments:,} without the words around"


def _shown(filler: str, cells: int) -> str:
    return cut(visible(filler), cells) or NOTHING


def _notes(variation: Variation) -> list[str]:
    notes = []
    if len(variation.slots) > SLOTS_AT_MOST:
        notes.append(f"and {len(variation.slots) - SLOTS_AT_MOST} more places that vary")
    if variation.is_cut:
        notes.append("of long texts only the first words are compared")
    return notes
