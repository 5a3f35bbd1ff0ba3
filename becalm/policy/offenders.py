"""How accounts with strikes are ranked: what the policy says of the four factors and their window."""

from typing import Annotated

from pydantic import Field, model_validator

from .part import Part, Share

Days = Annotated[int, Field(gt=0, le=3650)]


class FactorWeights(Part):
    """Shares of the offender score; they add up to 1."""

    number: Share
    share: Share
    gravity: Share
    intent: Share

    @model_validator(mode="after")
    def _add_up(self) -> "FactorWeights":
        total = self.number + self.share + self.gravity + self.intent
        if abs(total - 1) > 1e-6:
            raise ValueError(f"the weights add up to {total:g}, not to 1")
        return self


class Offenders(Part):
    """`half_number` strikes make the factor `number` one half; what an account did `window_days` ago and earlier
    counts in no factor, and a warning holds for `warning_days`. From `watch_score` on, an offender's other accounts are
    looked for as if people had taken a measure. What nobody has judged yet is `undecided` times as grave."""

    window_days: Days
    strike_days: Days
    warning_days: Days
    half_number: Annotated[float, Field(gt=0)]
    watch_score: Share
    weights: FactorWeights
    undecided: Share = 0.5
