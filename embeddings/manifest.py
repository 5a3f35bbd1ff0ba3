"""What an index file must be to be believed, kept beside it."""

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Self

import numpy as np

from becalm.files import replacing

logger = logging.getLogger(__name__)


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


def read_arrays(index: Path, made_by: str) -> tuple[Mapping[str, Any], Manifest] | None:
    """The arrays in an index file of numpy, and its manifest if that vouches for them; a damaged file is told of."""
    manifest = Manifest.read(index)
    if manifest is None or manifest.made_by != made_by:
        return None
    try:
        data = index.read_bytes()
        if checksum(data) == manifest.checksum:
            with np.load(BytesIO(data)) as arrays:
                return {name: arrays[name] for name in arrays.files}, manifest
    except (OSError, ValueError):
        pass
    logger.warning("index %s is damaged: it is built anew", index.name)
    return None


def save_arrays(index: Path, made_by: str, count: int, **arrays: Any) -> Manifest:
    """Write the arrays of an index of `count` texts as `swap_in` does. Raises `DiskFull`."""
    data = BytesIO()
    np.savez(data, **arrays)
    manifest = Manifest(made_by, 0, count, checksum(data.getbuffer()))
    swap_in(index, data.getbuffer(), manifest)
    return manifest


def checksum(data: bytes | memoryview) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _path(index: Path) -> Path:
    return index.with_suffix(".json")
