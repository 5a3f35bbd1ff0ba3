"""What is owed to whom, and the name that it is known by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from ..policy.templates import Audience


@dataclass(frozen=True, slots=True)
class Owed:
    """A text that somebody is to be told.

    `recipient` is `platform:author_id`, or a reporter's address key. The text is that of the policy for `action` and
    `audience`, unless a `template` is named. `values` are for its placeholders, over what the case and the policy
    tell (`name`, `channel`, `thread`, `rule`, `rule_meaning`, `case`, `appeal_until` and what `about_us` says).
    With a decision it becomes due when that can't be undone any more, and goes when the decision is undone before.
    `about` tells several of one kind in one case apart, such as the receipts of two reports.
    """

    audience: Audience
    recipient: str
    action: str
    case_id: str
    decision_id: str | None = None
    values: Mapping[str, str | bool] = field(default_factory=dict)
    language: str | None = None
    template: str | None = None
    about: str = ""

    @property
    def id(self) -> str:
        """The same for the same; so what is owed twice is told once."""
        parts = (self.audience, self.recipient, self.action, self.case_id, self.decision_id or "", self.about)
        return "n" + blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()
