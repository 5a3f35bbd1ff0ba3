"""One campaign as a page of text: what it says, why it is one, what varies, when, who and where."""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..store import CampaignEvent
from .bars import bars
from .detail import Detail
from .examples import Example
from .groups import CampaignGroup
from .names import DORMANT, PAST
from .screen import print_parts, screen, shown
from .skeleton import pattern
from .table import STYLES
from .words import counted, lasting

GREW = "grew"
WHAT_HAPPENED = {
    "began": "began",
    GREW: "grew",
    "shrank": "shrank",
    "returned": "returned",
    "merged": "merged into {other}",
    "split": "split from {other}",
    "ended": "ended: its texts are no campaign any more",
}
INDENT = (0, 0, 0, 2)
GROUPS_LISTED = 8
MESSAGE = 200


def print_page(detail: Detail) -> None:
    """The page on standard output."""
    console = screen()
    print_parts(console, _page(detail, console))


def _page(detail: Detail, console: Console) -> Iterator[RenderableType]:
    campaign = detail.campaign
    yield from _head(detail)
    yield from _section("Message", shown(detail.masked.message))
    yield from _section("Why", _rows((f"{one['score']:.2f}", one["text"]) for one in campaign.reasons))
    yield from _groups(detail.groups)
    if detail.masked.markers:
        markers = ((f"{one['texts']:,}", str(one["value"]), str(one["kind"])) for one in detail.masked.markers)
        yield from _section("Markers, and the wordings that carry them", _rows(markers))
    if detail.timeline:
        yield from _section(f"Comments by {detail.timeline.step}, UTC", bars(detail.timeline, console))
        yield from _section(_busiest("accounts", len(detail.accounts), campaign.accounts), _accounts(detail))
        yield from _section(_busiest("threads", len(detail.threads), campaign.threads), _threads(detail))
        yield from _section("Newest comments, as written", _examples(detail.examples))
    if detail.history:
        yield from _section("What became of it", _history(detail.history))


def _head(detail: Detail) -> Iterator[Text]:
    one = detail.campaign
    yield Text.assemble(
        (one.verdict.capitalize(), f"bold {STYLES[one.verdict]}"), " ", (one.id, "bold"), f", score {one.score:.2f}, ",
        (detail.state, STYLES[detail.state]), _since(detail),
    )  # fmt: skip
    size = (counted(one.comments, "comment"), counted(one.accounts, "account"), counted(one.threads, "thread"))
    yield Text(f"{size[0]} by {size[1]} in {size[2]} of {counted(len(one.channels), 'channel')}")
    yield Text(f"{one.first_seen:%Y-%m-%d %H:%M} to {one.last_seen:%Y-%m-%d %H:%M} UTC")


def _since(detail: Detail) -> str:
    if detail.state == PAST:
        return ": its texts now stand in other groups"
    return f" for {lasting(detail.newest - detail.campaign.last_seen)}" if detail.state == DORMANT else ""


def _section(title: str, body: RenderableType) -> Iterator[RenderableType]:
    yield Text(f"\n{title}", "bold")
    yield Padding(body, INDENT)


def _groups(groups: Sequence[CampaignGroup]) -> Iterator[RenderableType]:
    """What varies in the largest, and the messages of some others."""
    for number, group in enumerate(groups, start=1):
        if group.variation:
            name = f"Group {number} of {len(groups)}: " if len(groups) > 1 else "What varies: "
            size = f"{counted(group.wordings, 'wording')} in {counted(group.comments, 'comment')}"
            compared = group.variation.comments
            more = f", {compared:,} of them compared" if compared < group.comments else ""
            yield from _section(f"{name}{size}{more}", pattern(group.variation))
    if others := [group for group in groups if not group.variation]:
        messages = ((f"{one.comments:,}", one.medoid_text[:MESSAGE]) for one in others[:GROUPS_LISTED])
        title = f"Largest {GROUPS_LISTED} of" if len(others) > GROUPS_LISTED else "The"
        yield from _section(f"{title} {counted(len(others), 'other group')}", _rows(messages))


def _accounts(detail: Detail) -> Table:
    accounts = detail.accounts
    return _rows(((f"{one.comments:,}", _share(one.comments, detail), one.account_id, one.name) for one in accounts), 2)


def _threads(detail: Detail) -> Table:
    rows = (
        (f"{one.comments:,}", _share(one.comments, detail), one.title or one.thread_id, f"{one.platform}/{one.channel}")
        for one in detail.threads
    )
    return _rows(rows, 2)


def _history(history: Sequence[CampaignEvent]) -> Table:
    """Of the times it grew only the last is told."""
    grown = [one for one in history if one.kind == GREW]
    told = [one for one in history if one.kind != GREW or one is grown[-1]]
    rows = (
        (f"{one.at:%Y-%m-%d}", WHAT_HAPPENED[one.kind].format(other=one.other_id), counted(one.comments, "comment"))
        for one in told
    )
    return _rows(rows)


def _examples(examples: Iterable[Example]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for one in examples:
        table.add_row(Text(f"{one.published_at:%Y-%m-%d %H:%M}", "dim"), shown(one.text))
    return table


def _rows(rows: Iterable[tuple[str, ...]], numbers: int = 1) -> Table:
    """Columns, the first few of `numbers`; what strangers wrote is made visible."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for _ in range(numbers):
        table.add_column(justify="right", no_wrap=True)
    for row in rows:
        table.add_row(*(shown(cell) for cell in row))
    return table


def _share(comments: int, detail: Detail) -> str:
    share = comments / max(1, detail.campaign.comments)
    return f"{share:.0%}" if share >= 0.01 else "<1%"


def _busiest(what: str, shown: int, all_of_them: int) -> str:
    return f"Busiest {shown} of {all_of_them:,} {what}" if shown < all_of_them else what.capitalize()
