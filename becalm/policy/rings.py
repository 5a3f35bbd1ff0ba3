"""Rings: what of acting together is more than chance."""

from typing import Annotated

from pydantic import Field

from .part import Part

Minutes = Annotated[int, Field(gt=0, le=10_080)]


class Rings(Part):
    """Two accounts meet that say the same within `message_minutes`, or write in one thread within `thread_minutes`, in
    the last `window_days`. Of the ties kept at most the share `chance_ties` is chance."""

    window_days: Annotated[int, Field(gt=0, le=366)]
    message_minutes: Minutes
    thread_minutes: Minutes
    chance_ties: Annotated[float, Field(gt=0, lt=0.5)]
    least_accounts: Annotated[int, Field(ge=3, le=1000)]
