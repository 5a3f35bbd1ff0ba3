"""What an index file must be to be believed, kept beside it."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from becalm.files import replacing


@dataclass(frozen=True, slots=True)
class Manifest:
    """Who made the index (the model and its version), the dimension of its vectors (0 for words), and its content."""

    made_by: str
    dimension: int
    count: int
    checksum: str

    @classmethod
    def read(cls, index: Path) -> Self | None:
        """The manifest of an index file; None where it is missing or can't be read."""
        try:
            return cls(**json.loads(_path(index).read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None


def swap_in(index: Path, data: memoryview, manifest: Manifest) -> None:
    """Write both files beside, flush them to the disk, and swap them in.

    A crash leaves the old index, or one that is not believed and built anew. Raises `DiskFull`, with the old index
    still in place.
    """
    # Both are written before the first is swapped in: without room for one of them, both old ones stand.
    with replacing(_path(index)) as beside:
        beside.write(json.dumps(asdict(manifest)).encode())
        beside.flush()
        with replacing(index) as index_beside:
            index_beside.write(data)


def checksum(data: bytes | memoryview) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _path(index: Path) -> Path:
    return index.with_suffix(".json")
