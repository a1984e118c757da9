"""Sums the products XᵀX of a matrix that arrives in pieces, and measures how far their rounding may have moved the sum.

Products are computed in the pieces' own precision and summed in float64. Some pieces are computed in float64 as well:
the difference shows what rounding does to the others.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.compute.blocks import Floats

Array = NDArray[np.float64]

#: The first pieces are all computed in float64, too, then one of so many: large matrices take a sixth longer.
_FIRST_EXACT = 4
_EXACT_EVERY = 8


class Products:
    """`matrix` [side, side], the sum of the products of all pieces added so far.

    `exactly` computes all of them in float64.
    """

    def __init__(self, side: int, *, exactly: bool) -> None:
        self.matrix: Array = np.zeros((side, side))
        self._exactly = exactly
        self._pieces = 0
        #: Sum of what rounding did to the products that were computed both ways, and the trace of those products.
        self._difference: Array = np.zeros((side, side))
        self._trace_measured = 0.0
        self._trace_rounded = 0.0

    def add(self, piece: Floats) -> None:
        """Adds the products of the columns of `piece` [rows, side]."""
        if self._exactly or piece.dtype == np.float64:
            self.matrix += _multiply(piece.astype(np.float64, copy=False))
            return
        is_measured = self._pieces < _FIRST_EXACT or self._pieces % _EXACT_EVERY == 0
        self._pieces += 1
        rounded = _multiply(piece)
        if not is_measured:
            self.matrix += rounded
            self._trace_rounded += float(rounded.trace(dtype=np.float64))
            return
        exact = _multiply(piece.astype(np.float64))
        self.matrix += exact
        self._difference += rounded - exact
        self._trace_measured += float(exact.trace())

    @property
    def rounding(self) -> Array:
        """Estimate of the rounding in `matrix` [side, side], zero where nothing was rounded, not finite where it cannot
        be told. Rounding that averages out over many pieces leaves less than this.
        """
        if not self._trace_rounded:
            return np.zeros_like(self._difference)
        share = self._trace_rounded / self._trace_measured if self._trace_measured else np.inf
        return self._difference * max(share, math.sqrt(share))  # A sum of few averages out less than one of many.


def _multiply(piece: Floats) -> Floats:
    return piece.T @ piece
