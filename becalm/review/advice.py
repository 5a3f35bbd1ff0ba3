"""What to look at and what to change: stated rules applied to the figures, each finding with its evidence."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from .compare import Share
from .figures import Figures
from .rules import RuleHits
from .wording import count, listed, number, percent, span

DOMINANT_SHARE = 0.40
ENOUGH_CASES = 20
ENOUGH_COMMENTS = 100
WITHDRAWN_SHARE = 0.25
DOUBLED = 2.0
MANY_ROWS = 10
ENOUGH_ANSWERS = 10
UNDERSTOOD_SHARE = 0.7
MANY_ROWS_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Finding:
    """`about` names the thing, `evidence` its figures, `rule` says when such a finding is made."""

    about: str
    evidence: str
    suggestion: str
    rule: str


def find_advice(figures: Figures) -> tuple[Finding, ...]:
    """The findings that need hands first, then what to change in the policy."""
    return (
        *_failed_runs(figures),
        *_overdue_queues(figures),
        *_pending(figures),
        *_doubled_channels(figures),
        *_held_back(figures),
        *_dominant_rules(figures),
        *_withdrawn_rules(figures),
        *_silent_rules(figures),
        *_misunderstood_rules(figures),
    )


def _failed_runs(figures: Figures) -> Iterator[Finding]:
    if failed := figures.quality.failed_runs:
        yield Finding(
            "Runs that failed",
            f"{number(failed)} of {count(len(figures.quality.runs), 'run')} failed.",
            "Read the log of the newest one and run the job again; a run takes up where the last one stopped.",
            "A run failed.",
        )


def _overdue_queues(figures: Figures) -> Iterator[Finding]:
    late = [queue for queue in figures.cases.queues if queue.overdue]
    if late:
        told = (
            f"{figures.names.queue(queue.queue)}: {number(queue.overdue)} of {count(queue.open, 'open case')}, "
            f"the latest by {span(figures.now - queue.next_due_at)}"
            for queue in late
        )
        yield Finding(
            "Cases past their due time",
            f"{'; '.join(told)}.",
            "Put more people on these queues, or set service levels that can be kept.",
            "A queue has overdue cases.",
        )


def _pending(figures: Figures) -> Iterator[Finding]:
    if pending := figures.volume.pending:
        yield Finding(
            "Comments nobody has judged",
            f"{count(pending, 'comment')} of {number(figures.volume.comments)} neither in a case nor cleared.",
            "Run the moderation; if the number stays, a stage is losing comments.",
            "A comment of the period is in no group of spam, in no case, and not cleared.",
        )


def _doubled_channels(figures: Figures) -> Iterator[Finding]:
    for channel in figures.channels:
        change = channel.spam_change
        now, before = channel.volume.spam, channel.before.spam
        if change.is_clear and (now.value or 0) >= DOUBLED * (before.value or 0):
            yield Finding(
                f"Channel {channel.channel} on {channel.platform}",
                f"Spam went from {percent(before)} ({number(before.hits)} of {number(before.total)}) "
                f"to {percent(now)} ({number(now.hits)} of {number(now.total)}).",
                "Look at its largest campaigns; consider a keyword alert or stricter posting settings for a while.",
                "A channel's share of spam at least doubled, and the difference is beyond chance (95 %).",
            )


def _held_back(figures: Figures) -> Iterator[Finding]:
    for name, rows in figures.quality.expectations:
        share = Share(rows, figures.quality.rows)
        if rows >= MANY_ROWS and (share.value or 0) >= MANY_ROWS_SHARE:
            yield Finding(
                f"Check “{name}”",
                f"{count(rows, 'row')} failed it, {percent(share)} of {number(share.total)} that came in.",
                "Ask the source to mend these rows and replay them, or correct the check if the rows are right.",
                f"At least {MANY_ROWS} rows and {percent(MANY_ROWS_SHARE, 0)} of what came in fail one expectation.",
            )


def _dominant_rules(figures: Figures) -> Iterator[Finding]:
    for rule, lines in _by_rule(figures).items():
        share = Share(sum(line.cases for line in lines), figures.cases.total)
        if share.total >= ENOUGH_CASES and (share.value or 0) > DOMINANT_SHARE:
            yield Finding(
                f"Rule “{figures.names.rule(rule)}”",
                f"It opened {number(share.hits)} of {count(share.total, 'case')} ({percent(share)}).",
                "Check whether it is too wide, or split it, so that its queue can be worked in a useful order.",
                f"A rule makes more than {percent(DOMINANT_SHARE, 0)} of at least {ENOUGH_CASES} cases.",
            )


def _withdrawn_rules(figures: Figures) -> Iterator[Finding]:
    for rule, lines in _by_rule(figures).items():
        share = Share(sum(line.withdrawn for line in lines), sum(line.cases for line in lines))
        if share.total >= ENOUGH_CASES and (share.value or 0) > WITHDRAWN_SHARE:
            yield Finding(
                f"Rule “{figures.names.rule(rule)}”",
                f"{number(share.hits)} of its {count(share.total, 'case')} were withdrawn ({percent(share)}).",
                "Its grounds often fall away later: raise its threshold, or let it wait for more evidence.",
                f"More than {percent(WITHDRAWN_SHARE, 0)} of at least {ENOUGH_CASES} cases of a rule were withdrawn.",
            )


def _silent_rules(figures: Figures) -> Iterator[Finding]:
    seen = figures.volume.comments + figures.volume_before.comments
    silent = [
        f"“{figures.names.rule(rule)}”"
        for rule, lines in _by_rule(figures).items()
        if rule in figures.names.rules and not any(line.cases or line.before for line in lines)
    ]
    if silent and figures.is_before_whole and seen >= ENOUGH_COMMENTS:
        yield Finding(
            "Rules without a hit",
            f"{listed(silent)}: no case in two periods, among {count(seen, 'comment')}.",
            "Test each with an example that it should catch; retire it if what it is about no longer happens.",
            f"A rule in force has no hit in two whole periods with at least {ENOUGH_COMMENTS} comments.",
        )


def _misunderstood_rules(figures: Figures) -> Iterator[Finding]:
    for rule in figures.understanding:
        if rule.right.total >= ENOUGH_ANSWERS and (rule.right.value or 0) < UNDERSTOOD_SHARE:
            taken = figures.names.rule(rule.instead) if rule.instead else "no rule at all"
            mostly = f" Mostly it was taken for {taken} ({number(rule.times)})." if rule.times else ""
            yield Finding(
                f"Rule “{figures.names.rule(rule.rule)}”",
                f"{number(rule.right.hits)} of {count(rule.right.total, 'quiz answer')} by "
                f"{count(rule.people, 'person', 'people')} agreed with how such cases were decided "
                f"({percent(rule.right)}, policy {rule.policy_version}).{mostly}",
                "Staff and policy differ here: put the rule more clearly, with examples, or make a pack to train it.",
                f"Fewer than {percent(UNDERSTOOD_SHARE, 0)} of at least {ENOUGH_ANSWERS} first answers are right.",
            )


def _by_rule(figures: Figures) -> dict[str, list[RuleHits]]:
    lines: defaultdict[str, list[RuleHits]] = defaultdict(list)
    for line in figures.cases.rules:
        lines[line.rule].append(line)
    return dict(lines)
