"""What reporters are called where others read: nobody must learn who reported them."""

import hashlib
from base64 import b32encode


def pseudonym(reporter_id: int) -> str:
    """Eight letters and digits that stay the same, and say nothing to who has no store."""
    digest = hashlib.blake2b(str(reporter_id).encode(), digest_size=5, person=b"reporter").digest()
    letters = b32encode(digest).decode().lower()
    return f"{letters[:4]}-{letters[4:]}"
