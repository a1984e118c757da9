"""Projects vectors on their leading principal components, one block at a time: the result is all that it adds."""

from __future__ import annotations

import numpy as np

from tb_projector_plugin.compute.graph_space import SearchedVectors, Vectors, find_center

_BLOCK_ROWS = 8192


def project(vectors: SearchedVectors, axes: Vectors | None) -> Vectors:
    """Vectors along `axes` [dims, fewer], or a copy of them if None; centered unless searched by product."""
    base = vectors.base
    center = np.float32(0) if vectors.by_product else find_center(base)
    projected = np.empty((len(base), base.shape[1] if axes is None else axes.shape[1]), np.float32)
    for start in range(0, len(base), _BLOCK_ROWS):
        some = slice(start, start + _BLOCK_ROWS)
        if axes is None:
            np.subtract(base[some], center, out=projected[some])
        else:
            np.matmul(base[some] - center, axes, out=projected[some])
    return projected
