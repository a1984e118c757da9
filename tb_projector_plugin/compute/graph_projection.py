"""Projects vectors on their leading principal components, one block at a time so that no second copy is held."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.compute.graph_space import SearchedVectors, Vectors, find_center

_BLOCK_ROWS = 8192


class Projection:
    """Vectors projected onto `axes` [dims, fewer], or as they are if None; centered unless searched by product."""

    def __init__(self, vectors: SearchedVectors, axes: Vectors | None) -> None:
        self._base, self._axes = vectors.base, axes
        self.rows = len(vectors.base)
        self.dims = vectors.base.shape[1] if axes is None else axes.shape[1]
        self._center = np.float32(0) if vectors.by_product else find_center(vectors.base)

    def of(self, rows: NDArray[Any] | slice) -> Vectors:
        moved: Vectors = self._base[rows] - self._center
        return moved if self._axes is None else moved @ self._axes

    def blocks(self) -> Iterator[Vectors]:
        for start in range(0, self.rows, _BLOCK_ROWS):
            yield self.of(slice(start, start + _BLOCK_ROWS))
