"""How the offender scores lie: the table and the plot by which a threshold is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..store import Offender

STEPS = 20


@dataclass(frozen=True, slots=True)
class ScoreStep:
    """Accounts with a score from `low` up to below `high`, and how many a threshold at `low` would reach."""

    low: float
    high: float
    accounts: int
    reached: int  # with a score of at least `low`
    warned: int  # of those reached


def measure_scores(session: Session) -> tuple[ScoreStep, ...]:
    """Twenty steps from 0 to 1 over every offender of the store as it stands; none without offenders."""
    rows = session.execute(select(Offender.score, Offender.warnings)).all()
    return steps_of([(score, warnings > 0) for score, warnings in rows])


def steps_of(offenders: Sequence[tuple[float, bool]]) -> tuple[ScoreStep, ...]:
    """`offenders` as (score 0..1, whether warned); 1 itself counts in the last step."""
    return tuple(_step(number / STEPS, (number + 1) / STEPS, offenders) for number in range(STEPS if offenders else 0))


def _step(low: float, high: float, offenders: Sequence[tuple[float, bool]]) -> ScoreStep:
    reached = [(score, warned) for score, warned in offenders if score >= low]
    inside = sum(score < high or high == 1 for score, _ in reached)
    return ScoreStep(low, high, inside, len(reached), sum(warned for _, warned in reached))
