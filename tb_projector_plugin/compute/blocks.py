"""Passes over a matrix that is never whole in memory: its rows arrive in blocks and may be filtered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Rows = Sequence[int] | NDArray[np.integer]

#: Opens a pass over a matrix: yields (first_row, block); a block is valid until the next one.
OpenBlocks = Callable[[], Iterator[tuple[int, Floats]]]
#: Positions of a block's rows in the matrix.
Positions = slice | NDArray[np.int64]


def choose_rows(open_blocks: OpenBlocks, rows: NDArray[np.integer]) -> OpenBlocks:
    """The matrix of `rows` alone (ascending, distinct); first_row counts within them."""

    def open_chosen() -> Iterator[tuple[int, Floats]]:
        for first_row, block in open_blocks():
            low, high = np.searchsorted(rows, [first_row, first_row + len(block)])
            if high - low == len(block):
                yield int(low), block
            elif low < high:
                yield int(low), block[rows[low:high] - first_row]

    return open_chosen


def find_nonfinite(block: Floats) -> NDArray[np.bool_] | None:
    """Mask of the rows of `block` that hold NaN or infinity; None if none does, which a finite sum proves cheaply."""
    with np.errstate(over="ignore", invalid="ignore"):
        if np.isfinite(block.sum()):
            return None
    mask: NDArray[np.bool_] = np.any(~np.isfinite(block), axis=1)
    return mask if mask.any() else None


def _drop_nonfinite(positions: Positions, block: Floats) -> tuple[Positions, Floats]:
    """The finite rows of `block` and their positions; the block itself if all are finite."""
    bad = find_nonfinite(block)
    if bad is None:
        return positions, block
    if isinstance(positions, slice):
        positions = np.arange(positions.start, positions.stop)
    return positions[~bad], block[~bad]


def open_finite(open_blocks: OpenBlocks) -> Iterator[tuple[Positions, Floats]]:
    """A pass over the finite rows: yields (positions, block); a block is never empty and valid until the next."""
    for first_row, block in open_blocks():
        positions, finite = _drop_nonfinite(slice(first_row, first_row + len(block)), block)
        if len(finite):
            yield positions, finite


class ShiftedRows:
    """The finite rows minus one fixed row near their mean, for any number of passes.

    Products of numbers far from zero keep their digits this way. It raises nothing itself.
    """

    def __init__(self, open_blocks: OpenBlocks, shape: tuple[int, int]) -> None:
        self.count, self.dims = shape
        self._open_blocks = open_blocks
        #: Mean of the first block's finite rows, in the block's dtype so that the difference is rounded only once.
        self.shift: Floats = np.zeros(self.dims, np.float32)
        self._has_shift = False

    def __iter__(self) -> Iterator[tuple[Positions, Floats]]:
        """Yields (positions, shifted block); a block is valid until the next."""
        scratch = np.empty((0, self.dims), np.float32)
        for positions, finite in open_finite(self._open_blocks):
            if not self._has_shift:
                self.shift = finite.mean(axis=0, dtype=np.float64).astype(finite.dtype)
                self._has_shift = True
            if len(scratch) < len(finite) or scratch.dtype != finite.dtype:
                scratch = np.empty_like(finite, order="C")
            yield positions, np.subtract(finite, self.shift, out=scratch[: len(finite)])
