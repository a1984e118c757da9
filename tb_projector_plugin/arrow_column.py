"""Numbers as an Arrow column, without copying them, and without pandas, which pyarrow's own `array` imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pyarrow as pa


def make_column(numbers: NDArray[Any]) -> pa.Array:
    """Of one dimension and a numeric type; NaN stays NaN. Copied only where they do not lie one behind the other."""
    import pyarrow as pa

    numbers = np.ascontiguousarray(numbers)
    return pa.Array.from_buffers(pa.from_numpy_dtype(numbers.dtype), len(numbers), [None, pa.py_buffer(numbers)])


def make_lists(numbers: NDArray[Any]) -> pa.FixedSizeListArray:
    """Of rows [n, width]: a column of n lists."""
    import pyarrow as pa

    return pa.FixedSizeListArray.from_arrays(make_column(numbers.reshape(-1)), numbers.shape[1])
