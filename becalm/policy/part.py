"""What every part of the policy file has in common."""

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """Unknown keys, silent conversions, infinities and later changes are all refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)
