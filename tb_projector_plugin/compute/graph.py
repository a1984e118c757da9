"""The k nearest neighbors of every row, with faiss: exact for few rows, an index above, with its measured recall.

Euclidean vectors are centred first and cosine's scaled to length one; both are searches by euclidean distance then.
Near points are measured by differences, so that offsets and duplicates cost no digits. faiss is imported here only.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin import limits

Vectors = NDArray[np.float32]
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
#: Vectors of pairs whose distance is measured at a time.
_PAIRS_BYTES = 1 << 26
_BUILD_ROWS = 8192
#: M and efConstruction of Malkov and Yashunin 2018.
_LINKS = 16
_CONSTRUCTION = 100
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
    prepared = _prepare(vectors, metric)
    if len(vectors) <= exact_rows:
        neighbors, distances = _search_exactly(prepared, np.arange(len(vectors)), k, report)
        return Graph(neighbors, prepared.name(distances), "exact", 1.0, len(vectors))
    return _search_index(prepared, k, report)


@dataclass(frozen=True)
class _Prepared:
    """`base` is searched, with `queries` (the same rows); by euclidean distance, or by product where `by_product`."""

    base: Vectors
    queries: Vectors
    metric: str
    scale: float

    @property
    def by_product(self) -> bool:
        return self.metric == "dot"

    def measure(self, rows: NDArray[Any], others: NDArray[Any]) -> NDArray[np.float32]:
        """The distances searched by, of `rows` [n] to `others` [n, k]: squares of differences, or products negated."""
        distances = np.empty(others.shape, np.float32)
        step = max(1, _PAIRS_BYTES // (4 * others.shape[1] * self.base.shape[1]))
        for start in range(0, len(rows), step):
            some = slice(start, start + step)
            distances[some] = self._measure_some(rows[some], others[some])
        return distances

    def _measure_some(self, rows: NDArray[Any], others: NDArray[Any]) -> NDArray[np.float32]:
        if self.by_product:
            products: NDArray[np.float32] = -np.einsum("id,ikd->ik", self.base[rows], self.base[others])
            return products
        difference = self.base[others] - self.base[rows][:, None]
        squares: NDArray[np.float32] = np.einsum("ikd,ikd->ik", difference, difference)
        return squares

    def name(self, searched: NDArray[np.float32]) -> NDArray[np.float32]:
        """The metric's distances of those searched by, in place."""
        if self.metric == "euclidean":
            np.sqrt(np.maximum(searched, 0, out=searched), out=searched)
            searched *= self.scale
        elif self.metric == "cosine":
            np.maximum(searched, 0, out=searched)
            searched /= 2
        else:
            searched *= self.scale * self.scale
        return searched


def _prepare(vectors: Vectors, metric: str) -> _Prepared:
    scale = 1.0
    if metric == "cosine":
        _scale_to_one(vectors)
    else:
        if metric == "euclidean":
            vectors -= vectors.mean(axis=0, dtype=np.float64).astype(np.float32)
        scale = _bring_into_range(vectors)
    return _Prepared(vectors, vectors, metric, scale)


def _scale_to_one(vectors: Vectors) -> None:
    for start in range(0, len(vectors), _BUILD_ROWS):
        block = vectors[start : start + _BUILD_ROWS]
        block /= np.abs(block).max(axis=1, keepdims=True)  # So that squares neither over- nor underflow.
        block /= np.sqrt(np.einsum("ij,ij->i", block, block))[:, None]


def _bring_into_range(vectors: Vectors) -> float:
    """Divides numbers whose squares would over- or underflow; by how much."""
    largest = max(float(vectors.max()), -float(vectors.min()))
    if largest == 0 or 1e-12 < largest < 1e12:
        return 1.0
    vectors /= np.float32(largest)
    return largest


# --- Exact search ---


