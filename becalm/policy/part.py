"""What every part of the policy file has in common."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60)]
Words = Annotated[str, Field(min_length=1)]
Share = Annotated[float, Field(ge=0, le=1)]
# YAML knows lists only: the tuple itself is lenient, what stands in it stays strict.
Lenient = Field(strict=False, min_length=1)


class Part(BaseModel):
    """Unknown keys, silent conversions, infinities and later changes are all refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)
