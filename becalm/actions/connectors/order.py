"""What a connector is asked to do, and what it may answer."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from ...errors import BecalmError


@dataclass(frozen=True, slots=True)
class Order:
    """One action as a platform gets it.

    `key` is the same at every attempt; `number` rises with every action, so that of two on one target the later one can
    be told. `text` is what is said (reply, post, message), `detail` holds channel, thread and when a restriction ends.
    """

    key: str
    number: int
    kind: str
    platform: str
    target_kind: str
    target: str
    case_id: str
    decision_id: str | None
    text: str | None = None
    language: str | None = None
    detail: dict[str, Any] = field(default_factory=dict)

    def as_dict(self, at: datetime) -> dict[str, Any]:
        """For JSON; `at` is when it is sent."""
        return {
            "key": self.key, "number": self.number, "kind": self.kind, "platform": self.platform,
            "target_kind": self.target_kind, "target": self.target, "case_id": self.case_id,
            "decision_id": self.decision_id, "text": self.text, "language": self.language, **self.detail,
            "at": at.isoformat(),
        }  # fmt: skip


class Connector(Protocol):
    """A way to a platform. Asked twice with one key, it has done the thing once."""

    name: str

    def carry_out(self, order: Order, at: datetime) -> dict[str, Any]:
        """What came of it. Raises `TryAgain` or `Refused`."""


class TryAgain(BecalmError):
    """It did not work this time. `is_sure`: it surely had no effect; `after_seconds` is what the platform asks for."""

    def __init__(self, why: str, *, is_sure: bool = False, after_seconds: float | None = None) -> None:
        super().__init__(why)
        self.is_sure, self.after_seconds = is_sure, after_seconds


class Refused(BecalmError):
    """It had no effect, and would have none at another time."""
