"""For staff: what changes from one version of the policy to the next, whom for, and why."""

from collections.abc import Iterator

from ..policy import Policy
from ..policy.difference import Difference
from ..policy.differences import differences
from .pages import Block, Heading, Items, Page, Paragraph


def change_notes(before: Policy, after: Policy, reason: str | None = None) -> Page:
    """The notes from `before` to `after`; `reason` is what its publisher said."""
    found = differences(before, after)
    told = reason or "No reason was given, as this version is not published."
    changes = tuple(_changes(found)) if found else (Paragraph("Nothing changes but the version."),)
    title = f"What changes with version {after.version} of the policy"
    return Page("changes", title, "en", (Paragraph(f"Until now version {before.version} held. {told}"), *changes))


def _changes(found: tuple[Difference, ...]) -> Iterator[Block]:
    for whom in dict.fromkeys(one.whom for one in found):
        yield Heading(2, whom.value)
        abouts = dict.fromkeys(one.about for one in found if one.whom == whom)
        for about in abouts:
            yield Heading(3, about)
            yield Items(tuple(one.words for one in found if (one.whom, one.about) == (whom, about)))
