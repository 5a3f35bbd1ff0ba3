"""Heat: when the tone of a thread counts as turning."""

from typing import Annotated

from pydantic import Field

from .part import Part, Share


class Heat(Part):
    """A comment is harsh from an abuse of `abuse` on, or with a sentiment of `sentiment` at most, unless it complains.

    Looked at are threads with `least_comments` in the last `window_hours`; they are held against what came before in
    the thread, and against its channel in the last `baseline_days`.
    """

    window_hours: Annotated[int, Field(gt=0, le=720)]
    baseline_days: Annotated[int, Field(gt=0, le=366)]
    least_comments: Annotated[int, Field(ge=3, le=1000)]
    abuse: Share
    sentiment: Annotated[float, Field(ge=-1, le=0)]
    complaint: Share
