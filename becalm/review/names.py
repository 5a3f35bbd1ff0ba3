"""What the policy calls its rules and queues, as far as the review needs to know."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PolicyNames:
    """Titles by id; an id without a title stands for itself. `rules` holds every rule in force, hit or not."""

    version: str | None = None
    rules: Mapping[str, str] = field(default_factory=dict)
    queues: Mapping[str, str] = field(default_factory=dict)
    score_thresholds: Mapping[str, float] = field(default_factory=dict)  # of rules that ask for an offender score
    care_rules: frozenset[str] = frozenset()  # those that open cases for customers
    report_rules: frozenset[str] = frozenset()  # those that ask for reports by users and nothing else
    care_queue: str = "care"
    praise_queue: str = "advocacy"
    about_us: Mapping[str, str] = field(default_factory=dict)

    def rule(self, id: str) -> str:
        return self.rules.get(id, id)

    def queue(self, id: str) -> str:
        return self.queues.get(id, id)
