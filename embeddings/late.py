"""Rows that came after an index was written: kept beside it while they are few, so that they don't cost a new one."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.manifest import Manifest, read_arrays, save_arrays

# Beyond this share of the index it is written anew, with them in it.
MOST_LATE = 0.125

Arrays = dict[str, NDArray[Any]]


class LateRows:
    """What was added to the index at `index` since it was written whole: arrays by name, `ids` one a text."""

    def __init__(self, index: Path) -> None:
        """None yet, and no index that they could stand beside."""
        self._path = _beside(index)
        self._whole: Manifest | None = None
        self._parts: list[Arrays] = []

    def read(self, whole: Manifest) -> Arrays | None:
        """Those that were kept beside the index of this manifest."""
        self._whole = whole
        if found := read_arrays(self._path, _made_by(whole)):
            self._parts = [dict(found[0])]
            return self._parts[0]
        return None

    def add(self, **arrays: NDArray[Any]) -> None:
        """Keep these too, where there is an index that they can stand beside."""
        if self._whole is not None:
            self._parts.append(arrays)

    def spoil(self) -> None:
        """The index can't be made from what was written and what is late: it is written whole the next time."""
        self._whole, self._parts = None, []

    def save(self) -> bool:
        """Keep them beside the index; False, and nothing written, where it should be written whole.

        Raises `DiskFull`, with the old ones still in place.
        """
        count = sum(len(part["ids"]) for part in self._parts)
        if self._whole is None or count > MOST_LATE * self._whole.count:
            return False
        if self._parts:
            names = self._parts[0]
            arrays = {name: np.concatenate([part[name] for part in self._parts]) for name in names}
            self._parts = [arrays]
            save_arrays(self._path, _made_by(self._whole), count, **arrays)
        return True

    def forget(self, whole: Manifest) -> None:
        """They are all in the index that was written with this manifest."""
        self._whole, self._parts = whole, []
        self._path.unlink(missing_ok=True)
        self._path.with_suffix(".json").unlink(missing_ok=True)


def _made_by(whole: Manifest) -> str:
    return f"{whole.made_by} after {whole.checksum}"


def _beside(index: Path) -> Path:
    return index.with_suffix(".late.npz")


def manifests(index: Path) -> str:
    """What the manifests of the index and of its late rows say: another save says something else."""
    return f"{Manifest.read(index)} {Manifest.read(_beside(index))}"
