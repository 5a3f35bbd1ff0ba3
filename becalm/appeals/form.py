"""An appeal as it comes: a row of a file, a form that somebody filled in, or the arguments of a call."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ..errors import InputError
from ..reports.form import Moment, Name, Platform, Text, read_filed


class AppealUnusable(InputError):
    """An appeal that says too little to be taken in; nothing was changed."""

    def __init__(self, why: str) -> None:
        super().__init__(f"appeal: {why}; nothing was changed")
        self.why = why


class FiledAppeal(BaseModel):
    """One appeal by the account `author_id` on `platform`, against a decision or against what a notice told of."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")

    platform: Platform
    author_id: Name
    decision: Name | None = None
    notice: Name | None = None
    text: Annotated[Text, Field(min_length=1)]
    received_at: Moment

    @model_validator(mode="after")
    def _names_what_it_is_about(self) -> "FiledAppeal":
        if self.decision is None and self.notice is None:
            raise ValueError("name the decision, or the notice that told of it")
        return self

    @property
    def account(self) -> str:
        return f"{self.platform}:{self.author_id}"


def read_appeal(row: Mapping[str, Any], now: datetime) -> FiledAppeal:
    """The appeal in a row of a file or a call; without `received_at` it is of `now`. Raises `AppealUnusable`."""
    return read_filed(FiledAppeal, row, now, "received_at", AppealUnusable)
