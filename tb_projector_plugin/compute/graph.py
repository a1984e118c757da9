"""The k nearest neighbors of every row, with faiss: exact for few rows, an index above, with its measured recall."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin import limits
from tb_projector_plugin.compute.graph_index import GraphIndex
from tb_projector_plugin.compute.graph_space import SearchedVectors, Vectors, drop_self, prepare

Report = Callable[[float], None]

METRICS = ("cosine", "euclidean", "dot")
#: Random rows whose neighbors are searched exactly, too.
RECALL_ROWS = 1000
#: Search goes on among more and more candidates until so many of the true neighbors are found.
WANTED_RECALL = 0.99
_MOST_WIDENINGS = 3
#: Where the index stays below the wanted recall, exact search is taken if it costs at most so much more.
_PATIENCE = 4.0
_QUERY_ROWS = 2048
#: The share of the work that building the index is.
_BUILT = 0.55
#: Expanded squares (|a|² + |b|² - 2ab) below this share of |a|² + |b|² have lost too many digits to compare them.
_CANCELLED = 1e-2
#: Measured distances within this share of each other are one distance.
_TIE = 1e-6


@dataclass(frozen=True)
class Graph:
    """`neighbors` [rows, k], nearest first, the row itself left out; `distances` [rows, k] of the metric."""

    neighbors: NDArray[np.int32]
    distances: NDArray[np.float32]
    method: Literal["exact", "hnsw"]
    recall: float
    recall_rows: int


def compute_graph(
    vectors: Vectors, k: int, metric: str, *, exact_rows: int = limits.GRAPH_EXACT_ROWS, report: Report = lambda _: None
) -> Graph:
    """`vectors` [rows, dims]: finite, two rows at least; 1 <= k < rows. They are centred in place (euclidean) or scaled
    to length one (cosine; no row of length zero). Distances are those of `/graph`: 1 - cos, euclidean, or -dot.
    """
    searched = prepare(vectors, metric)
    if len(vectors) <= exact_rows:
        neighbors, distances = _search_exactly(searched, np.arange(len(vectors)), k, report)
        return Graph(neighbors, searched.name(distances), "exact", 1.0, len(vectors))
    return _search_index(searched, k, report)


# --- Exact search ---


def _search_exactly(
    vectors: SearchedVectors, rows: NDArray[Any], k: int, report: Report
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Of these rows among all."""
    import faiss

    kind = faiss.METRIC_INNER_PRODUCT if vectors.by_product else faiss.METRIC_L2
    neighbors = np.empty((len(rows), k), np.int32)
    distances = np.empty((len(rows), k), np.float32)
    squares = np.einsum("ij,ij->i", vectors.base, vectors.base)
    for start in range(0, len(rows), _QUERY_ROWS):
        some = rows[start : start + _QUERY_ROWS]
        found_distances, found = faiss.knn(vectors.base[some], vectors.base, k + 1, metric=kind)
        if vectors.by_product:
            np.negative(found_distances, out=found_distances)
        else:
            _search_cancelled(vectors, some, found, found_distances, squares)
        end = start + len(some)
        neighbors[start:end], distances[start:end] = drop_self(some, found, found_distances)
        report(end / len(rows))
    return neighbors, distances


def _search_cancelled(
    vectors: SearchedVectors,
    rows: NDArray[Any],
    found: NDArray[Any],
    distances: NDArray[np.float32],
    squares: NDArray[np.float32],
) -> None:
    """Searches anew, by differences, for rows with a neighbor so near that its distance is mostly rounding: among such
    even who is nearest cannot be told from expanded squares. Several times slower, and exact.
    """
    lost = distances < _CANCELLED * (squares[rows][:, None] + squares[found])
    lost &= found != rows[:, None]
    which = np.flatnonzero(lost.any(axis=1))
    if len(which):
        distances[which], found[which] = _search_by_differences(vectors, rows[which], found.shape[1])


def _search_by_differences(
    vectors: SearchedVectors, rows: NDArray[Any], k: int
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """faiss expands squares only of batches above a threshold (of queries once, of pairs in newer versions)."""
    import faiss

    before = faiss.cvar.distance_compute_blas_threshold
    faiss.cvar.distance_compute_blas_threshold = np.iinfo(np.int32).max
    try:
        distances, found = faiss.knn(vectors.base[rows], vectors.base, k)
    finally:
        faiss.cvar.distance_compute_blas_threshold = before
    return distances, found


# --- Search by an index ---


def _search_index(vectors: SearchedVectors, k: int, report: Report) -> Graph:
    """By the index; exactly after all where that is no slower, or the index misses too many (of mere noise it does)."""
    index = GraphIndex(vectors, lambda share: report(_BUILT * share))
    trial = _try_search(index, vectors, k)

    def report_rest(share: float) -> None:
        report(_BUILT + (1 - _BUILT) * share)

    if trial.prefers_exact:
        every = np.arange(len(vectors.base))
        neighbors, distances = _search_exactly(vectors, every, k, report_rest)
        return Graph(neighbors, vectors.name(distances), "exact", 1.0, len(every))
    neighbors, distances = _search_all(index, len(vectors.base), k, report_rest)
    return Graph(neighbors, vectors.name(distances), "hnsw", trial.recall, trial.rows)


def _search_all(index: GraphIndex, rows: int, k: int, report: Report) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    neighbors = np.empty((rows, k), np.int32)
    distances = np.empty((rows, k), np.float32)
    for start in range(0, rows, _QUERY_ROWS):
        some = np.arange(start, min(rows, start + _QUERY_ROWS))
        neighbors[some], distances[some] = index.search(some, k)
        report((int(some[-1]) + 1) / rows)
    return neighbors, distances


@dataclass(frozen=True)
class _Trial:
    """What searching for `rows` random rows found, and the seconds of it and of exact search."""

    recall: float
    rows: int
    seconds: float
    exact_seconds: float

    @property
    def prefers_exact(self) -> bool:
        patience = 1.0 if self.recall >= WANTED_RECALL else _PATIENCE
        return self.exact_seconds < patience * self.seconds


def _try_search(index: GraphIndex, vectors: SearchedVectors, k: int) -> _Trial:
    """Leaves the index with as many candidates a search as the wanted recall takes, or the most that are tried."""
    sample = np.sort(np.random.default_rng(0).permutation(len(vectors.base))[:RECALL_ROWS])
    began = time.perf_counter()
    true, _ = _search_exactly(vectors, sample, k, lambda _: None)
    exact_seconds = time.perf_counter() - began
    farthest = vectors.measure(sample, true).max(axis=1)
    recall = seconds = 0.0
    for widening in range(_MOST_WIDENINGS):
        index.set_candidates(max(64, k + 30) << widening)
        began = time.perf_counter()
        found, _ = index.search(sample, k)
        seconds = time.perf_counter() - began
        recall = _measure_recall(vectors.measure(sample, found), farthest)
        if recall >= WANTED_RECALL:
            break
    return _Trial(recall, len(sample), seconds, exact_seconds)


def _measure_recall(distances: NDArray[np.float32], farthest: NDArray[np.float32]) -> float:
    """The share of neighbors found that are no farther than the true last one: as far is as good."""
    bound = farthest + _TIE * np.abs(farthest)
    return float((distances <= bound[:, None]).mean())
