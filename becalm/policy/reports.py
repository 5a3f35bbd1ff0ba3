"""What users can report, whose reports are expected to be right, and what becomes of reports without ground."""

from typing import Annotated

from pydantic import Field

from .part import Id, Part, Share, Words

Address = Annotated[str, Field(pattern=r"^[^:\s]+:\S+$", max_length=300)]
Days = Annotated[int, Field(gt=0, le=3650)]


class ReportReason(Part):
    """One thing that people can report, and the rule that it is about."""

    title: Words
    rule: Id


class Misuse(Part):
    """When somebody who reports without ground may be warned, and when their reports may be paused after that.

    Looked at are the answers of the last `window_days`: at least `least` found no ground, and they are `share` of all.
    A warning holds for `warning_days`; `after_warning` more without ground, and reports may be paused for `pause_days`.
    """

    window_days: Days = 180
    least: Annotated[int, Field(ge=2, le=10_000)] = 8
    share: Annotated[Share, Field(gt=0)] = 0.8
    warning_days: Days = 180
    after_warning: Annotated[int, Field(ge=1, le=10_000)] = 3
    pause_days: Annotated[int, Field(gt=0, le=366)] = 30


class Reports(Part):
    """`trusted` are flaggers by `platform:key`. All numbers are choices, to be changed when one's own are measured.

    How reliable a reporter is follows from answers of the last `reliability_days`. A report of a comment that is not
    there waits `waiting_days` for it. `tied_least` reports of one comment within `tied_minutes`, by reporters of whom
    nothing is known and who came `new_days` ago at most, count as one.
    """

    reasons: dict[Id, ReportReason] = Field(default_factory=dict)
    trusted: Annotated[tuple[Address, ...], Field(strict=False)] = ()
    reliability_days: Days = 365
    waiting_days: Days = 30
    tied_minutes: Annotated[int, Field(gt=0, le=10_080)] = 60
    tied_least: Annotated[int, Field(ge=2, le=10_000)] = 4
    new_days: Days = 14
    misuse: Misuse = Misuse()
