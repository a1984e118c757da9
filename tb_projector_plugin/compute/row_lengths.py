"""Lengths of the rows of a matrix, which most distances need: kept from the first whole pass for the later ones."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.compute.blocks import Floats, OpenBlocks


class RowLengths:
    """The lengths of the rows of one matrix, or their distances from `origin` [dims], as precise as they are stored.

    `is_kept`: for later passes, in four bytes a row of a float32 matrix. Threads may share it.
    """

    def __init__(self, *, is_kept: bool = False, origin: NDArray[np.float64] | None = None) -> None:
        self._is_kept = is_kept
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
        measured: list[Floats] = []
        for first_row, block in open_blocks():
            arrows = block if self._origin is None else block - self._origin.astype(block.dtype)
            lengths: Floats = np.sqrt(np.einsum("ij,ij->i", arrows, arrows))
            if self._is_kept:
                measured.append(lengths)
            yield first_row, block, lengths
        if measured:
            self._known = np.concatenate(measured)
