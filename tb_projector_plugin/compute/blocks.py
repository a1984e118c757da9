"""A matrix that is never whole: rows arrive in blocks, of which some rows count and some do not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Rows = Sequence[int] | NDArray[np.integer]

#: Opens a pass over a matrix: yields (first_row, block), the block being valid until the next one.
OpenBlocks = Callable[[], Iterator[tuple[int, Floats]]]
#: The same for chosen rows: yields (where the block's rows stand among those chosen, block).
Positions = slice | NDArray[np.int64]


def open_subset(open_blocks: OpenBlocks, rows: Rows | None) -> Iterator[tuple[Positions, Floats]]:
    """A pass over `rows` alone, or over all: yields their positions in `rows` and the block that holds them."""
    if rows is None:
        for first_row, block in open_blocks():
            yield slice(first_row, first_row + len(block)), block
        return
    order = np.argsort(rows, kind="stable")
    in_order = np.asarray(rows)[order]
    for first_row, block in open_blocks():
        low, high = np.searchsorted(in_order, [first_row, first_row + len(block)])
        if low < high:
            yield order[low:high], block[in_order[low:high] - first_row]


def find_nonfinite(block: Floats) -> NDArray[np.bool_] | None:
    """Which rows of `block` hold NaN or infinity; None when none does, which is told from one sum without a mask."""
    with np.errstate(over="ignore", invalid="ignore"):
        if np.isfinite(block.sum()):
            return None
    mask: NDArray[np.bool_] = np.any(~np.isfinite(block), axis=1)
    return mask if mask.any() else None


class ShiftedRows:
    """The finite rows among those chosen, less one fixed row near their mean, in as many passes as are asked for.

    Numbers far from zero keep their digits in every product that is made of them. Raises nothing of its own.
    """

    def __init__(self, open_blocks: OpenBlocks, shape: tuple[int, int], rows: Rows | None = None) -> None:
        self.chosen = rows
        self.count = shape[0] if rows is None else len(rows)
        self.dims = shape[1]
        self._open_blocks = open_blocks
        #: The mean of the first block's finite rows, in the block's own type: the difference is then rounded only once.
        self.shift: Floats = np.zeros(self.dims, np.float32)
        self._has_shift = False

    def __iter__(self) -> Iterator[tuple[Positions, Floats]]:
        """Yields (positions, shifted block); the block is valid until the next."""
        scratch = np.empty((0, self.dims), np.float32)
        for positions, block in open_subset(self._open_blocks, self.chosen):
            finite_positions, finite = _drop_nonfinite(positions, block)
            if not len(finite):
                continue
            if not self._has_shift:
                self.shift = finite.mean(axis=0, dtype=np.float64).astype(finite.dtype)
                self._has_shift = True
            if len(scratch) < len(finite) or scratch.dtype != finite.dtype:
                scratch = np.empty_like(finite, order="C")
            yield finite_positions, np.subtract(finite, self.shift, out=scratch[: len(finite)])


def _drop_nonfinite(positions: Positions, block: Floats) -> tuple[Positions, Floats]:
    bad = find_nonfinite(block)
    if bad is None:
        return positions, block
    if isinstance(positions, slice):
        positions = np.arange(positions.start, positions.stop)
    return positions[~bad], block[~bad]
