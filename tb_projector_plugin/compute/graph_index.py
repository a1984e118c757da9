"""An approximate index: HNSW over the vectors' first principal components, candidates measured in all dimensions.

Real vectors of many dimensions vary along few. The graph of HNSW (Malkov and Yashunin 2018) is then built and walked at
a fraction of the cost; what that misses is measured by whoever asks (`compute_graph` does), like all that it misses.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.compute.graph_space import SearchedVectors, Vectors, drop_self

_BUILD_ROWS = 8192
#: M and efConstruction.
_LINKS = 16
_CONSTRUCTION = 100
#: Few dimensions cost little, and so many that their covariance costs more than it saves are left alone.
_REDUCED_DIMS = (48, 2048)
#: Components are kept until they hold this share of the variance of a sample, if fewer than this share of all do.
_KEPT_VARIANCE = 0.95
_MOST_KEPT_DIMS = 0.7
_SAMPLE_ROWS = 20_000
#: Candidates for each neighbor, where they were found in fewer dimensions.
_SPARE = 1.5


class GraphIndex:
    def __init__(self, vectors: SearchedVectors, report: Callable[[float], None]) -> None:
        self._vectors = vectors
        self._is_reduced = False
        if vectors.by_product:  # Its queries are not centred: what few dimensions miss of their products is too much.
            base, self._queries = _augment(vectors.base), _with_zero(vectors.base)
        else:
            axes = _find_axes(vectors.base)
            self._is_reduced = axes is not None
            self._queries = base = vectors.base if axes is None else vectors.base @ axes
        self._index = _build(base, report)

    def set_candidates(self, count: int) -> None:
        """How many the search goes on among: more find more, and take longer."""
        self._index.hnsw.efSearch = count

    def search(self, rows: NDArray[Any], k: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """The `k` nearest of each of `rows` that it finds, itself left out, nearest first, and their distances."""
        wanted = math.ceil(_SPARE * (k + 1)) if self._is_reduced else k + 1
        distances, found = self._index.search(self._queries[rows], min(wanted, len(self._queries)))
        unfound = found < 0
        if unfound.any():  # The index is not connected: the row itself stands in, and is dropped or told by the recall.
            found[unfound] = np.broadcast_to(rows[:, None], found.shape)[unfound]
        if self._is_reduced or self._vectors.by_product or unfound.any():
            distances = self._vectors.measure(rows, found)
            order = np.argsort(distances, axis=1, kind="stable")[:, : k + 1]
            found, distances = np.take_along_axis(found, order, 1), np.take_along_axis(distances, order, 1)
        return drop_self(rows, found, distances)


def _build(vectors: Vectors, report: Callable[[float], None]) -> Any:
    import faiss

    index = faiss.IndexHNSWFlat(vectors.shape[1], _LINKS)
    index.hnsw.efConstruction = _CONSTRUCTION
    for start in range(0, len(vectors), _BUILD_ROWS):
        index.add(vectors[start : start + _BUILD_ROWS])
        report(min(1.0, (start + _BUILD_ROWS) / len(vectors)))
    return index


def _find_axes(vectors: Vectors) -> Vectors | None:
    """[dims, fewer] of unit length, the directions of most variance; None where nearly all are needed."""
    dims = vectors.shape[1]
    if not _REDUCED_DIMS[0] <= dims <= _REDUCED_DIMS[1]:
        return None
    sample = vectors[np.random.default_rng(0).permutation(len(vectors))[:_SAMPLE_ROWS]]
    sample = sample - sample.mean(axis=0)
    variances, axes = np.linalg.eigh((sample.T @ sample).astype(np.float64))
    held = np.cumsum(np.maximum(variances[::-1], 0))
    kept = int(np.searchsorted(held, _KEPT_VARIANCE * held[-1])) + 1
    if kept > _MOST_KEPT_DIMS * dims:
        return None
    return np.ascontiguousarray(axes[:, : -kept - 1 : -1], np.float32)


def _augment(base: Vectors) -> Vectors:
    """One more dimension makes the largest product the nearest row (Bachrach et al. 2014)."""
    squares = np.einsum("ij,ij->i", base, base)
    missing = np.sqrt(np.maximum(squares.max() - squares, 0))
    return np.hstack([base, missing[:, None].astype(np.float32)])


def _with_zero(queries: Vectors) -> Vectors:
    return np.hstack([queries, np.zeros((len(queries), 1), np.float32)])
