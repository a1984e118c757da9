"""Lengths of the rows of a matrix, which most distances need: kept from the first whole pass for the later ones."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.compute.blocks import Floats, OpenBlocks


class RowLengths:
    """The lengths of the rows of one matrix, or their distances from `origin` [dims], as precise as they are stored.

    Those of `rows` rows, all that the matrix has, are kept: four bytes each of a float32 matrix. 0: none are. Threads
    may share it.
    """

    def __init__(self, rows: int = 0, origin: NDArray[np.float64] | None = None) -> None:
        self._rows = rows
        self._origin = origin
        self._known: Floats | None = None

    def along(self, open_blocks: OpenBlocks) -> Iterator[tuple[int, Floats, Floats]]:
        """A pass over the matrix: yields (first_row, block, the lengths of its rows), all valid until the next.

        What another pass began is not used: its matrix may have changed before its end.
        """
        known = self._known
        if known is None:
            yield from self._measure_along(open_blocks)
        else:
            for first_row, block in open_blocks():
                yield first_row, block, known[first_row : first_row + len(block)]

    def _measure_along(self, open_blocks: OpenBlocks) -> Iterator[tuple[int, Floats, Floats]]:
        kept: Floats | None = None
        for first_row, block in open_blocks():
            if kept is None:
                kept = np.empty(self._rows, block.dtype)
            arrows = block if self._origin is None else block - self._origin.astype(block.dtype)
            lengths = kept[first_row : first_row + len(block)] if self._rows else np.empty(len(block), block.dtype)
            np.sqrt(np.einsum("ij,ij->i", arrows, arrows, out=lengths), out=lengths)
            yield first_row, block, lengths
        self._known = kept if self._rows else None
