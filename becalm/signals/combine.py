"""Several reasons, one score."""

from collections.abc import Collection, Iterable

from becalm.records import Reason


def noisy_or(reasons: Collection[Reason]) -> float:
    """The likelihood 0..1 that at least one of `reasons` holds, each taken as independent; 0 without any.

    Noisy-or (Pearl, Probabilistic Reasoning in Intelligent Systems, 1988): 1 - (1 - a)(1 - b)...
    """
    if not reasons:
        return 0.0
    against = 1.0
    for reason in reasons:
        against *= 1.0 - reason.score
    return round(1.0 - against, 4)


def weakened(reasons: Iterable[Reason], factor: float, why: str) -> list[Reason]:
    """`reasons` at `factor` of their scores, each saying why."""
    return [Reason(reason.signal, reason.score * factor, f"{reason.text} ({why})") for reason in reasons]
