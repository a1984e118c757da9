"""Computes the scatter matrix of rows around their mean, whose eigenvectors are the principal components.

Products are computed in the rows' own precision and summed in float64. That is exact enough unless the spectrum falls
steeply; `is_precise` checks whether the smallest wanted eigenvalue stands clear of the rounding, and of the next one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import DTypeLike, NDArray

from tb_projector_plugin.compute.blocks import Floats, Positions

Array = NDArray[np.float64]

#: Smallest precise eigenvalue, relative to the largest: float32 products are off by about 1e-7 of the largest, which is
#: a thousandth of this.
_PRECISE_RATIO = 1e-4
#: Smallest gap below the wanted eigenvalues, relative to the largest, that leaves their subspace precise to 1e-4: the
#: sine of its error is the matrix's error over the gap, and float32 products were found to be off by 1e-8 there.
_PRECISE_GAP = 2e-4


@dataclass(frozen=True)
class Scatter:
    """`matrix` [dims, dims], the sum of outer products of centered rows; `offset` [dims], mean minus shift."""

    matrix: Array
    offset: Array
    count: int


def compute_scatter(blocks: Iterable[tuple[Positions, Floats]], dims: int, dtype: DTypeLike | None) -> Scatter:
    """Takes one pass; `dtype` is the precision of the products, None for the rows' own."""
    matrix, total, count = np.zeros((dims, dims)), np.zeros(dims), 0
    for _, block in blocks:
        rows = block if dtype is None else block.astype(dtype, copy=False)
        matrix += rows.T @ rows
        total += rows.sum(axis=0, dtype=np.float64)
        count += len(rows)
    offset = total / max(count, 1)
    matrix -= count * np.outer(offset, offset)
    return Scatter(matrix, offset, count)


def compute_gram(rows: Floats, dtype: DTypeLike | None) -> tuple[Array, Array]:
    """The products [n, n] of all pairs of centered rows, and the mean row [dims]."""
    gram = np.zeros((len(rows), len(rows)))
    step = max(1, (4 << 20) // (8 * len(rows)))
    for first in range(0, rows.shape[1], step):
        columns = rows[:, first : first + step].astype(dtype or rows.dtype, copy=False)
        gram += columns @ columns.T
    by_row = gram.mean(axis=0)
    gram += by_row.mean() - by_row - by_row[:, None]
    return gram, rows.mean(axis=0, dtype=np.float64)


def is_precise(falling_values: Array, wanted: int) -> bool:
    """Whether the first `wanted` eigenvalues of a matrix of float32 products are accurate to a thousandth, and their
    subspace to 1e-4, given the next one where there is one; False if they overflowed.
    """
    largest = falling_values[0]
    if not np.isfinite(falling_values).all():
        return False
    if largest <= 0:
        return True
    last, *following = falling_values[wanted - 1 : wanted + 1] / largest
    return bool(last > _PRECISE_RATIO and all(last - value > _PRECISE_GAP for value in following))
