"""What is carried out on a platform, how it is taken back, and who is told of it."""

from typing import Annotated

from pydantic import Field

from .part import Id, Part, Share


class Effect(Part):
    """What an action does to each comment or account that it is about.

    Of several effects on one target the highest `level` holds. Without `taken_back_by` it can't be taken back, and so
    waits until its decision can't be undone any more.
    """

    on: Annotated[str, Field(pattern="^(comment|account)$")]
    level: Annotated[int, Field(ge=1, le=9)] = 1
    taken_back_by: Id | None = None


SHIPPED_EFFECTS = {
    "hide": Effect(on="comment", level=1, taken_back_by="restore"),
    "remove": Effect(on="comment", level=2, taken_back_by="restore"),
    "mute": Effect(on="account", level=1, taken_back_by="unmute"),
    "ban": Effect(on="account", level=2, taken_back_by="unban"),
}


class Retries(Part):
    """The wait doubles from `first_seconds` with each attempt, up to `most_seconds`; after `attempts` a person has to
    look. Whoever carries an action out has it for `lease_seconds`. All of these are choices."""

    attempts: Annotated[int, Field(ge=1, le=100)] = 8
    first_seconds: Annotated[float, Field(gt=0, le=86_400)] = 30
    most_seconds: Annotated[float, Field(gt=0, le=604_800)] = 3600
    lease_seconds: Annotated[float, Field(ge=1, le=86_400)] = 300


class Outbox(Part):
    """`effects` by action. Of copies that several accounts posted, the oldest is spared where its own words are spam
    with less than `spares_below_spam`."""

    effects: Annotated[dict[Id, Effect], Field(default_factory=lambda: dict(SHIPPED_EFFECTS))]
    spares_below_spam: Share = 0.5
    retries: Retries = Retries()


class Notices(Part):
    """`first` is the text for somebody who never had a notice, `lifted` for somebody who was warned, muted or banned
    by mistake. Of what `exempt` rules hit, those are not told whose
    comment is spam with `exempt_from_spam` or more."""

    first: Id | None = None
    lifted: Id | None = None
    exempt: Annotated[tuple[Id, ...], Field(strict=False)] = ()
    exempt_from_spam: Share = 0.5
