"""What a draft would mean for the work: cases by queue and channel, and whether they could be kept in time."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from ..review.compare import Share
from .answers import Answers, WouldOpen
from .decided import PastCase


@dataclass(frozen=True, slots=True)
class QueueWork:
    """Cases that each policy opens in one queue over the period, and the median hours they may wait.

    `in_time_*`: of the cases that people decided and the policy sends here, those decided within its service level.
    """

    queue: str
    cases_before: int
    cases_after: int
    hours_before: float | None
    hours_after: float | None
    in_time_before: Share
    in_time_after: Share


def work_by_queue(before: Answers, after: Answers, decided: Sequence[PastCase]) -> tuple[QueueWork, ...]:
    """Every queue that either policy fills."""
    hours = [_hours(answers.opened) for answers in (before, after)]
    times = [_in_time(answers, decided) for answers in (before, after)]
    nothing = Share(0, 0)
    return tuple(
        QueueWork(
            queue=queue,
            cases_before=len(hours[0].get(queue, ())),
            cases_after=len(hours[1].get(queue, ())),
            hours_before=_middle(hours[0].get(queue)),
            hours_after=_middle(hours[1].get(queue)),
            in_time_before=times[0].get(queue, nothing),
            in_time_after=times[1].get(queue, nothing),
        )
        for queue in sorted({*hours[0], *hours[1], *times[0], *times[1]})
    )


def _middle(hours: Sequence[float] | None) -> float | None:
    return round(median(hours), 2) if hours else None


def _hours(opened: Iterable[WouldOpen]) -> dict[str, list[float]]:
    hours: defaultdict[str, list[float]] = defaultdict(list)
    for case in opened:
        hours[case.queue].append(case.hours)
    return dict(hours)


def _in_time(answers: Answers, decided: Iterable[PastCase]) -> dict[str, Share]:
    kept: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for case in decided:
        rule = answers.rule_for(case.kind, case.subject, case.comments)
        if rule is not None and case.decided_at is not None:
            took = (case.decided_at - case.opened_at).total_seconds() / 3600
            total[answers.queue(rule)] += 1
            kept[answers.queue(rule)] += took <= answers.hours(rule, case.priority)
    return {queue: Share(kept[queue], total[queue]) for queue in total}
