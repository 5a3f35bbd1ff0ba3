"""The written rules: versioned, checked, and in words that people can read."""

from .facts import AppliesTo
from .loader import SHIPPED, load_policy
from .schema import Policy, Rule
from .versions import record_policy

__all__ = ["SHIPPED", "AppliesTo", "Policy", "Rule", "load_policy", "record_policy"]
