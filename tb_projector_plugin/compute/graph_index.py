"""An approximate index: HNSW over the vectors' first principal components, candidates measured in all dimensions.

The graph of HNSW (Malkov and Yashunin 2018) is built and walked in few dimensions at a fraction of the cost; what that
misses is measured by whoever asks (`compute_graph` does), like all that it misses.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.compute.graph_axes import find_axes
from tb_projector_plugin.compute.graph_space import SearchedVectors, Vectors, drop_self
from tb_projector_plugin.compute.graph_trial import Trial

_BUILD_ROWS = 8192
#: M and efConstruction.
_LINKS = 16
_CONSTRUCTION = 100
#: Components are kept until they hold this share of the variance.
_KEPT_VARIANCE = 0.95
#: Candidates for each neighbor, where they were found in fewer dimensions.
_SPARE = 1.5
#: More candidates are tried until the wanted recall is found, at most so often.
_MOST_WIDENINGS = 3
#: Where it stays below, another search is taken if it costs at most so much more.
_PATIENCE = 4.0
#: The share of the work that building the index is.
BUILT = 0.55
_QUERY_ROWS = 2048
#: Rows that tell what building takes.
_TIMED_ROWS = 4096


class GraphIndex:
    def __init__(self, vectors: SearchedVectors, report: Callable[[float], None]) -> None:
        self._vectors = vectors
        self._is_reduced = False
        if vectors.by_product:  # Its queries are not centred: what few dimensions miss of their products is too much.
            base, self._queries = _augment(vectors.base), _with_zero(vectors.base)
        else:
            axes = _choose_axes(vectors.base)
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
            found, distances = self._vectors.choose_nearest(rows, found, k + 1)
        return drop_self(rows, found, distances)


def search_index(
    trial: Trial, wanted: float, other_s: float, report: Callable[[float], None]
) -> tuple[NDArray[np.int32], NDArray[np.float32]] | None:
    """Of all rows; None where another search, which takes `other_s`, is to be taken after all."""
    index = GraphIndex(trial.vectors, lambda share: report(BUILT * share))
    recall, seconds = _widen(index, trial, wanted)
    if other_s < seconds * (1.0 if recall >= wanted else _PATIENCE):
        return None
    rows, k = len(trial.vectors.base), trial.neighbors.shape[1]
    neighbors, distances = np.empty((rows, k), np.int32), np.empty((rows, k), np.float32)
    for start in range(0, rows, _QUERY_ROWS):
        some = np.arange(start, min(rows, start + _QUERY_ROWS))
        neighbors[some], distances[some] = index.search(some, k)
        report(BUILT + (1 - BUILT) * (int(some[-1]) + 1) / rows)
    return neighbors, distances


def _widen(index: GraphIndex, trial: Trial, wanted: float) -> tuple[float, float]:
    """Leaves the index with as many candidates a search as the `wanted` recall takes, or the most that are tried.
    Its recall, and the seconds that all rows take.
    """
    k = trial.neighbors.shape[1]
    recall = seconds = 0.0
    for widening in range(_MOST_WIDENINGS):
        index.set_candidates(max(64, k + 30) << widening)
        began = time.process_time()
        found, _ = index.search(trial.rows, k)
        seconds = (time.process_time() - began) * len(trial.vectors.base) / len(trial.rows)
        recall = float(trial.is_true(found).mean())
        if recall >= wanted:
            break
    return recall, seconds


def reckon_build_s(vectors: SearchedVectors) -> float:
    """A lower bound of the seconds that an index of all rows takes: each row takes longer the more there are."""
    axes = None if vectors.by_product else _choose_axes(vectors.base)
    rows = np.random.default_rng(0).permutation(len(vectors.base))[:_TIMED_ROWS]
    sample = vectors.base[rows] if axes is None else vectors.base[rows] @ axes
    began = time.process_time()
    _build(sample, lambda _: None)
    return (time.process_time() - began) * len(vectors.base) / len(rows)


def _choose_axes(vectors: Vectors) -> Vectors | None:
    axes = find_axes(vectors)
    return None if axes is None else axes.keep(_KEPT_VARIANCE)


def _build(vectors: Vectors, report: Callable[[float], None]) -> Any:
    import faiss

    index = faiss.IndexHNSWFlat(vectors.shape[1], _LINKS)
    index.hnsw.efConstruction = _CONSTRUCTION
    for start in range(0, len(vectors), _BUILD_ROWS):
        index.add(vectors[start : start + _BUILD_ROWS])
        report(min(1.0, (start + _BUILD_ROWS) / len(vectors)))
    return index


def _augment(base: Vectors) -> Vectors:
    """One more dimension makes the largest product the nearest row (Bachrach et al. 2014)."""
    squares = np.einsum("ij,ij->i", base, base)
    missing = np.sqrt(np.maximum(squares.max() - squares, 0))
    return np.hstack([base, missing[:, None].astype(np.float32)])


def _with_zero(queries: Vectors) -> Vectors:
    return np.hstack([queries, np.zeros((len(queries), 1), np.float32)])