def _search_exactly(
    prepared: _Prepared, rows: NDArray[Any], k: int, report: Report
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Of these rows among all."""
    import faiss

    kind = faiss.METRIC_INNER_PRODUCT if prepared.by_product else faiss.METRIC_L2
    neighbors = np.empty((len(rows), k), np.int32)
    distances = np.empty((len(rows), k), np.float32)
    squares = np.einsum("ij,ij->i", prepared.base, prepared.base)
    for start in range(0, len(rows), _QUERY_ROWS):
        some = rows[start : start + _QUERY_ROWS]
        found_distances, found = faiss.knn(prepared.queries[some], prepared.base, k + 1, metric=kind)
        if prepared.by_product:
            np.negative(found_distances, out=found_distances)
        else:
            _search_cancelled(prepared, some, found, found_distances, squares)
        end = start + len(some)
        neighbors[start:end], distances[start:end] = _drop_self(some, found, found_distances)
        report(end / len(rows))
    return neighbors, distances


def _search_cancelled(
    prepared: _Prepared,
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
        distances[which], found[which] = _search_by_differences(prepared, rows[which], found.shape[1])


def _search_by_differences(
    prepared: _Prepared, rows: NDArray[Any], k: int
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """faiss expands squares only of batches above a threshold (of queries once, of pairs in newer versions)."""
    import faiss

    before = faiss.cvar.distance_compute_blas_threshold
    faiss.cvar.distance_compute_blas_threshold = np.iinfo(np.int32).max
    try:
        distances, found = faiss.knn(prepared.queries[rows], prepared.base, k)
    finally:
        faiss.cvar.distance_compute_blas_threshold = before
    return distances, found


def _drop_self(
    rows: NDArray[Any], found: NDArray[Any], distances: NDArray[np.float32]
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Without the row itself; the last one goes where a row did not find itself, as among many duplicates."""
    is_self = found == rows[:, None]
    is_self[~is_self.any(axis=1), -1] = True
    shape = (len(rows), found.shape[1] - 1)
    return found[~is_self].reshape(shape).astype(np.int32), distances[~is_self].reshape(shape)


# --- Search by an index ---


def _search_index(prepared: _Prepared, k: int, report: Report) -> Graph:
    """By the index; exactly after all where that is no slower, or the index misses too many (of mere noise it does)."""
    index_of = _augment(prepared) if prepared.by_product else prepared.base
    queries = _with_zero(prepared.queries) if prepared.by_product else prepared.queries
    index = _build_index(index_of, lambda share: report(_BUILT * share))
    trial = _try_search(index, prepared, queries, k)
    if trial.prefers_exact:
        every = np.arange(len(prepared.base))
        neighbors, distances = _search_exactly(prepared, every, k, lambda share: report(_BUILT + (1 - _BUILT) * share))
        return Graph(neighbors, prepared.name(distances), "exact", 1.0, len(every))
    neighbors, distances = _ask_for_all(index, prepared, queries, k, report)
    return Graph(neighbors, prepared.name(distances), "hnsw", trial.recall, trial.rows)


#: The share of the work that building the index is.
_BUILT = 0.55


def _ask_for_all(
    index: Any, prepared: _Prepared, queries: Vectors, k: int, report: Report
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    rows = len(prepared.base)
    neighbors = np.empty((rows, k), np.int32)
    distances = np.empty((rows, k), np.float32)
    for start in range(0, rows, _QUERY_ROWS):
        some = np.arange(start, min(rows, start + _QUERY_ROWS))
        neighbors[some], distances[some] = _ask(index, prepared, queries, some, k)
        report(_BUILT + (1 - _BUILT) * (int(some[-1]) + 1) / rows)
    return neighbors, distances


def _augment(prepared: _Prepared) -> Vectors:
    """One more dimension makes the largest product the nearest row (Bachrach et al. 2014)."""
    squares = np.einsum("ij,ij->i", prepared.base, prepared.base)
    missing = np.sqrt(np.maximum(squares.max() - squares, 0))
    return np.hstack([prepared.base, missing[:, None].astype(np.float32)])


def _with_zero(queries: Vectors) -> Vectors:
    return np.hstack([queries, np.zeros((len(queries), 1), np.float32)])


def _build_index(vectors: Vectors, report: Report) -> Any:
    import faiss

    index = faiss.IndexHNSWFlat(vectors.shape[1], _LINKS)
    index.hnsw.efConstruction = _CONSTRUCTION
    for start in range(0, len(vectors), _BUILD_ROWS):
        index.add(vectors[start : start + _BUILD_ROWS])
        report(min(1.0, (start + _BUILD_ROWS) / len(vectors)))
    return index


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


def _try_search(index: Any, prepared: _Prepared, queries: Vectors, k: int) -> _Trial:
    """Leaves the index with as many candidates a search as the wanted recall takes, or the most that are tried."""
    sample = np.sort(np.random.default_rng(0).permutation(len(prepared.base))[:RECALL_ROWS])
    began = time.perf_counter()
    true, _ = _search_exactly(prepared, sample, k, lambda _: None)
    exact_seconds = time.perf_counter() - began
    farthest = prepared.measure(sample, true).max(axis=1)
    recall = seconds = 0.0
    for widening in range(_MOST_WIDENINGS):
        index.hnsw.efSearch = max(64, k + 30) << widening
        began = time.perf_counter()
        found, _ = _ask(index, prepared, queries, sample, k)
        seconds = time.perf_counter() - began
        recall = _measure_recall(prepared.measure(sample, found), farthest)
        if recall >= WANTED_RECALL:
            break
    return _Trial(recall, len(sample), seconds, exact_seconds)


def _measure_recall(distances: NDArray[np.float32], farthest: NDArray[np.float32]) -> float:
    """The share of neighbors found that are no farther than the true last one: as far is as good."""
    bound = farthest + _TIE * np.abs(farthest)
    return float((distances <= bound[:, None]).mean())


def _ask(
    index: Any, prepared: _Prepared, queries: Vectors, rows: NDArray[Any], k: int
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    distances, found = index.search(queries[rows], k + 1)
    unfound = found < 0
    if unfound.any():  # An index that is not connected: the row itself stands in, and is dropped or told by the recall.
        found[unfound] = np.broadcast_to(rows[:, None], found.shape)[unfound]
    if prepared.by_product or unfound.any():
        distances = prepared.measure(rows, found)
        order = np.argsort(distances, axis=1, kind="stable")
        found, distances = np.take_along_axis(found, order, 1), np.take_along_axis(distances, order, 1)
    return _drop_first_self(rows, found, distances)


def _drop_first_self(
    rows: NDArray[Any], found: NDArray[Any], distances: NDArray[np.float32]
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """As `_drop_self`, where a row may stand for itself more than once."""
    is_self = found == rows[:, None]
    first = is_self & (np.cumsum(is_self, axis=1) == 1)
    first[~is_self.any(axis=1), -1] = True
    shape = (len(rows), found.shape[1] - 1)
    return found[~first].reshape(shape).astype(np.int32), distances[~first].reshape(shape)
