"""Converts NumPy arrays to Arrow columns without copying, and without pandas, which pyarrow's own `array` imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pyarrow as pa


def make_column(numbers: NDArray[Any]) -> pa.Array:
    """From a one-dimensional array of a numeric type; NaN stays NaN. Copies only if the array is not contiguous."""
    import pyarrow as pa

    numbers = np.ascontiguousarray(numbers)
    return pa.Array.from_buffers(pa.from_numpy_dtype(numbers.dtype), len(numbers), [None, pa.py_buffer(numbers)])


def make_lists(numbers: NDArray[Any]) -> pa.FixedSizeListArray:
    """From rows [n, width]: a column of n lists."""
    import pyarrow as pa

    return pa.FixedSizeListArray.from_arrays(make_column(numbers.reshape(-1)), numbers.shape[1])
