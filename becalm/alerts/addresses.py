"""Where people are reached: Apprise URLs, which hold secrets and are shown to nobody."""

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b

from pydantic import SecretStr

ANYBODY = "*"


@dataclass(frozen=True, slots=True)
class Address:
    """`name` is fit for logs; `id` tells addresses apart in the store."""

    name: str
    url: SecretStr

    @property
    def id(self) -> str:
        return blake2b(self.url.get_secret_value().encode(), digest_size=8).hexdigest()

    def send(self, title: str, body: str) -> bool:
        """Whether the message went out."""
        # A fifth of a second to import, and most runs send nothing.
        from apprise import Apprise, AppriseAsset, NotifyFormat, PersistentStoreMode

        asset = AppriseAsset(app_id="becalm", async_mode=False, storage_mode=PersistentStoreMode.MEMORY)
        sender = Apprise(asset=asset)
        with _without_its_own_words():
            return sender.add(self.url.get_secret_value()) and bool(
                sender.notify(body=body, title=title, body_format=NotifyFormat.TEXT)
            )


def addresses_of(owner: str, urls: Mapping[str, tuple[SecretStr, ...]]) -> list[Address]:
    """The owner's own, or those for anybody; each once."""
    given = dict.fromkeys(urls.get(owner, urls.get(ANYBODY, ())))
    return [Address(f"{_kind(url)} (number {number} of {owner})", url) for number, url in enumerate(given, start=1)]


def _kind(url: SecretStr) -> str:
    """Its scheme; of what looks like no URL nothing is told, as it may be all secret."""
    found = re.match(r"([a-z][a-z0-9]{1,19})://", url.get_secret_value())
    return found[1] if found else "what is no URL"


@contextmanager
def _without_its_own_words() -> Iterator[None]:
    """Apprise tells what it sends and where; one line of ours says enough."""
    logger = logging.getLogger("apprise")
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before
