"""Computes the means of several sets of rows in one pass over the matrix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.compute.blocks import Floats, OpenBlocks, find_nonfinite
from tb_projector_plugin.compute.overflow import check_overflow

Array = NDArray[np.float64]
#: Rows of the matrix, ascending and distinct; None is all of them.
RowSet = NDArray[np.integer] | None

#: Bytes of rows widened to float64 at a time: they stay in a core's cache.
_PIECE_BYTES = 1 << 20


@dataclass(frozen=True)
class RowMeans:
    """Means of the finite rows of each set, as `origin` [dims] + `offsets` [sets, dims], over `counts` [sets] rows.

    The offset of a set without a finite row is zero. Subtract offsets, not means: their difference keeps all digits.
    """

    origin: Array
    offsets: Array
    counts: NDArray[np.int64]


def compute_row_means(open_blocks: OpenBlocks, dims: int, row_sets: Sequence[RowSet]) -> RowMeans:
    """Raises DataError when a sum overflows float64.

    It sums differences from the first finite row: the mean of identical rows is exactly that row, and at any offset of
    the data the error is one float64 rounding.
    """
    origin: Array | None = None
    sums, counts = np.zeros((len(row_sets), dims)), np.zeros(len(row_sets), np.int64)
    with np.errstate(over="ignore", invalid="ignore"):
        for first_row, block in open_blocks():
            for index, rows in enumerate(row_sets):
                finite = _choose_finite(block, first_row, rows)
                if origin is None and len(finite):
                    origin = finite[0].astype(np.float64)
                if origin is not None:
                    sums[index] += _sum_differences(finite, origin)
                    counts[index] += len(finite)
    means = RowMeans(np.zeros(dims) if origin is None else origin, sums / np.maximum(counts, 1)[:, None], counts)
    check_overflow(means.origin + means.offsets, "average: their sum does not fit float64")
    return means


def _choose_finite(block: Floats, first_row: int, rows: RowSet) -> Floats:
    if rows is not None:
        low, high = np.searchsorted(rows, [first_row, first_row + len(block)])
        if high - low < len(block):
            block = block[rows[low:high] - first_row]
    bad = find_nonfinite(block)
    return block if bad is None else block[~bad]


def _sum_differences(rows: Floats, origin: Array) -> Array:
    total = np.zeros(len(origin))
    step = max(1, _PIECE_BYTES // max(1, 8 * len(origin)))
    for start in range(0, len(rows), step):
        total += (rows[start : start + step] - origin).sum(axis=0)
    return total
