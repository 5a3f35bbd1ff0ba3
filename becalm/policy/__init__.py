"""The written rules: versioned, checked, and in words that people can read."""

from .facts import AppliesTo
from .feedback import give_feedback
from .loader import load_policy, policy_of
from .schema import Policy, Rule
from .sources import SHIPPED
from .versions import current_version, history, publish_policy, record_policy, stored_document, stored_policy

__all__ = [
    "SHIPPED", "AppliesTo", "Policy", "Rule", "current_version", "give_feedback", "history", "load_policy",
    "policy_of", "publish_policy", "record_policy", "stored_document", "stored_policy",
]  # fmt: skip
