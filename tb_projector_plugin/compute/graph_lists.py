"""Searches an inverted file (Jégou et al. 2011) for its own rows: lists of rows that lie near each other.

The rows of a list are searched together among those of the lists nearest to it: their distances are one matrix
product, in the vectors' leading principal components where these are few. The nearest candidates are measured in all
dimensions. It does not know what it misses: graph_list_plan.py determines how many lists and candidates are needed.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tb_projector_plugin.compute.blas_threads import one_blas_thread
from tb_projector_plugin.compute.faiss_batches import expanding_squares
from tb_projector_plugin.compute.graph_space import SearchedVectors, SearchResult, Vectors, drop_self
from tb_projector_plugin.compute.progress import Report

#: Number of lists per square root of the number of rows: fewer are found sooner, more leave more out of a search.
_LISTS_PER_ROOT = 4
#: Maximum number of lists: their order by nearness takes memory quadratic in their number.
_MAX_LISTS = 4096
#: Rounds of k-means, and its training rows per list: the lists need not be optimal, only nearly so.
_ROUNDS = 6
_TRAINED_ROWS = 32
#: Number of columns that are reordered at a time: those of one cache line.
_MOVED_COLUMNS = 16
#: Number of rows of a list that are searched at a time: bounds the memory for their candidates.
_QUERY_ROWS = 1024


@dataclass(frozen=True)
class Width:
    """Number of nearest lists to search, and of candidates to measure for each row."""

    lists: int
    candidates: int


class VectorLists:
    """`list_of` [rows], `sizes` [lists], `near` [lists, lists]: for each list all lists, nearest first."""

    def __init__(self, vectors: SearchedVectors, projected: Vectors) -> None:
        """Takes `projected` [rows, kept] over and puts its rows in the order of the lists."""
        self._vectors = vectors
        centroids, self.list_of = _cluster(projected)
        self.sizes = np.bincount(self.list_of, minlength=len(centroids))
        self._starts = np.concatenate([[0], np.cumsum(self.sizes)])
        self._rows = np.argsort(self.list_of, kind="stable")
        _put_in_order(projected, self._rows)
        self._ordered = projected
        self._centroids = centroids
        self.dims: int = projected.shape[1]
        self._scratch = _Scratch()
        self.near = self._order_lists()
        #: [lists, lists]: for each list, the cumulative number of rows in its nearest lists.
        self.reached = np.cumsum(self.sizes[self.near], axis=1)

    def search(self, lists: Iterable[int], k: int, width: Width) -> Iterator[tuple[NDArray[np.int64], SearchResult]]:
        """The rows of these lists in pieces, in unspecified order, with neighbors and distances [rows, k]."""
        import faiss

        # One thread per list replaces the threads of BLAS and faiss within a list, which would wait for each other.
        threads = self.count_threads(width)
        with (
            one_blas_thread(),
            expanding_squares(),
            ThreadPoolExecutor(threads, initializer=faiss.omp_set_num_threads, initargs=(1,)) as pool,
        ):
            for found in pool.map(lambda which: list(self._search_list(which, k, width)), lists):
                yield from found

    def search_all(self, k: int, width: Width, report: Report) -> SearchResult:
        count = len(self._rows)
        neighbors, distances = np.empty((count, k), np.int32), np.empty((count, k), np.float32)
        done = 0
        for rows, found in self.search(np.flatnonzero(self.sizes).tolist(), k, width):
            neighbors[rows], distances[rows] = found
            done += len(rows)
            report(done / count)
        return neighbors, distances

    def count_threads(self, width: Width) -> int:
        """The number of threads that search: together they gather no more than a copy of the vectors."""
        import faiss

        gathered = int(self.reached[:, width.lists - 1].max()) * self.dims
        fitting = max(1, self._vectors.base.size // max(1, gathered))
        return min(int(faiss.omp_get_max_threads()), fitting)

    def _order_lists(self) -> NDArray[np.int32]:
        """Orders by the distance (or product) of each centroid to the nearest row of the list: any row may need it."""
        squares = 0 if self._vectors.by_product else np.einsum("ij,ij->i", self._centroids, self._centroids)
        near = np.empty((len(self.sizes), len(self.sizes)), np.int32)
        for which, (start, end) in enumerate(pairwise(self._starts)):
            rows = self._ordered[start:end]
            scores = (-2 * rows) @ self._centroids.T
            if not self._vectors.by_product:
                scores += np.einsum("ij,ij->i", rows, rows)[:, None]
            near[which] = np.argsort(scores.min(axis=0, initial=np.inf) + squares)
        return near

    def _search_list(self, which: int, k: int, width: Width) -> Iterator[tuple[NDArray[np.int64], SearchResult]]:
        import faiss

        others, rows = self._gather(which, width)
        metric = self._vectors.faiss_metric
        count = min(width.candidates, len(rows))
        start, end = self._starts[which : which + 2]
        for at in range(start, end, _QUERY_ROWS):
            some = slice(at, min(at + _QUERY_ROWS, end))
            _, nearest = faiss.knn(self._move(self._ordered[some], which), others, count, metric=metric)
            queries = self._rows[some]
            found, distances = self._vectors.choose_nearest(queries, rows[nearest], k + 1)
            yield queries, drop_self(queries, found, distances)

    def _gather(self, which: int, width: Width) -> tuple[Vectors, NDArray[np.int64]]:
        """The rows searched for the list, in the nearest lists first: vectors and row numbers."""
        wide = max(width.lists, int(np.searchsorted(self.reached[which], width.candidates)) + 1)
        spans = [slice(*self._starts[near : near + 2]) for near in self.near[which, :wide]]
        count = int(self.reached[which, wide - 1])
        others = self._scratch.take(count, self._ordered.shape[1])
        np.concatenate([self._ordered[span] for span in spans], out=others)
        if not self._vectors.by_product:
            others -= self._centroids[which]
        return others, np.concatenate([self._rows[span] for span in spans])

    def _move(self, vectors: Vectors, which: int) -> Vectors:
        """Vectors relative to the list's own centroid: near rows then have small squares, which lose few digits."""
        return vectors if self._vectors.by_product else vectors - self._centroids[which]


