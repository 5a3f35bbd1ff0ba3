"""A decision as it stands in the log."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import orjson


@dataclass(frozen=True, slots=True)
class Decided:
    """One entry of the log; `seq` and `id` are given when it is appended.

    `kind`: a decision is final at once, a proposal waits for an approval or a refusal, a reversal takes back what is
    in force, and an undo what its own maker just did. `outcome` says whether the rule was found to be met (upheld,
    dismissed). `subjects` holds ids of comments and accounts.
    """

    case_id: str
    kind: str
    by: str
    is_machine: bool
    rule: str
    policy_version: str
    action: str
    outcome: str
    decided_at: datetime
    template: str | None = None
    language: str | None = None
    note: str = ""
    subjects: dict[str, list[int]] | None = None
    answers: str | None = None
    overrides: str | None = None
    id: str = ""
    seq: int = 0

    def as_dict(self) -> dict[str, Any]:
        """The same with its time as text."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {"seq": values.pop("seq"), "id": values.pop("id"), **values, "decided_at": self.decided_at.isoformat()}


def canonical(values: dict[str, Any]) -> bytes:
    """One spelling for the same values: JSON with sorted keys, no blanks, and times as text in UTC."""
    return orjson.dumps(values, option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z)
