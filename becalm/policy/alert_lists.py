"""The alert lists of a policy: words, and where and when they are listened for."""

from typing import Annotated

from pydantic import Field

from ..scope import Scope
from .part import Id, Lenient, Part, Words
from .quiet import QuietHours

ChannelName = Annotated[str, Field(pattern=r"^([a-z0-9._-]+/)?[^/*]+$|^[a-z0-9._-]+/\*$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]


class KeywordList(Part):
    """Words that people want to hear of at once; matching survives disguises."""

    id: Id
    phrases: Annotated[tuple[Words, ...], Lenient]
    owner: Words
    queue: Id
    channels: Annotated[tuple[ChannelName, ...], Lenient] | None = None
    languages: Annotated[tuple[Language, ...], Lenient] | None = None
    quiet_hours: QuietHours | None = None

    @property
    def scope(self) -> Scope:
        return Scope(self.channels or (), self.languages or ())
