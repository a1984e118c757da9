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
from tb_projector_plugin.compute.graph_exact import search_exactly
from tb_projector_plugin.compute.graph_space import SearchedVectors, SearchResult, Vectors, drop_self
from tb_projector_plugin.compute.graph_trial import Trial
from tb_projector_plugin.compute.progress import Report, report_part

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
#: Fraction of the work that building the index takes, and that finding a few neighbors first takes after it.
BUILT = 0.55
_FIRST_FOUND = 0.1
_QUERY_ROWS = 2048
#: Number of rows to estimate the build time from.
_TIMED_ROWS = 4096


class GraphIndex:
    """Besides the vectors it holds one copy of them, or of their leading components: that of the index itself."""

    def __init__(self, vectors: SearchedVectors, report: Report) -> None:
        self._vectors = vectors
        # Vectors are not centered for products: fewer dimensions would lose too much of these.
        self._axes = None if vectors.by_product else _choose_axes(vectors.base)
        missing = _missing_lengths(vectors.base) if vectors.by_product else None

        def read_block(rows: slice) -> Vectors:
            return self._reduce(rows) if missing is None else _append(vectors.base[rows], missing[rows])

        self._index = _build(len(vectors.base), read_block, report)

    def _reduce(self, rows: Any) -> Vectors:
        block: Vectors = self._vectors.base[rows]
        return block if self._axes is None else block @ self._axes

    def _make_queries(self, rows: NDArray[Any]) -> Vectors:
        if self._vectors.by_product:
            return _append(self._vectors.base[rows], np.zeros(len(rows), np.float32))
        return self._reduce(rows)

    def search(self, rows: NDArray[Any], k: int, kept: int) -> SearchResult:
        """The `k` nearest that it finds of each of `rows`, without itself, nearest first, and their distances.

        A search keeps `kept` candidates: more raise the recall and the time. An index that is not connected leads some
        rows to fewer than `k` others; these rows are searched exactly.
        """
        self._index.hnsw.efSearch = kept
        wanted = k + 1 if self._axes is None else math.ceil(_SPARE * (k + 1))
        distances, found = self._index.search(self._make_queries(rows), min(wanted, self._index.ntotal))
        cut_off = (found < 0).any(axis=1)
        found[cut_off] = 0
        if self._axes is not None or self._vectors.by_product:
            found, distances = self._vectors.choose_nearest(rows, found, k + 1)
        nearest = drop_self(rows, found, distances)
        if cut_off.any():
            for part, exact in zip(nearest, search_exactly(self._vectors, rows[cut_off], k), strict=True):
                part[cut_off] = exact
        return nearest

    def search_all(self, k: int, kept: int, report: Report) -> SearchResult:
        rows = len(self._vectors.base)
        neighbors, distances = np.empty((rows, k), np.int32), np.empty((rows, k), np.float32)
        for start in range(0, rows, _QUERY_ROWS):
            some = np.arange(start, min(rows, start + _QUERY_ROWS))
            neighbors[some], distances[some] = self.search(some, k, kept)
            report((int(some[-1]) + 1) / rows)
        return neighbors, distances


@dataclass(frozen=True)
class IndexSearch:
    """`found`: neighbors and distances of all rows; None if the other search is the better one. `recall` in the trial,
    and the estimated `seconds` of processor time without those that building the index took.
    """

    found: SearchResult | None
    recall: float
    seconds: float


def search_index(
    trial: Trial,
    wanted: float,
    other_s: float,
    report: Report,
    use_first: Callable[[GraphIndex, Report], None] | None,
) -> IndexSearch:
    """`other_s`: the seconds that the other search takes. `use_first` may use an index that is to be searched before
    it is, and reports its progress.
    """
    index = GraphIndex(trial.vectors, report_part(report, 0, BUILT))
    kept, recall, seconds = _widen(index, trial, wanted)
    if other_s < seconds * (1.0 if recall >= wanted else _MAX_SLOWDOWN):
        return IndexSearch(None, recall, seconds)
    done = BUILT
    if use_first is not None:
        done += _FIRST_FOUND
        use_first(index, report_part(report, BUILT, done))
    found = index.search_all(trial.neighbors.shape[1], kept, report_part(report, done, 1))
    return IndexSearch(found, recall, seconds)


def _widen(index: GraphIndex, trial: Trial, wanted: float) -> tuple[int, float, float]:
    """The number of candidates to keep that reaches the `wanted` recall, or the largest that is tried; its recall, and
    the seconds that all rows take.
    """
    k = trial.neighbors.shape[1]
    kept, recall, seconds = 0, 0.0, 0.0
    for widening in range(_MAX_WIDENINGS):
        kept = max(64, k + 30) << widening
        began = time.process_time()
        found, _ = index.search(trial.rows, k, kept)
        seconds = (time.process_time() - began) * len(trial.vectors.base) / len(trial.rows)
        recall = float(trial.is_true(found).mean())
        if recall >= wanted:
            break
    return kept, recall, seconds


def estimate_build_s(vectors: SearchedVectors) -> float:
    """A lower bound on the seconds to build an index of all rows: each row takes longer the more there are."""
    axes = None if vectors.by_product else _choose_axes(vectors.base)
    rows = np.random.default_rng(0).permutation(len(vectors.base))[:_TIMED_ROWS]
    sample = vectors.base[rows] if axes is None else vectors.base[rows] @ axes
    began = time.process_time()
    _build(len(sample), lambda rows: sample[rows], lambda _: None)
    return (time.process_time() - began) * len(vectors.base) / len(rows)


def _choose_axes(vectors: Vectors) -> Vectors | None:
    axes = find_axes(vectors)
    return None if axes is None else axes.keep(_KEPT_VARIANCE)


def _build(count: int, read_block: Callable[[slice], Vectors], report: Report) -> Any:
    """An index of `count` rows, which are read in blocks."""
    import faiss

    index = None
    for start in range(0, count, _BUILD_ROWS):
        block = read_block(slice(start, min(count, start + _BUILD_ROWS)))
        if index is None:
            index = faiss.IndexHNSWFlat(block.shape[1], _LINKS)
            index.hnsw.efConstruction = _CONSTRUCTION
        index.add(block)
        report(min(1.0, (start + _BUILD_ROWS) / count))
    return index


def _missing_lengths(base: Vectors) -> NDArray[np.float32]:
    """The root of what each row's squared length lacks to the largest: as one more dimension, it makes the row of the
    largest product the nearest one (Bachrach et al. 2014).
    """
    squares = np.einsum("ij,ij->i", base, base)
    lengths: NDArray[np.float32] = np.sqrt(np.maximum(squares.max() - squares, 0)).astype(np.float32)
    return lengths


def _append(rows: Vectors, column: NDArray[np.float32]) -> Vectors:
    return np.hstack([rows, column[:, None]])
