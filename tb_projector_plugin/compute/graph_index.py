"""Searches an approximate index: HNSW over the leading principal components, candidates measured in all dimensions.

The HNSW graph (Malkov and Yashunin 2018) is built and walked in few dimensions at a fraction of the cost. It does not
report what it misses: measuring the recall is up to the caller (`compute_graph` does).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
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
#: Fraction of the variance that the kept components hold.
_KEPT_VARIANCE = 0.95
#: Candidates per neighbor when the search runs in fewer dimensions.
_SPARE = 1.5
#: Maximum number of candidate counts to try for the wanted recall; each is twice the one before.
_MAX_WIDENINGS = 3
#: If recall stays too low, use another search when it takes at most this many times as long.
_MAX_SLOWDOWN = 4.0
#: Fraction of the work that building the index takes.
BUILT = 0.55
_QUERY_ROWS = 2048
#: Number of rows to estimate the build time from.
_TIMED_ROWS = 4096


class GraphIndex:
    def __init__(self, vectors: SearchedVectors, report: Callable[[float], None]) -> None:
        self._vectors = vectors
        self._is_reduced = False
        if vectors.by_product:  # Vectors are not centered here: fewer dimensions would lose too much of their products.
            base, self._queries = _augment(vectors.base), _with_zero(vectors.base)
        else:
            axes = _choose_axes(vectors.base)
            self._is_reduced = axes is not None
            self._queries = base = vectors.base if axes is None else vectors.base @ axes
        self._index = _build(base, report)

    def set_candidates(self, count: int) -> None:
        """Sets the number of candidates a search keeps: more raise the recall and the time."""
        self._index.hnsw.efSearch = count

    def search(self, rows: NDArray[Any], k: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """The `k` nearest that it finds of each of `rows`, without itself, nearest first, and their distances."""
        wanted = math.ceil(_SPARE * (k + 1)) if self._is_reduced else k + 1
        distances, found = self._index.search(self._queries[rows], min(wanted, len(self._queries)))
        unfound = found < 0
        if unfound.any():  # The index is not connected: the row itself fills the gap, and is dropped or lowers recall.
            found[unfound] = np.broadcast_to(rows[:, None], found.shape)[unfound]
        if self._is_reduced or self._vectors.by_product or unfound.any():
            found, distances = self._vectors.choose_nearest(rows, found, k + 1)
        return drop_self(rows, found, distances)


@dataclass(frozen=True)
class IndexSearch:
    """`found`: neighbors and distances of all rows; None if the other search is the better one. `recall` in the trial,
    and the estimated `seconds` of processor time without those that building the index took.
    """

    found: tuple[NDArray[np.int32], NDArray[np.float32]] | None
    recall: float
    seconds: float


def search_index(trial: Trial, wanted: float, other_s: float, report: Callable[[float], None]) -> IndexSearch:
    """`other_s`: the seconds that the other search takes."""
    index = GraphIndex(trial.vectors, lambda share: report(BUILT * share))
    recall, seconds = _widen(index, trial, wanted)
    if other_s < seconds * (1.0 if recall >= wanted else _MAX_SLOWDOWN):
        return IndexSearch(None, recall, seconds)
    return IndexSearch(_search_all(index, trial, report), recall, seconds)


def _search_all(
    index: GraphIndex, trial: Trial, report: Callable[[float], None]
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    rows, k = len(trial.vectors.base), trial.neighbors.shape[1]
    neighbors, distances = np.empty((rows, k), np.int32), np.empty((rows, k), np.float32)
    for start in range(0, rows, _QUERY_ROWS):
        some = np.arange(start, min(rows, start + _QUERY_ROWS))
        neighbors[some], distances[some] = index.search(some, k)
        report(BUILT + (1 - BUILT) * (int(some[-1]) + 1) / rows)
    return neighbors, distances


def _widen(index: GraphIndex, trial: Trial, wanted: float) -> tuple[float, float]:
    """Sets the number of candidates per search that reaches the `wanted` recall, or the largest that is tried.
    Returns the recall, and the seconds that all rows take.
    """
    k = trial.neighbors.shape[1]
    recall = seconds = 0.0
    for widening in range(_MAX_WIDENINGS):
        index.set_candidates(max(64, k + 30) << widening)
        began = time.process_time()
        found, _ = index.search(trial.rows, k)
        seconds = (time.process_time() - began) * len(trial.vectors.base) / len(trial.rows)
        recall = float(trial.is_true(found).mean())
        if recall >= wanted:
            break
    return recall, seconds


def estimate_build_s(vectors: SearchedVectors) -> float:
    """A lower bound on the seconds to build an index of all rows: each row takes longer the more there are."""
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
    """Adds a dimension that makes the row of the largest product the nearest one (Bachrach et al. 2014)."""
    squares = np.einsum("ij,ij->i", base, base)
    missing = np.sqrt(np.maximum(squares.max() - squares, 0))
    return np.hstack([base, missing[:, None].astype(np.float32)])


def _with_zero(queries: Vectors) -> Vectors:
    return np.hstack([queries, np.zeros((len(queries), 1), np.float32)])
