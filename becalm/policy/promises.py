"""What may be promised to people, where the policy allows it."""

from enum import StrEnum


class Promise(StrEnum):
    """Kinds of promises; none is made unless the policy lists it under `promises`."""

    REFUND = "refund"
    REPLACEMENT = "replacement"
    COMPENSATION = "compensation"
    DEADLINE = "deadline"
    GUARANTEE = "guarantee"
    PUNISHMENT = "punishment"
