"""`becalm case`: the life of a case, verb by verb. All that may be done stands in becalm.cases."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from .acting import Acting, acting, json_option, reason_option, version_option
from .law import Law, law_options
from .lines import until_reader_leaves
from .options import home_option, policy_option, user_option
from .surroundings import open_store, read_settings

OUTCOMES = ("upheld", "dismissed")
STATES = ("open", "held", "decided", "closed", "withdrawn")
SHOWN = 30
case_argument = click.argument("case_id", metavar="CASE")
note_option = click.option("--note", default="", help="For the staff.")


@click.group()
def case() -> None:
    """Work on cases. CASE is the beginning of a case's id; --by signs as one of the policy's people."""


@case.command("next")
@click.option("--queue", "queues", multiple=True, help="Only from this queue; more than once for several.")
@acting
def next_case(act: Acting, queues: tuple[str, ...]) -> None:
    """Claim the case that is to be worked on now, and show it; without one, status 0 and nothing but a line."""
    from ..cases.next import claim_next

    act.show(lambda session, policy, now: claim_next(session, policy, act.by, now, queues or None), whole=True)


@case.command("list")
@click.option("--queue", "queues", multiple=True, help="Only of this queue; more than once for several.")
@click.option("--state", "states", multiple=True, type=click.Choice(STATES), help="Instead of those that wait.")
@click.option("--claimed-by", help="Only what this person has now.")
@click.option("--limit", type=click.IntRange(min=1), help=f"At most so many (default: {SHOWN}; with --json all).")
@json_option
@home_option
def list_all(home: Path | None, as_json: bool, **wanted: Any) -> None:
    """What waits, the most urgent first; nothing is claimed."""
    from ..cases.listing import WAITING, list_cases, listed_record, print_cases
    from ..screen import print_records

    wanted["states"] = wanted["states"] or WAITING
    wanted["limit"] = wanted["limit"] or (None if as_json else SHOWN)
    now = datetime.now(UTC)
    with open_store(read_settings(home)) as store, store.reading() as session, until_reader_leaves():
        cases, found = list_cases(session, now, **wanted)
        if as_json:
            print_records(map(listed_record, cases))
        else:
            print_cases(cases, found, now)


@case.command("show")
@case_argument
@json_option
@home_option
@policy_option
@user_option
def show_case(case_id: str, as_json: bool, home: Path | None, policy: Path | None, by: str) -> None:
    """Everything about a case: why it is here, what was said, what happened to it, and what may be done."""
    from .acting import show_whole

    show_whole(case_id, home, policy, as_json, by)


def _simple(name: str, room: str, verb: str, words: str) -> None:
    """A verb that needs nothing but a case and who acts."""

    @case.command(name, help=words)
    @case_argument
    @acting
    def command(act: Acting, case_id: str) -> None:
        act.on(case_id, room, verb)


_simple("release", "claims", "release", "Give a claimed case back.")
_simple("refresh", "claims", "refresh", "Begin the lease of a claimed case anew.")
_simple("close", "reversing", "close", "A decided case is over; it can still be reversed.")


@case.command("claim")
@case_argument
@version_option
@acting
def claim(act: Acting, case_id: str, version: int | None) -> None:
    """Take this case for a while, so that nobody else works on it, and show it."""
    act.on(case_id, "claims", "claim", whole=True, expected_version=version)


@case.command("hand-over")
@case_argument
@click.option("--to", required=True, help="Who has it from now on.")
@note_option
@acting
def hand_over(act: Acting, case_id: str, to: str, note: str) -> None:
    """Give a claimed case to somebody else; it is never free in between."""
    act.on(case_id, "claims", "hand_over", to=to, note=note)


@case.command("skip")
@case_argument
@reason_option
@acting
def skip(act: Acting, case_id: str, reason: str) -> None:
    """Leave a claimed case to others, who are offered it first."""
    act.on(case_id, "claims", "skip", reason=reason)


@case.command("escalate")
@case_argument
@click.option("--to", required=True, help="A person or a role.")
@reason_option
@version_option
@acting
def escalate(act: Acting, case_id: str, to: str, reason: str, version: int | None) -> None:
    """Hand a case up to somebody; they are offered it first."""
    act.on(case_id, "escalating", "escalate", to=to, reason=reason, expected_version=act.seen(version))


@case.command("note")
@case_argument
@click.argument("text")
@acting
def note(act: Acting, case_id: str, text: str) -> None:
    """Write something down that only the staff reads."""
    act.on(case_id, "escalating", "add_note", text=text)


@case.command("merge")
@case_argument
@click.option("--into", required=True, help="The case that stays.")
@version_option
@acting
def merge(act: Acting, case_id: str, into: str, version: int | None) -> None:
    """Two open cases are one thing; the first is closed and says where it went."""
    act.on(case_id, "merging", "merge", into=act.case(into), expected_version=act.seen(version))


@case.command("split")
@case_argument
@click.argument("comments", nargs=-1, required=True)
@version_option
@acting
def split(act: Acting, case_id: str, comments: tuple[str, ...], version: int | None) -> None:
    """Make a case of its own of these COMMENTS, by their ids on the platform."""
    act.on(case_id, "merging", "split", comment_ids=act.comments(case_id, comments), expected_version=act.seen(version))


def _ruling(name: str, verb: str, words: str) -> None:
    """The two verbs that say what is done."""

    @case.command(name, help=words)
    @case_argument
    @click.option("--action", required=True, help="One of the policy's actions; `none` leaves everything as it is.")
    @click.option("--outcome", type=click.Choice(OUTCOMES), default=OUTCOMES[0], show_default=True, help="Is it met?")
    @click.option("--rule", help="Another rule than the one that opened the case.")
    @click.option("--template", help="The text that goes with the action.")
    @click.option("--language", help="The language of the text.")
    @note_option
    @version_option
    @law_options
    @acting
    def command(act: Acting, case_id: str, version: int | None, law: Law | None, **said: Any) -> None:
        from ..cases.deciding import Ruling

        ruling, then = Ruling(**said), law.name if law else None
        act.on(case_id, "deciding", verb, then=then, ruling=ruling, expected_version=act.seen(version))


_ruling("decide", "decide", "Decide an open case; where its rule says so, it is held for a second person.")
_ruling("override", "override", "Decide a decided case anew; the log names what this takes the place of.")


@case.command("approve")
@case_argument
@note_option
@version_option
@acting
def approve(act: Acting, case_id: str, note: str, version: int | None) -> None:
    """Agree, as the second person, to what was proposed."""
    act.on(case_id, "second", "approve", note=note, expected_version=act.seen(version))


@case.command("refuse")
@case_argument
@click.option("--note", required=True, help="Why not.")
@version_option
@acting
def refuse(act: Acting, case_id: str, note: str, version: int | None) -> None:
    """Disagree, as the second person, with what was proposed."""
    act.on(case_id, "second", "refuse", note=note, expected_version=act.seen(version))


@case.command("reverse")
@case_argument
@click.option("--note", required=True, help="Why it was wrong.")
@version_option
@acting
def reverse(act: Acting, case_id: str, note: str, version: int | None) -> None:
    """Take back what is in force; the case stays decided, and nothing is done any more."""
    act.on(case_id, "reversing", "reverse", note=note, expected_version=act.seen(version))


@case.command("undo")
@case_argument
@version_option
@acting
def undo(act: Acting, case_id: str, version: int | None) -> None:
    """Take back one's own last word on a case, soon after it."""
    act.on(case_id, "reversing", "undo", expected_version=act.seen(version))


@case.command("sweep")
@case_argument
@click.option("--yes", is_flag=True, help="Carry it out; else it is only counted and listed.")
@acting
def sweep(act: Acting, case_id: str, yes: bool) -> None:
    """The other open cases of the same account or campaign, to be decided like CASE was."""
    from .sweeping import run_sweep

    run_sweep(act, case_id, yes)
