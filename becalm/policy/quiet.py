"""Hours in which nobody is to be disturbed."""

import re
from datetime import datetime, time
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, field_validator, model_validator

from .part import Part


def _time_of_day(value: Any) -> time:
    """`22:00`, also as YAML reads it without quotes: as a number in base sixty."""
    text = f"{value // 60:02}:{value % 60:02}" if type(value) is int else value
    if not isinstance(text, str) or not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        raise ValueError(f"`{value}` is no time of day; write it as 22:00")
    return time.fromisoformat(text)


TimeOfDay = Annotated[time, BeforeValidator(_time_of_day)]


class QuietHours(Part):
    """From one time of day to another, over midnight where it comes earlier, by the clocks of `zone`."""

    from_: Annotated[TimeOfDay, Field(alias="from")]
    to: TimeOfDay
    zone: str

    @field_validator("zone")
    @classmethod
    def _exists(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (KeyError, OSError, ValueError) as error:  # by platform: not found, a folder, a path that leads out
            raise ValueError(f"there is no time zone `{zone}`; write it like Europe/Berlin") from error
        return zone

    @model_validator(mode="after")
    def _end(self) -> "QuietHours":
        if self.from_ == self.to:
            raise ValueError("begin and end at the same time, which is either never or always")
        return self

    def hold_at(self, moment: datetime) -> bool:
        """Whether `moment`, which knows its zone, lies within them; the end does not."""
        now = moment.astimezone(ZoneInfo(self.zone)).time()
        if self.from_ < self.to:
            return self.from_ <= now < self.to
        return now >= self.from_ or now < self.to
