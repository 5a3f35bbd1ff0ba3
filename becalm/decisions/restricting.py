"""Which decisions restrict somebody: of those they are told, and those they can contest."""

from ..policy import Policy
from .record import Decided

# What an author is told of when it is done; care and praise are no notices.
TOLD = ("hide", "remove", "warn", "mute", "ban")


def restricts(policy: Policy, decided: Decided | None) -> bool:
    """Whether a decision in force restricts what somebody wrote, or the account."""
    if decided is None or decided.outcome != "upheld":
        return False
    action = policy.actions.get(decided.action)
    return decided.action in TOLD or (action is not None and action.suspends)
