"""The arrays that go through these rooms."""

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Vectors = NDArray[np.float32]  # one row a text
