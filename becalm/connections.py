"""Which way leads to which platform: the settings of connectors."""

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

ELSEWHERE = "*"
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


class Connection(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class DryRunConnection(Connection):
    """Nothing is done; what would be, is written down in the store."""

    kind: Literal["dry-run"]


class FileConnection(Connection):
    """One line of JSON for each action; `path` is in the home's `outbox` folder where it is not said."""

    kind: Literal["file"]
    path: Path | None = None


class WebhookConnection(Connection):
    """A POST for each action, signed with `secret`."""

    kind: Literal["webhook"]
    url: str
    secret: SecretStr
    timeout_seconds: Annotated[float, Field(gt=0, le=60)] = 10

    @field_validator("url")
    @classmethod
    def _is_safe(cls, url: str) -> str:
        parts = urlsplit(url)
        if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOCAL)):
            raise ValueError("a webhook needs an https address (http only on this machine)")
        return url

    @field_validator("secret")
    @classmethod
    def _is_long(cls, secret: SecretStr) -> SecretStr:
        if len(secret.get_secret_value()) < 16:
            raise ValueError("a secret of fewer than 16 characters can be guessed")
        return secret


AnyConnection = Annotated[DryRunConnection | FileConnection | WebhookConnection, Field(discriminator="kind")]