class _Scratch(threading.local):
    """Each thread's own memory, written anew for each list: fresh memory would cost as much as what is put there."""

    def __init__(self) -> None:
        self._memory: Vectors = np.empty(0, np.float32)

    def take(self, rows: int, columns: int) -> Vectors:
        """An array [rows, columns] of any content; it takes the memory of the last one."""
        if self._memory.size < rows * columns:
            self._memory = np.empty(rows * columns, np.float32)
        return self._memory[: rows * columns].reshape(rows, columns)


def _cluster(projected: Vectors) -> tuple[Vectors, NDArray[np.int64]]:
    """Centroids [lists, kept], and the nearest of them for each row."""
    import faiss

    count, dims = min(_MAX_LISTS, math.ceil(_LISTS_PER_ROOT * math.sqrt(len(projected)))), projected.shape[1]
    rows = np.random.default_rng(0).permutation(len(projected))[: _TRAINED_ROWS * count]
    means = faiss.Kmeans(dims, count, niter=_ROUNDS, min_points_per_centroid=1, max_points_per_centroid=_TRAINED_ROWS)
    means.train(projected[rows])
    centroids = np.asarray(means.centroids, np.float32)
    return centroids, faiss.knn(projected, centroids, 1)[1][:, 0]


def _put_in_order(matrix: Vectors, rows: NDArray[Any]) -> None:
    """Reorders the matrix to these of its rows, a few columns at a time, so that no second copy exists."""
    for start in range(0, matrix.shape[1], _MOVED_COLUMNS):
        columns = slice(start, start + _MOVED_COLUMNS)
        matrix[:, columns] = matrix[rows, columns]
