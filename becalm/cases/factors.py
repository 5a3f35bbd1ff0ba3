"""The four factors by which an offender is weighed.

They are those of Article 23(3) of Regulation (EU) 2022/2065 (DSA): the number of offences, their share of all that the
account wrote, their gravity, and the intent as far as it shows. No factor decides alone.
"""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from ..policy import Policy
from ..records import Reason
from ..wording import counted

# How widely offences are spread tells less of intent than going on after a warning does.
SPREAD_TELLS = 0.5


class Mark(NamedTuple):
    """A strike in force."""

    account_id: int
    rule: str
    cause: str
    weight: float
    given_at: datetime
    upheld: bool = True  # by a person


class Written(NamedTuple):
    """What an account wrote in the window: how much, how much of it breaks the rules, where that stands, and how much
    of it came after the latest warning."""

    comments: int
    offending: int
    threads: int
    channels: int
    after_warning: int = 0


NOTHING = Written(0, 0, 0, 0)


def weigh_factors(policy: Policy, marks: Collection[Mark], written: Written) -> dict[str, Reason]:
    """Each factor 0..1, in words; `marks` are those given in the window.

    number: n / (n + half) of the strikes' weight n; share: offending / (all comments + 1), so that one out of one is
    no habit yet; gravity: the severest rule broken, less where nobody has judged yet; intent: see `_intent`.
    """
    weight = sum(mark.weight for mark in marks)
    window = f"in {counted(policy.offenders.window_days, 'day')}"
    factors = (
        Reason("number", weight / (weight + policy.offenders.half_number), f"strikes {window} weigh {weight:g}"),
        Reason(
            "share",
            written.offending / (written.comments + 1),
            f"{written.offending} of {counted(written.comments, 'comment')}",
        ),
        _gravity(policy, marks),
        _intent(written),
    )
    return {factor.signal: factor for factor in factors}


def _gravity(policy: Policy, marks: Collection[Mark]) -> Reason:
    """A person says what was grave: what only a machine saw counts `offenders.undecided` times."""
    rules = [(mark, rule) for mark in marks if (rule := policy.rule(mark.rule))]
    grave = [(rule.severity * (1 if mark.upheld else policy.offenders.undecided), mark, rule) for mark, rule in rules]
    if not grave:
        return Reason("gravity", 0.0, "unknown")
    score, mark, rule = max(grave, key=lambda one: (one[0], one[1].upheld))
    return Reason("gravity", score, f"gravest: {rule.title}{'' if mark.upheld else ', which nobody has judged yet'}")


def _intent(written: Written) -> Reason:
    """Either sign, or both: n / (n + 1) of n offences after a warning; half of 1 - 1 / places, places being threads and
    further channels."""
    places = max(1, written.threads + written.channels - 1)
    spread = SPREAD_TELLS * (1 - 1 / places)
    in_vain = written.after_warning / (written.after_warning + 1)
    where = f"in {counted(written.threads, 'thread')} on {counted(written.channels, 'channel')}"
    told = f", {written.after_warning} after a warning" if written.after_warning else ""
    return Reason("intent", 1 - (1 - spread) * (1 - in_vain), where + told)
