"""An explanation as a page of text: what was done, why, and what it rests on."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from ..screen import print_parts, rows_of, screen, section, shown
from ..store import Case
from ..wording import counted
from .alike import Company, Grouped
from .author import Author
from .evidence import LISTS, Evidence, Told
from .explanation import Explanation
from .outcome import Outcome
from .thread import Line, Place

EXCERPT = 160
OPEN, WITHDRAWN = "open", "withdrawn"


def print_page(explanation: Explanation) -> None:
    """The page on standard output."""
    print_parts(screen(), _page(explanation))


def _page(told: Explanation) -> Iterator[RenderableType]:
    yield from _head(told)
    yield from section("What it says", shown(told.text))
    if told.earlier:
        versions = ((f"until {_time(one.replaced_at)}", one.text) for one in told.earlier)
        yield from section("What it said before it was edited", rows_of(versions, 0))
    yield from section("What came of it", _outcome(told.outcome))
    yield from section("Signals", _signals(told.evidence))
    yield from _company(told.company)
    yield from _place(told.place)
    yield from _author(told.author)


def _head(told: Explanation) -> Iterator[Text]:
    comment = told.comment
    yield shown(f"Comment {comment.platform}/{comment.comment_id} on {comment.channel}")
    extra = [f"rated {comment.rating:g}"] if comment.rating is not None else []
    extra += [counted(comment.likes, "like")] if comment.likes is not None else []
    yield shown(", ".join([f"{_time(comment.published_at)} by {told.author.account_id}", *extra]))


def _outcome(outcome: Outcome) -> RenderableType:
    if not outcome.cases:
        return Text(f"in no case: {outcome.cleared}" if outcome.cleared else "not judged yet: the next run does that")
    return rows_of(row for case in outcome.cases for row in _case(case))


def _case(case: Case) -> Iterator[tuple[str, ...]]:
    state = "" if case.state == OPEN else f" ({case.state})"
    asked = "" if case.state == WITHDRAWN else f": {case.suggested_action}, due {_time(case.due_at)}"
    yield f"{case.priority:.2f}", f"case {case.id} in {case.queue} by rule {case.rule}{state}{asked}"
    yield from ((f"{one['score']:.2f}", f"  {one['text']}") for one in case.reasons)


def _signals(evidence: Evidence | None) -> RenderableType:
    if evidence is None:
        return Text("not scored yet: the next run does that")
    rows = [row for one in evidence.signals for row in _signal(one)]
    if evidence.is_stale:
        rows.append(("", "", "scored before it was edited; the next run scores it anew"))
    return rows_of(rows, 1)


def _signal(told: Told) -> Iterator[tuple[str, ...]]:
    value = "-" if told.value is None else f"{told.value:.{0 if told.name in LISTS else 2}f}"
    reasons = [str(one["text"]) for one in told.reasons] or ["nobody can say" if told.value is None else ""]
    yield value, told.name.replace("_", " "), reasons[0]
    yield from (("", "", reason) for reason in reasons[1:])


def _company(company: Company) -> Iterator[RenderableType]:
    if company.group:
        yield from _group(company.group)
    if company.same > 1:
        yield from section("Same words", Text(f"{counted(company.same, 'comment')} with this very text"))
    if company.nearest:
        near = (
            (f"{one.similarity:.2f}", f"by {one.channel}", counted(one.comments, "comment"), one.text[:EXCERPT])
            for one in company.nearest
        )
        yield from section("Nearest other texts", rows_of(near))


def _group(group: Grouped) -> Iterator[RenderableType]:
    campaign = f" of campaign {group.campaign_id}" if group.campaign_id else ""
    rows = [(f"{group.similarity:.2f}", f"like its medoid, by {group.channel}: {group.medoid_text[:EXCERPT]}")]
    rows += _reasons(group.reasons)
    yield from section(f"Group {group.group_id}{campaign}: {group.verdict}, score {group.score:.2f}", rows_of(rows))


def _place(place: Place) -> Iterator[RenderableType]:
    about = [("title", place.title), ("text", place.text[:EXCERPT])]
    yield from section(
        f"Thread {place.thread_id} of {counted(place.comments, 'comment')}",
        rows_of(((name, said) for name, said in about if said), 0),
    )
    for title, lines in (("It answers", [place.parent] if place.parent else []), ("Before it", place.before),
                         ("After it", place.after)):  # fmt: skip
        if lines:
            yield from section(title, rows_of(map(_line, lines), 0))


def _author(author: Author) -> Iterator[RenderableType]:
    named = f" ({author.name})" if author.name else ""
    brand = ", the brand itself" if author.is_brand else ""
    yield from section(
        f"Account {author.account_id}{brand}",
        shown(f"{counted(author.comments, 'comment')} since {author.first_seen:%Y-%m-%d}{named}"),
    )
    if author.factors:
        yield from section(f"Offender, score {author.score:.2f}", rows_of(_reasons(author.factors)))
    if author.strikes:
        strikes = (
            (
                f"{one.weight:g}",
                one.rule,
                f"for {one.cause}",
                f"{_time(one.given_at)} to {_time(one.expires_at)}",
                "upheld" if one.upheld else "nobody decided yet",
            )
            for one in author.strikes
        )
        yield from section("Strikes", rows_of(strikes))
    if author.lookalikes:
        alike = (
            (f"{one.score:.2f}", one.account_id, "; ".join(str(each["text"]) for each in one.reasons))
            for one in author.lookalikes
        )
        yield from section("May be the same writer's (a suggestion)", rows_of(alike))
    if author.newest:
        said = ((*_line(one.line), _short(one.outcome)) for one in author.newest)
        yield from section("What else it wrote, newest first", rows_of(said, 0))


def _line(line: Line) -> tuple[str, ...]:
    who = "the brand" if line.is_brand else line.account_id
    return _time(line.published_at), who, line.text[:EXCERPT]


def _short(outcome: Outcome) -> str:
    held = [case for case in outcome.cases if case.state != WITHDRAWN]
    return ", ".join(f"{case.queue}: {case.rule}" for case in held) or outcome.cleared or "not judged yet"


def _reasons(reasons: Iterable[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(f"{one['score']:.2f}", str(one["text"])) for one in reasons]


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
