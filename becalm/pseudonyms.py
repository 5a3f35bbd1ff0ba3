"""Names that stand for people: the same person has the same one within one kind of list, and another in each other."""

from base64 import b32encode
from dataclasses import dataclass
from hashlib import blake2b
from typing import Self

from sqlalchemy import select
from sqlalchemy.orm import Session

from .store import StoreSecret

DIGEST_BYTES = 16
SHORT_BYTES = 5


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """BLAKE2b keyed with the secret of the store; `purpose` (16 letters at most) keeps lists from being matched."""

    secret: bytes
    purpose: str

    @classmethod
    def of(cls, session: Session, purpose: str) -> Self:
        """Those of this store."""
        return cls(session.scalars(select(StoreSecret.secret)).one(), purpose)

    def digest(self, *parts: str) -> str:
        """32 hexadecimal digits."""
        return self._hash(DIGEST_BYTES, parts).hex()

    def short(self, *parts: str) -> str:
        """Eight letters and digits, for people to read."""
        letters = b32encode(self._hash(SHORT_BYTES, parts)).decode().lower()
        return f"{letters[:4]}-{letters[4:]}"

    def _hash(self, size: int, parts: tuple[str, ...]) -> bytes:
        told = "\0".join(parts).encode("utf-8", "surrogatepass")
        return blake2b(told, digest_size=size, key=self.secret, person=self.purpose.encode()).digest()
